#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> matrix_cases() {
  const Instance canonical{0, 11};
  const Instance drawn{3, 0xABCDEF};
  const Given small_dictionary = {{"p", number(4)},
                                  {"atoms", number(5)},
                                  {"samples", number(9)},
                                  {"sparsity", number(2)},
                                  {"noise", number(0.1)}};
  Given heavy = small_dictionary;
  heavy.insert({{"lambda", number(5)}, {"epsilon", number(0.001)}, {"gamma", number(3)}});
  const auto features = [](const std::string& kind, double p) {
    return Given{{"samples", number(17)},
                 {"p", number(p)},
                 {"inputs", number(30)},
                 {"features", word(kind)},
                 {"signal", word("decaying")}};
  };
  const auto fresh = [](Given given) {
    given["sampling"] = word("fresh");
    return given;
  };
  const auto drawn_samples = [](const std::string& sampling, double count) {
    return Given{{"depth", number(2)},        {"outputs", number(6)},
                 {"input_kappa", number(30)}, {"sampling", word(sampling)},
                 {"samples", number(count)},  {"noise", number(0.1)}};
  };
  return {
      {"matrix_factorization", "matrix_factorization", {}, canonical},
      {"matrix_factorization_exact",
       "matrix_factorization",
       {{"rows", number(5)}, {"columns", number(9)}, {"tail", number(0)}},
       drawn},
      {"matrix_factorization_too_many",
       "matrix_factorization",
       {{"rank", number(5)}, {"true_rank", number(2)}, {"tail", number(0)}},
       drawn},
      {"matrix_factorization_square",
       "matrix_factorization",
       {{"rows", number(4)}, {"columns", number(4)}, {"rank", number(4)}},
       drawn},
      {"matrix_factorization_numbers",
       "matrix_factorization",
       {{"rows", number(1)}, {"columns", number(1)}, {"rank", number(1)}, {"true_rank", number(1)}},
       drawn},
      {"deep_linear", "deep_linear", {}, canonical},
      {"deep_linear_one",
       "deep_linear",
       {{"depth", number(1)}, {"outputs", number(5)}, {"input_kappa", number(100)}},
       drawn},
      {"deep_linear_two",
       "deep_linear",
       {{"depth", number(2)}, {"width", number(3)}, {"start", word("random")}},
       drawn},
      {"deep_linear_skewed",
       "deep_linear",
       {{"depth", number(4)}, {"input_kappa", number(30)}, {"outputs", number(6)}},
       drawn},
      {"deep_linear_wide",
       "deep_linear",
       {{"depth", number(3)}, {"width", number(7)}, {"inputs", number(4)}, {"outputs", number(4)}},
       drawn},
      {"deep_linear_recycled", "deep_linear", drawn_samples("recycled", 30), canonical},
      {"deep_linear_recycled_few", "deep_linear", drawn_samples("recycled", 5), drawn},
      {"deep_linear_fresh", "deep_linear", drawn_samples("fresh", 30), drawn},
      {"sparse_coding", "sparse_coding", small_dictionary, canonical},
      {"sparse_coding_heavy", "sparse_coding", heavy, drawn},
      {"random_features", "random_features", {}, canonical},
      {"random_features_many", "random_features", {{"p", number(70)}}, drawn},
      {"random_features_relu", "random_features", features("relu", 40), drawn},
      {"random_features_fourier", "random_features", features("fourier", 8), drawn},
      {"random_features_fresh", "random_features", {{"sampling", word("fresh")}}, canonical},
      {"random_features_fresh_relu", "random_features", fresh(features("relu", 40)), drawn},
      {"random_features_fresh_fourier", "random_features", fresh(features("fourier", 8)), drawn},
  };
}

}  // namespace ravine::problems::testing
