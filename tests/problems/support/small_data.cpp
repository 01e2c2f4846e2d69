#include "tests/problems/support/small_data.hpp"

#include <stdlib.h>
#include <zlib.h>

#include <fstream>
#include <stdexcept>

#include "problems/random/stream.hpp"

namespace ravine::problems::testing {
namespace {

void write_set(const TemporaryFolder& folder, const std::string& part, std::uint32_t count) {
  const std::uint32_t pixels = kSmallSide * kSmallSide;
  const Stream prototypes(1, "prototypes");
  const Stream noise(2, part);
  Bytes images;
  Bytes labels;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto label = static_cast<std::uint8_t>(i * 7 % 10);
    labels.push_back(label);
    for (std::uint32_t p = 0; p < pixels; ++p) {
      const std::uint64_t value =
          prototypes.below(label * pixels + p, 160) + noise.below(i * pixels + p, 96);
      images.push_back(static_cast<std::uint8_t>(value));
    }
  }
  write_gzip(folder.file(part + "-images-idx3-ubyte.gz"),
             idx_bytes({count, kSmallSide, kSmallSide}, images));
  write_plain(folder.file(part + "-labels-idx1-ubyte"), idx_bytes({count}, labels));
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "ravine-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed for " + name);
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Bytes idx_bytes(const std::vector<std::uint32_t>& shape, const Bytes& values) {
  Bytes bytes = {0, 0, 8, static_cast<std::uint8_t>(shape.size())};
  for (const std::uint32_t extent : shape)
    for (const int shift : {24, 16, 8, 0})
      bytes.push_back(static_cast<std::uint8_t>(extent >> shift & 0xFF));
  bytes.insert(bytes.end(), values.begin(), values.end());
  return bytes;
}

void write_plain(const std::string& path, const Bytes& bytes) {
  std::ofstream file(path, std::ios::binary);
  for (const std::uint8_t byte : bytes) file.put(static_cast<char>(byte));
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

void write_gzip(const std::string& path, const Bytes& bytes) {
  gzFile file = gzopen(path.c_str(), "wb");
  const int written = gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
  if (gzclose(file) != Z_OK || written != static_cast<int>(bytes.size()))
    throw std::runtime_error("cannot write " + path);
}

void write_small_data(const TemporaryFolder& folder) {
  write_set(folder, "train", kSmallTrain);
  write_set(folder, "t10k", kSmallTest);
}

}  // namespace ravine::problems::testing
