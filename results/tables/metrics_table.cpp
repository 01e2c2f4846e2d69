#include "results/tables/metrics_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/statistics.hpp"
#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

std::vector<std::string> metrics_of(const Group& group, const TableOptions& options) {
  std::vector<std::string> names;
  for (const Row& row : group.rows)
    for (const std::string& name : metrics_of(row))
      if ((options.metric.empty() || options.metric == name) &&
          std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
  return names;
}

Table table_of(const Group& group, const std::vector<std::string>& metrics) {
  Table table;
  table.title = fmt::format("{}: metrics at the end, {}", group.title, runs_text(group));
  table.columns = {{"optimizer", "", Align::left, 0}, {"status", "", Align::left, 0}};
  int rank = 0;  // what comes later is left out first for want of width
  for (const std::string& metric : metrics)
    table.columns.push_back({metric, "at the end", Align::right, rank++});
  Signs signs;
  for (const Row& row : group.rows) {
    std::vector<Cell> cells = {{row.label, CellStyle::plain}, status_cell(row, signs)};
    for (const std::string& metric : metrics) {
      const auto last = last_of(row, metric);
      cells.push_back(last ? Cell{fmt::format("{:.4g}", *last), CellStyle::plain} : Cell{});
    }
    table.rows.push_back(std::move(cells));
  }
  table.how_to_read =
      "What a problem records beside its value, at the last point that was judged: medians over "
      "instances and seeds.";
  table.legend = legend_of(signs);
  table.footnotes = footnotes_of(group);
  return table;
}

}  // namespace

std::vector<std::string> metrics_of(const Row& row) {
  return row.trials.empty() ? std::vector<std::string>{} : row.trials.front()->metric_names;
}

std::optional<double> last_of(const Row& row, const std::string& metric) {
  std::vector<double> values;
  for (const TrialRecord* trial : row.trials) {
    const auto& names = trial->metric_names;
    const auto at =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), metric) - names.begin());
    for (auto point = trial->trace.rbegin(); point != trial->trace.rend(); ++point)
      if (at < point->metrics.size() && std::isfinite(point->metrics[at])) {
        values.push_back(point->metrics[at]);
        break;
      }
  }
  return median(std::move(values));
}

std::vector<Table> metric_tables(const Dataset& data, const TableOptions& options) {
  TableOptions every = options;  // not only groups that have this metric as a target
  every.metric.clear();
  std::vector<Table> tables;
  for (const Group& group : group_trials(data, every)) {
    const std::vector<std::string> metrics = metrics_of(group, options);
    if (!metrics.empty()) tables.push_back(table_of(group, metrics));
  }
  if (tables.empty()) {
    tables.push_back(empty_table(data));
    tables.back().how_to_read = "No problem of these trials records such a metric.";
  }
  return tables;
}

}  // namespace ravine::results
