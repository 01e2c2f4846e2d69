// SHA-256 (FIPS 180-4), by libnettle: what identifies plugins, instances and trials.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace ravine::harness {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

/// The digest of a file's bytes. Throws std::filesystem::filesystem_error when it cannot be read.
Digest sha256_of_file(const std::filesystem::path& file);

/// The first `digits` hexadecimal digits of a digest, at most 64.
std::string hex(const Digest& digest, std::size_t digits = 64);

/// The first eight bytes as a number: the seed that a text stands for.
std::uint64_t seed_of(std::string_view text);

}  // namespace ravine::harness
