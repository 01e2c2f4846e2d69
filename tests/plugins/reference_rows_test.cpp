// No plugin without a reference of its own: the tables of reference/, written in Python from the
// papers' formulas, have its first step with every setting at its default.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

// Those without such a row, and why.
const std::map<std::string, const char*> kWithout = {
    {"minimal", "AgreesWithGradientDescentBitForBit stands for it"},
    {"nlopt_lbfgs", "NLopt's own code, which runs by itself: nlopt_lbfgs_test.cpp"},
};

/// Whether the text "name=value ..." of a row names nothing but defaults.
bool is_default(const ravine_optimizer& optimizer, const std::string& settings) {
  std::istringstream words(settings);
  for (std::string word; words >> word;) {
    const auto equals = word.find('=');
    for (std::uint64_t i = 0; i < optimizer.parameter_count; ++i)
      if (word.substr(0, equals) == optimizer.parameters[i]->name &&
          std::stod(word.substr(equals + 1)) != optimizer.parameters[i]->default_value)
        return false;
  }
  return true;
}

/// Plugins of the tables' first steps with defaults.
std::set<std::string> with_default_rows() {
  std::set<std::string> found;
  for (const auto& table :
       std::filesystem::directory_iterator(RAVINE_TEST_SOURCE_DIR "/reference")) {
    if (table.path().extension() != ".csv") continue;
    std::ifstream file(table.path());
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
      std::istringstream fields(line);
      std::string plugin, problem, settings, steps;
      std::getline(fields, plugin, ',');
      std::getline(fields, problem, ',');
      std::getline(fields, settings, ',');
      std::getline(fields, steps, ',');
      if (steps == "1" && is_default(*load(plugin), settings)) found.insert(plugin);
    }
  }
  return found;
}

TEST(Reference, HasTheFirstStepOfEveryPluginsDefaults) {
  const std::set<std::string> found = with_default_rows();
  for (const std::string& plugin : every_plugin())
    EXPECT_NE(found.contains(plugin), kWithout.contains(plugin)) << plugin;
}

}  // namespace
