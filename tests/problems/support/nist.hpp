// NIST's data sets as problems of the tests.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/nist/model.hpp"
#include "tests/nist_data.hpp"
#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

using test::kNistData;
using test::nist_missing;

inline Given nist_set(const std::string& set, int start = 1) {
  return {{"folder", word(kNistData)}, {"set", word(set)}, {"start", number(start)}};
}

inline std::unique_ptr<Problem> make_nist(const std::string& set, int start = 1,
                                          const Instance& instance = {}) {
  DataSets none;
  return make("nist", nist_set(set, start), instance, none);
}

inline std::vector<std::string> nist_sets() {
  std::vector<std::string> names;
  for (const auto& model : nist::models()) names.emplace_back(model.set);
  return names;
}

}  // namespace ravine::problems::testing
