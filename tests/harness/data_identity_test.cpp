// An instance's hash knows all of the data that the problem was made of, and nothing else.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/harness/support.hpp"

namespace {

using ravine::test::Planned;

std::string csv_with(const std::string& name, double last) {
  const auto file = std::filesystem::temp_directory_path() / name;
  std::ofstream out(file);
  for (int i = 0; i < 99; ++i) out << i % 7 << ',' << i % 5 << ',' << (i % 2 == 0 ? 1 : -1) << '\n';
  out << last << ",1,1\n";
  return file;
}

std::string hash_of(const std::string& problems, std::size_t trial = 0) {
  const Planned planned("[suite]\nname = \"test\"\n[targets]\ngradient = [1e-3]\n" + problems +
                        "[[optimizer]]\nid = \"gradient_descent\"\n");
  return planned.plan.trials.at(trial).instance_hash;
}

TEST(InstanceHash, SeesTheLastRowOfAFile) {
  const auto of = [](const std::string& file) {
    return hash_of("[[problem]]\nfamily = \"logistic_regression\"\nset = { data = \"" + file +
                   "\" }\n");
  };
  const std::string one = csv_with("ravine-identity-1.csv", 3);
  const std::string same = csv_with("ravine-identity-2.csv", 3);
  const std::string other = csv_with("ravine-identity-3.csv", 4);
  EXPECT_EQ(of(one), of(same)) << "not of the file's name";
  EXPECT_NE(of(one), of(other)) << "the 100th row differs";
  for (const auto& file : {one, same, other}) std::filesystem::remove(file);
}

TEST(InstanceHash, IsNotThatOfAnotherProblemsData) {
  const std::string bowls = "[[problem]]\nfamily = \"shifted_quadratics\"\n";
  const std::string file = csv_with("ravine-identity-4.csv", 3);
  const std::string before =
      "[[problem]]\nfamily = \"logistic_regression\"\nset = { data = \"" + file + "\" }\n";
  EXPECT_EQ(hash_of(bowls), hash_of(before + bowls, 1)) << "whoever was planned before it";
  std::filesystem::remove(file);
}

}  // namespace
