// What a plan needs to know of a problem instance: the instance is built once, asked, and dropped.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "problems/family.hpp"

namespace ravine::harness {

struct ProblemFacts {
  std::uint64_t n = 0;
  std::uint64_t sample_count = 0;
  bool fresh_samples = false;
  std::uint64_t stage_count = 1;
  bool has_f_star = false;
  double rounding_floor = 0;
  std::map<std::string, double> constants;  ///< with R = |x0 - x*|_2 where x* is known
  problems::Shape shape = problems::Shape::unknown;
  std::vector<std::string> metrics;
  /// Of the bits of x0, f(x0) and its gradient (of the first samples of a sum) in the last stage,
  /// and of the data set.
  std::string hash;
};

/// Hashes of data sets, computed once each.
class DataHash {
 public:
  /// Of what was asked of `data` since the last call; "" when nothing was.
  std::string of(problems::DataSets& data);

 private:
  std::map<std::string, std::string> hashes_;  // by the data's name
};

/// Throws UserError when the instance cannot be built (its parameters, a missing data set).
ProblemFacts facts_of(const problems::Family& family, const problems::Parameters& parameters,
                      const problems::Instance& instance, problems::DataSets& data,
                      DataHash& data_hash);

}  // namespace ravine::harness
