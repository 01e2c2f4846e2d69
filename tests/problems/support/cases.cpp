#include "tests/problems/support/cases.hpp"

#include "problems/catalog.hpp"

namespace ravine::problems::testing {

ParameterValue number(double value) { return {value, ""}; }
ParameterValue word(const std::string& text) { return {0, text}; }

std::vector<Case> all_cases() {
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
      {"quadratic_rotated_clusters",
       "quadratic",
       {{"n", number(64)}, {"spectrum", word("clusters")}, {"rotation", word("hadamard")}},
       drawn},
      {"rosenbrock", "rosenbrock", {}, canonical},
      {"rosenbrock_drawn", "rosenbrock", {{"n", number(25)}}, drawn},
      {"rastrigin", "rastrigin", {}, canonical},
      {"rastrigin_staged", "rastrigin", {{"n", number(11)}, {"stages", number(5)}}, drawn},
      {"mlp_tanh", "mlp", regularized, canonical},
      {"mlp_relu", "mlp", rectified, drawn},
      {"mlp_linear", "mlp", linear, drawn},
      {"mlp_curriculum", "mlp_curriculum", staged, drawn},
  };
}

std::unique_ptr<Problem> make(const std::string& family, const Given& given,
                              const Instance& instance, DataSets& data) {
  const Family* found = find_family(family);
  return found->make(complete_parameters(*found, given), instance, data);
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

}  // namespace ravine::problems::testing
