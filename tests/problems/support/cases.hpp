// Problems that every test of the whole catalogue runs on: at least one a family.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "problems/data/data_sets.hpp"
#include "problems/family.hpp"
#include "problems/problem.hpp"
#include "tests/problems/support/small_data.hpp"

namespace ravine::problems::testing {

using Given = std::map<std::string, ParameterValue>;

struct Case {
  std::string name;  ///< of the test: letters, digits, underscores
  std::string family;
  Given given;
  Instance instance;
};

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest's name
inline void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

std::vector<Case> all_cases();
std::vector<Case> classics_cases();       // classics/cases.cpp
std::vector<Case> curriculum_cases();     // stages/curriculum_cases.cpp
std::vector<Case> engineering_cases();    // engineering/cases.cpp
std::vector<Case> landscape_cases();      // landscapes/cases.cpp
std::vector<Case> least_squares_cases();  // least_squares/cases.cpp
std::vector<Case> matrix_cases();         // matrices/cases.cpp
std::vector<Case> net_cases();            // nets/cases.cpp
std::vector<Case> regression_cases();     // regressions/cases.cpp
std::vector<Case> stage_cases();          // stages/cases.cpp

/// A parameter that is a number, and one that is a word.
ParameterValue number(double value);
ParameterValue word(const std::string& text);

/// Small data in a folder that lives as long as the test.
class SmallData {
 public:
  SmallData() { write_small_data(folder_); }
  DataSets& sets() { return sets_; }

 private:
  TemporaryFolder folder_;
  DataSets sets_{folder_.path()};
};

/// The problem with completed parameters; the family must exist.
std::unique_ptr<Problem> make(const std::string& family, const Given& given,
                              const Instance& instance, DataSets& data);

/// A test that runs once for every case.
class EveryProblem : public ::testing::TestWithParam<Case> {
 protected:
  /// Skips what is made of data that are not there.
  void SetUp() override;
  std::unique_ptr<Problem> make() {
    const Case& c = GetParam();
    return testing::make(c.family, c.given, c.instance, data_.sets());
  }

 private:
  SmallData data_;
};

std::string case_name(const ::testing::TestParamInfo<Case>& info);

}  // namespace ravine::problems::testing
