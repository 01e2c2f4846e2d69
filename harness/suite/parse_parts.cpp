// The tables that a suite and its entries have in common.
#include <limits>

#include "harness/error.hpp"
#include "harness/suite/expression.hpp"
#include "harness/suite/parse_detail.hpp"
#include "problems/text/nearest.hpp"

namespace ravine::harness::parsing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr NumberRule kOracle{0.0, kInfinity, false, "a number above 0, such as 1e5"};
constexpr NumberRule kSeconds{0.0, kInfinity, false, "a number above 0, such as 20"};
constexpr NumberRule kTolerance{0.0, 1.0, false, "a number between 0 and 1, such as 1e-6"};
constexpr NumberRule kLevel{-kInfinity, kInfinity, false, "a finite number, such as 0.8"};
constexpr NumberRule kWeight{0.0, kInfinity, true,
                             "a number of at least 0, such as 2, or an expression such as '1/3'"};

bool is_metric_name(std::string_view name) {
  if (name.empty() || name[0] < 'a' || name[0] > 'z') return false;
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

void check_metric_name(const Value& value) {
  if (is_metric_name(value.name)) return;
  const std::string near =
      ravine::problems::nearest(value.name, std::vector<std::string>{"relative", "gradient"});
  complain(value.key_place, quoted(value.name) +
                                " is no metric's name: write small letters, digits and _, such as "
                                "'test_accuracy'" +
                                (near.empty() ? "" : ", or did you mean '" + near + "'?"));
}

double weight(const Value& value) {
  const auto* text = value.node->as_string();
  if (text == nullptr) return number(value, kWeight);
  double result = 0.0;
  try {
    result = evaluate_expression(text->get(), {});
  } catch (const UserError& error) {
    complain(value.place, quoted(value.name) + ": " + error.what());
  }
  if (result < 0.0) value.refuse(std::string(kWeight.wanted));
  return result;
}

}  // namespace

Budget budget(const Value& value) {
  const Table table(value, "'budget'", "budget = { iterations = 1000 }");
  table.allow_only({"iterations", "oracle", "seconds"});
  Budget result;
  for (const Value& entry : table.entries()) {
    if (entry.name == "iterations") result.iterations = whole(entry, {1, kLargestWhole, "1000"});
    if (entry.name == "oracle") result.oracle = number(entry, kOracle);
    if (entry.name == "seconds") result.seconds = number(entry, kSeconds);
  }
  return result;
}

Targets targets(const Value& value) {
  const Table table(value, "'targets'", "targets = { relative = [1e-3, 1e-6] }");
  Targets result;
  result.place = value.place;
  for (const Value& entry : table.entries()) {
    if (entry.name == "relative") {
      result.relative = numbers(entry, kTolerance);
    } else if (entry.name == "gradient") {
      result.gradient = numbers(entry, kTolerance);
    } else {
      check_metric_name(entry);
      result.metrics.emplace_back(entry.name, numbers(entry, kLevel));
    }
  }
  return result;
}

JudgeRule judge(const Value& value) {
  const Table table(value, "'judge'", "judge = { every = 10, first = 1 }");
  table.allow_only({"every", "first", "gradient_error"});
  JudgeRule result;
  if (const auto every = table.find("every"))
    result.every = whole(*every, {1, kLargestWhole, "10"});
  if (const auto first = table.find("first")) result.first = whole(*first, {0, kLargestWhole, "1"});
  if (const auto batches = table.find("gradient_error"))
    result.gradient_error = whole(*batches, {1, 1'000'000, "64"});
  return result;
}

OracleWeights oracle_weights(const Value& value) {
  const Table table(value, "'oracle_cost'", "oracle_cost = { value = \"1/3\" }");
  table.allow_only({"value", "gradient", "hessian_vector", "hessian_per_n", "partial_times_n"});
  OracleWeights result;
  for (const Value& entry : table.entries()) {
    const double cost = weight(entry);
    if (entry.name == "value") result.value = cost;
    if (entry.name == "gradient") result.gradient = cost;
    if (entry.name == "hessian_vector") result.hessian_vector = cost;
    if (entry.name == "hessian_per_n") result.hessian_per_n = cost;
    if (entry.name == "partial_times_n") result.partial_times_n = cost;
  }
  return result;
}

}  // namespace ravine::harness::parsing
