// A folder with four small IDX files in the manner of Fashion-MNIST, and files for the reader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace ravine::problems::testing {

/// A folder of its own, removed with all its files.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  [[nodiscard]] std::string path() const { return path_.string(); }
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

using Bytes = std::vector<std::uint8_t>;

/// An IDX file's bytes: header for unsigned bytes of this shape, then the values.
Bytes idx_bytes(const std::vector<std::uint32_t>& shape, const Bytes& values);

void write_plain(const std::string& path, const Bytes& bytes);
void write_gzip(const std::string& path, const Bytes& bytes);

inline constexpr std::uint32_t kSmallTrain = 400;
inline constexpr std::uint32_t kSmallTest = 90;
inline constexpr std::uint32_t kSmallSide = 6;  // 36 pixels an image

/// Writes the four files: noise around ten prototypes, all ten labels present.
void write_small_data(const TemporaryFolder& folder);

}  // namespace ravine::problems::testing
