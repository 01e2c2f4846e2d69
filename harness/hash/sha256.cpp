#include "harness/hash/sha256.hpp"

#include <nettle/sha2.h>

#include <cerrno>
#include <fstream>
#include <vector>

namespace ravine::harness {
namespace {

Digest finish(sha256_ctx& context) {
  Digest digest{};
  sha256_digest(&context, digest.size(), digest.data());
  return digest;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return finish(context);
}

Digest sha256_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  sha256_ctx context;
  sha256_init(&context);
  std::vector<char> chunk(1 << 16);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0)
    sha256_update(&context, static_cast<std::size_t>(in.gcount()),
                  reinterpret_cast<const std::uint8_t*>(chunk.data()));
  if (!in.eof())
    throw std::filesystem::filesystem_error("cannot read", file,
                                            std::error_code(errno, std::generic_category()));
  return finish(context);
}

std::string hex(const Digest& digest, std::size_t digits) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  text.resize(std::min(digits, text.size()));
  return text;
}

std::uint64_t seed_of(std::string_view text) {
  const Digest digest = sha256(text);
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < 8; ++i) seed = (seed << 8) | digest[i];
  return seed;
}

}  // namespace ravine::harness
