// IDX, the format of MNIST and its successors: an array of bytes with its dimensions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "problems/data/shared_bytes.hpp"

namespace ravine::problems {

/// Unsigned bytes in row-major order; the first dimension counts the samples.
struct IdxArray {
  std::vector<std::uint64_t> shape;
  SharedBytes values;  ///< product of the shape, sealed
};

/// Reads a file, plain or compressed by gzip: two bytes 0, the type (8: unsigned byte), the number
/// of dimensions, each dimension in 32 bits big-endian, the values, and nothing after them. Throws
/// ProblemError, which names the file, what was expected and what was found.
IdxArray read_idx(const std::string& path, std::size_t dimensions);

}  // namespace ravine::problems
