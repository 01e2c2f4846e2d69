// What a table is asked to show.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace ravine::results {

/// Empty lists choose everything.
struct TableOptions {
  /// Names ("relative 1e-6", "gradient 1e-4", "test_accuracy 0.8") or levels alone ("1e-6": the
  /// deciding target of that level, or a gradient target where no other has it).
  std::vector<std::string> targets;
  std::vector<std::string> optimizers;  ///< ids or labels
  std::vector<std::string> problems;    ///< ids or labels
  std::string metric;                   ///< only targets of this metric of the problem
};

/// A name in TableOptions that the data do not have; what() lists the known ones.
class SelectionError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

}  // namespace ravine::results
