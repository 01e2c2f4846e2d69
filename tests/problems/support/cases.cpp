#include "tests/problems/support/cases.hpp"

#include "problems/catalog.hpp"
#include "tests/problems/support/nist.hpp"

namespace ravine::problems::testing {

ParameterValue number(double value) { return {value, ""}; }
ParameterValue word(const std::string& text) { return {0, text}; }

namespace {

std::vector<Case> first_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given net = {{"hidden", word("7-5")}, {"train", number(300)}, {"test", number(90)}};
  Given regularized = net;
  regularized["l2"] = number(0.25);
  Given rectified = net;
  rectified["activation"] = word("relu");
  Given linear = net;
  linear["hidden"] = word("none");
  Given staged = net;
  staged["stages"] = number(4);
  return {
      {"quadratic", "quadratic", {{"n", number(37)}}, canonical},
      {"quadratic_one_variable", "quadratic", {{"n", number(1)}, {"kappa", number(1)}}, drawn},
      {"quadratic_shifted", "quadratic", {{"n", number(50)}, {"kappa", number(1e6)}}, drawn},
      {"quadratic_rotated", "quadratic", {{"rotation", word("hadamard")}}, canonical},
      {"quadratic_rotated_two",
       "quadratic",
       {{"n", number(2)}, {"spectrum", word("two")}, {"rotation", word("hadamard")}},
       drawn},
      {"quadratic_rotated_distinct",
       "quadratic",
       {{"n", number(64)}, {"spectrum", word("distinct")}, {"rotation", word("hadamard")}},
       drawn},
      {"quadratic_householder",
       "quadratic",
       {{"n", number(33)}, {"spectrum", word("clusters")}, {"rotation", word("householder")}},
       drawn},
      {"quadratic_dense",
       "quadratic",
       {{"n", number(21)}, {"spectrum", word("deepobs")}, {"rotation", word("dense")}},
       drawn},
      {"quadratic_laplacian",
       "quadratic",
       {{"n", number(12)}, {"spectrum", word("laplacian")}},
       canonical},
      {"quadratic_deep", "quadratic_deep", {}, canonical},
      {"shifted_quadratics", "shifted_quadratics", {}, canonical},
      {"shifted_quadratics_rotated",
       "shifted_quadratics",
       {{"n", number(20)}, {"samples", number(50)}, {"rotation", word("hadamard")}},
       drawn},
      {"shifted_quadratics_fresh",
       "shifted_quadratics",
       {{"n", number(5)}, {"sampling", word("fresh")}},
       drawn},
      {"sphere", "sphere", {}, canonical},
      {"sphere_drawn", "sphere", {{"n", number(9)}}, drawn},
      {"coupled_pair", "coupled_pair", {}, canonical},
      {"coupled_pair_drawn", "coupled_pair", {{"alpha", number(2)}}, drawn},
      {"rosenbrock", "rosenbrock", {}, canonical},
      {"rosenbrock_drawn", "rosenbrock", {{"n", number(25)}}, drawn},
      {"rastrigin", "rastrigin", {}, canonical},
      {"rastrigin_staged", "rastrigin", {{"n", number(11)}, {"stages", number(5)}}, drawn},
      {"mlp_tanh", "mlp", regularized, canonical},
      {"mlp_relu", "mlp", rectified, drawn},
      {"mlp_linear", "mlp", linear, drawn},
      {"mlp_curriculum", "mlp_curriculum", staged, drawn},
      {"nist", "nist", nist_set("Lanczos3"), canonical},
      {"nist_drawn", "nist", nist_set("DanWood"), drawn},
      {"nist_curved", "nist", nist_set("BoxBOD", 2), canonical},
  };
}

}  // namespace

std::vector<Case> all_cases() {
  std::vector<Case> result = first_cases();
  for (const auto& cases :
       {classics_cases(), curriculum_cases(), engineering_cases(), landscape_cases(),
        least_squares_cases(), matrix_cases(), net_cases(), regression_cases(), stage_cases()})
    result.insert(result.end(), cases.begin(), cases.end());
  return result;
}

std::unique_ptr<Problem> make(const std::string& family, const Given& given,
                              const Instance& instance, DataSets& data) {
  const Family* found = find_family(family);
  return found->make(complete_parameters(*found, given), instance, data);
}

void EveryProblem::SetUp() {
  if (GetParam().family == "nist" && !nist_missing().empty()) GTEST_SKIP() << nist_missing();
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

}  // namespace ravine::problems::testing
