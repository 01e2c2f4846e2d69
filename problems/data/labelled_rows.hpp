// Samples of a regression: rows of numbers, each with a label.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "problems/data/shared_bytes.hpp"

namespace ravine::problems {

/// Most numbers that one file may hold: 16 GiB of them.
inline constexpr std::uint64_t kMostValues = std::uint64_t{1} << 31;

/// Most columns: as many as there are variables, in any family.
inline constexpr std::uint64_t kMostColumns = 10'000'000;

/// A view of N samples of p features. Dense: `values` is N x p, row-major. Sparse: the entries of
/// row i that are not zero are values[starts[i]] ... values[starts[i + 1] - 1], their columns stand
/// in `indices`, from 0, ascending.
struct LabelledRows {
  std::uint64_t count = 0;    ///< N
  std::uint64_t columns = 0;  ///< p
  std::span<const double> values;
  std::span<const double> labels;         ///< N
  std::span<const std::uint64_t> starts;  ///< N + 1; empty when dense
  std::span<const std::uint32_t> indices;
  std::span<const std::uint64_t> lines;  ///< of the file, from 1, N of them; empty when generated

  [[nodiscard]] bool sparse() const { return !starts.empty(); }
};

/// What a reader has found so far.
struct RowsInProgress {
  std::uint64_t columns = 0;
  std::vector<double> values;
  std::vector<double> labels;
  std::vector<std::uint64_t> starts;
  std::vector<std::uint32_t> indices;
  std::vector<std::uint64_t> lines;
};

/// Rows in memory that forked processes share. Movable; the view stays valid.
class SharedRows {
 public:
  /// Copies and seals.
  explicit SharedRows(const RowsInProgress& rows);

  [[nodiscard]] const LabelledRows& view() const { return view_; }

 private:
  SharedBytes values_, labels_, starts_, indices_, lines_;
  LabelledRows view_;
};

}  // namespace ravine::problems
