#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {
namespace {

Given with(Given given, const Given& more) {
  for (const auto& [name, value] : more) given[name] = value;
  return given;
}

ParameterValue beside(const char* file) {
  return word(std::string(RAVINE_TEST_PROBLEM_REFERENCES) + "/../regressions/" + file);
}

}  // namespace

std::vector<Case> regression_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given small = {{"n", number(7)}, {"samples", number(90)}};
  const Given fresh =
      with(small, {{"sampling", word("fresh")}, {"l2", number(0.01)}, {"n", number(5)}});
  const Given rotated = with(small, {{"rotation", word("hadamard")}, {"condition", number(1e4)}});
  const Given csv = {{"data", beside("small.csv")}, {"label", word("class")}};
  const Given sparse = {{"data", beside("small.svm")}};
  const Given classes = with(small, {{"classes", number(4)}});
  const auto l2 = [](double value) { return Given{{"l2", number(value)}}; };
  const auto criterion = [&](const char* name) {
    return with(small, {{"criterion", word(name)}, {"l2", number(0.1)}});
  };
  return {
      {"linear_regression", "linear_regression", small, canonical},
      {"linear_regression_rotated", "linear_regression", with(rotated, l2(0.01)), drawn},
      {"linear_regression_wide",
       "linear_regression",
       {{"n", number(21)}, {"samples", number(10)}, {"l2", number(0.1)}},
       drawn},
      {"linear_regression_fresh", "linear_regression", fresh, canonical},
      {"linear_regression_fresh_rotated", "linear_regression",
       with(fresh, {{"rotation", word("dense")}, {"l2", number(0)}}), drawn},
      {"linear_regression_csv", "linear_regression", csv, canonical},
      {"linear_regression_sparse", "linear_regression", with(sparse, l2(0.01)), drawn},
      {"logistic_regression", "logistic_regression", small, canonical},
      {"logistic_regression_rotated", "logistic_regression", rotated, drawn},
      {"logistic_regression_separable", "logistic_regression",
       with(small, {{"noise", number(0)}, {"l2", number(0)}}), drawn},
      {"logistic_regression_fresh", "logistic_regression", fresh, drawn},
      {"logistic_regression_sparse", "logistic_regression", sparse, canonical},
      {"perceptron_criterion", "perceptron_criterion", criterion("perceptron"), canonical},
      {"perceptron_criterion_fresh", "perceptron_criterion", with(fresh, l2(0.1)), drawn},
      {"perceptron_criterion_hinge", "perceptron_criterion", criterion("hinge"), drawn},
      {"perceptron_criterion_squared_hinge", "perceptron_criterion", criterion("squared_hinge"),
       drawn},
      {"softmax_regression", "softmax_regression", classes, canonical},
      {"softmax_regression_free", "softmax_regression", with(classes, l2(0)), drawn},
      {"softmax_regression_fresh", "softmax_regression", with(fresh, classes), drawn},
      {"softmax_regression_csv", "softmax_regression", csv, drawn},
      {"softmax_regression_sparse",
       "softmax_regression",
       {{"data", beside("classes.svm")}},
       canonical},
  };
}

}  // namespace ravine::problems::testing
