// Groups of variables, for methods that move some of them while the others stand still.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/plugin.h"
#include "ravine/sdk/blocks.hpp"

namespace ravine::sdk {

/// Disjoint groups that together are all n variables; each is some ranges of x.
class Groups {
 public:
  struct Range {
    std::size_t begin = 0, end = 0;
  };

  /// Where the task's blocks are in x; empty ones are left out. All of x where there are none.
  static std::vector<Range> blocks_of(const ravine_task& task) {
    std::vector<Range> blocks;
    for (std::uint64_t b = 0; b < task.block_count; ++b) {
      const ravine_block& block = *task.blocks[b];
      const std::size_t size = block_size(block);
      if (size > 0) blocks.push_back({block.offset, block.offset + size});
    }
    return blocks.empty() ? slices(task.n, task.n) : blocks;
  }
  /// [0, n) in slices of `size` variables, at least 1; the last one may be shorter.
  static std::vector<Range> slices(std::size_t n, std::size_t size) {
    std::vector<Range> ranges;
    for (std::size_t at = 0; at < n; at += std::min(size, n - at))
      ranges.push_back({at, at + std::min(size, n - at)});
    return ranges;
  }

  void add(std::vector<Range> group) {
    if (!group.empty()) groups_.push_back(std::move(group));
  }
  [[nodiscard]] std::size_t count() const { return groups_.size(); }
  [[nodiscard]] const std::vector<Range>& operator[](std::size_t group) const {
    return groups_[group];
  }

  /// out = v within the group and 0 elsewhere; v and out may be one.
  void restrict_to(std::size_t group, std::span<const double> v, std::span<double> out) const {
    std::size_t at = 0;
    for (const Range& range : groups_[group]) {
      std::fill(out.begin() + index(at), out.begin() + index(range.begin), 0.0);
      if (v.data() != out.data())
        std::copy(v.begin() + index(range.begin), v.begin() + index(range.end),
                  out.begin() + index(range.begin));
      at = range.end;
    }
    std::fill(out.begin() + index(at), out.end(), 0.0);
  }

 private:
  static std::ptrdiff_t index(std::size_t i) { return static_cast<std::ptrdiff_t>(i); }

  std::vector<std::vector<Range>> groups_;  // ranges in ascending order
};

/// Whose turn it is, and for how many turns in a row nothing moved. Part of the optimizer's state.
struct Turns {
  std::uint64_t next = 0, idle = 0;

  /// The group whose turn it is; the following one's is next.
  std::size_t take(std::size_t groups) {
    const auto turn = static_cast<std::size_t>(next % groups);
    next = turn + 1;
    return turn;
  }
  /// The turn is over. True where nothing has moved for as many turns in a row as there are groups.
  bool all_idle(bool moved, std::size_t groups) {
    idle = moved ? 0 : idle + 1;
    return idle >= groups;
  }
  template <class Archive>
  void state(Archive& archive) {
    archive(next, idle);
  }
};

}  // namespace ravine::sdk
