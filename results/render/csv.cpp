#include "results/render/csv.hpp"

#include <fmt/format.h>

#include <optional>

#include "results/csv.hpp"

namespace ravine::results {
namespace {

std::string count(const std::optional<std::uint64_t>& value) {
  return value ? fmt::to_string(*value) : std::string();
}

void append(std::vector<std::string>& fields, const Spread& spread) {
  fields.push_back(exact_number(spread.median));
  fields.push_back(exact_number(spread.minimum));
  fields.push_back(exact_number(spread.maximum));
}

const std::vector<std::string>& header() {
  static const std::vector<std::string> names = {
      "problem",
      "n",
      "batch_size",
      "optimizer",
      "target",
      "target_kind",
      "target_level",
      "below_floor",
      "runs",
      "hits",
      "hits_by_evaluation",
      "hits_at_start",
      "unsupported",
      "stopped_by_clock",
      "median_iterations",
      "min_iterations",
      "max_iterations",
      "median_oracle_cost_in_gradients",
      "min_oracle_cost_in_gradients",
      "max_oracle_cost_in_gradients",
      "machine",
      "timed_steps",
      "median_step_time_in_seconds",
      "median_optimizer_time_per_step_in_seconds",
      "median_oracle_time_per_step_in_seconds",
  };
  return names;
}

std::string line_of(const SummaryRow& row) {
  std::vector<std::string> fields = {csv_field(row.problem),
                                     fmt::to_string(row.n),
                                     fmt::to_string(row.batch_size),
                                     csv_field(row.optimizer),
                                     csv_field(row.target),
                                     csv_field(row.kind),
                                     exact_number(row.level),
                                     row.below_floor ? "1" : "0",
                                     fmt::to_string(row.runs),
                                     fmt::to_string(row.hits),
                                     fmt::to_string(row.hits_by_evaluation),
                                     fmt::to_string(row.at_start),
                                     fmt::to_string(row.unsupported),
                                     fmt::to_string(row.stopped_by_clock)};
  append(fields, row.iterations);
  append(fields, row.oracle_cost);
  fields.push_back(row.machine.empty() ? "" : csv_field(row.machine));
  fields.push_back(count(row.steps));
  fields.push_back(exact_number(row.step_seconds));
  fields.push_back(exact_number(row.optimizer_seconds));
  fields.push_back(exact_number(row.oracle_seconds));
  return csv_line(fields);
}

}  // namespace

std::string render_csv(const std::vector<SummaryRow>& rows) {
  std::string text = csv_line(header());
  for (const SummaryRow& row : rows) text += line_of(row);
  return text;
}

}  // namespace ravine::results
