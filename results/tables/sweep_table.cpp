#include "results/tables/sweep_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "results/statistics.hpp"
#include "results/tables/cells.hpp"
#include "results/tables/metrics_table.hpp"
#include "results/tables/sweep.hpp"
#include "results/theory/facts.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results {
namespace {

/// The medians of a row's rates per iteration, predicted and measured; empty where there are none.
struct Rates {
  std::optional<double> predicted, measured;
};

Rates rates_of(const Row& row) {
  std::vector<double> predicted, measured;
  for (const TrialRecord* trial : row.trials) {
    std::vector<theory::Statement> statements;
    theory::linear_rate(*trial, statements);
    if (!statements.empty()) predicted.push_back(statements.front().predicted);
    if (const auto rate = theory::measured_rate(*trial); rate && trial->batch_size == 0)
      measured.push_back(*rate);
  }
  return {median(std::move(predicted)), median(std::move(measured))};
}

/// Of every point of a sweep, computed once: a rate is a fit over a trace.
class PointRates {
 public:
  explicit PointRates(const Sweep& sweep) : points_(sweep.points.data()) {
    rates_.reserve(sweep.points.size());
    for (const SweepPoint& point : sweep.points) rates_.push_back(rates_of(*point.row));
  }
  /// `point` is one of the sweep's.
  [[nodiscard]] const Rates& operator[](const SweepPoint& point) const {
    return rates_.at(static_cast<std::size_t>(&point - points_));
  }
  [[nodiscard]] bool any_predicted() const {
    return std::any_of(rates_.begin(), rates_.end(),
                       [](const Rates& rates) { return rates.predicted.has_value(); });
  }

 private:
  const SweepPoint* points_;
  std::vector<Rates> rates_;
};

std::string rate_text(const std::optional<double>& rate) {
  return rate ? fmt::format("{:.4g}", *rate) : "";
}

Table frame(const Sweep& sweep, const std::string& what) {
  Table table;
  table.title = fmt::format("{}: {} over {}, {}", sweep.problem, sweep.optimizer,
                            fmt::join(sweep.names, " and "), what);
  return table;
}

/// The targets of all groups that the sweep crosses, from loose to tight.
std::vector<Target> targets_of(const Sweep& sweep) {
  std::vector<Target> targets;
  for (const SweepPoint& point : sweep.points)
    for (const Target& target : point.group->targets)
      if (std::none_of(targets.begin(), targets.end(),
                       [&](const Target& known) { return known.name == target.name; }))
        targets.push_back(target);
  return targets;
}

void add_column(Table& table, const Sweep& sweep, Column column, auto&& cell) {
  bool any = false;
  std::vector<Cell> cells;
  for (const SweepPoint& point : sweep.points) {
    cells.push_back(cell(point));
    any = any || !cells.back().text.empty();
  }
  if (!any) return;
  for (std::size_t i = 0; i < cells.size(); ++i) table.rows[i].push_back(std::move(cells[i]));
  table.columns.push_back(std::move(column));
}

/// What costs are told at: the tightest target above the rounding floor that at least half of the
/// sweep's points met, so that most of them have a cost to compare; the loosest where none was.
const Target* common_target(const Sweep& sweep, const std::vector<Target>& targets) {
  const Target* loosest = nullptr;
  for (auto target = targets.rbegin(); target != targets.rend(); ++target) {
    if (target->below_floor) continue;
    loosest = &*target;
    const auto met = std::count_if(
        sweep.points.begin(), sweep.points.end(),
        [&](const SweepPoint& p) { return reach(*p.row, *target, Quantity::iterations).hits > 0; });
    if (2 * static_cast<std::size_t>(met) >= sweep.points.size()) return &*target;
  }
  return loosest;
}

/// N of a sum over samples, else 0.
double sample_count(const Row& row) {
  const auto& constants = row.trials.front()->constants;
  const auto found = constants.find("N");
  return found == constants.end() ? 0 : found->second;
}

Reach times(Reach reach, double factor) {
  for (double& value : reach.values) value *= factor;
  return reach;
}

void add_costs(Table& table, const Sweep& sweep, const Target& target, Signs& signs) {
  const std::string to = "to " + target_column(target, "", signs).header;
  const auto cost = [&](const SweepPoint& p, Quantity quantity) {
    return reach(*p.row, target, quantity);
  };
  add_column(table, sweep, {"gradients", to, Align::right, 2}, [&](const SweepPoint& p) {
    return reach_cell(cost(p, Quantity::oracle_cost), Quantity::oracle_cost, false, signs);
  });
  add_column(table, sweep, {"sample gradients", to, Align::right, 2}, [&](const SweepPoint& p) {
    const double n = sample_count(*p.row);
    if (n == 0) return Cell{};
    return reach_cell(times(cost(p, Quantity::oracle_cost), n), Quantity::oracle_cost, false,
                      signs);
  });
  add_column(table, sweep, {"seconds", to, Align::right, 2}, [&](const SweepPoint& p) {
    if (p.group->machines.size() != 1) return Cell{};
    return reach_cell(cost(p, Quantity::seconds), Quantity::seconds, false, signs);
  });
}

Table list_of(const Sweep& sweep) {
  Table table = frame(sweep, "iterations to each target");
  for (const std::string& name : sweep.names) table.columns.push_back({name, "", Align::right, 0});
  for (const SweepPoint& point : sweep.points) {
    table.rows.emplace_back();
    for (const std::string& value : point.at)
      table.rows.back().push_back({value, CellStyle::plain});
  }
  Signs signs;
  add_column(table, sweep, {"status", "", Align::left, 0},
             [&](const SweepPoint& p) { return status_cell(*p.row, signs); });
  const std::vector<Target> targets = targets_of(sweep);
  for (const Target& target : targets)
    add_column(table, sweep, target_column(target, "iterations", signs), [&](const SweepPoint& p) {
      return reach_cell(reach(*p.row, target, Quantity::iterations), Quantity::iterations, false,
                        signs);
    });
  const PointRates rates(sweep);
  add_column(table, sweep, {"rate", "predicted", Align::right, 1}, [&](const SweepPoint& p) {
    return Cell{rate_text(rates[p].predicted), CellStyle::plain};
  });
  add_column(table, sweep, {"rate", "measured", Align::right, 1}, [&](const SweepPoint& p) {
    return Cell{rate_text(rates[p].measured), CellStyle::plain};
  });
  std::vector<std::string> metrics;
  for (const SweepPoint& point : sweep.points)
    for (const std::string& name : metrics_of(*point.row))
      if (std::find(metrics.begin(), metrics.end(), name) == metrics.end()) metrics.push_back(name);
  for (const std::string& metric : metrics)
    add_column(table, sweep, {metric, "at the end", Align::right, 1}, [&](const SweepPoint& p) {
      const auto last = last_of(*p.row, metric);
      return last ? Cell{fmt::format("{:.4g}", *last), CellStyle::plain} : Cell{};
    });
  if (const Target* target = common_target(sweep, targets)) add_costs(table, sweep, *target, signs);
  add_column(table, sweep, {"step", "time", Align::right, 2}, [&](const SweepPoint& p) {
    if (p.group->machines.size() != 1) return Cell{};
    return Cell{format_seconds(time_of(*p.row, p.group->machines.front()).step), CellStyle::plain};
  });
  table.how_to_read =
      "What was swept against what it does: medians over instances and seeds; a rate is the factor "
      "per iteration of what falls like sqrt(f - f*), predicted where theory knows it. Costs are "
      "to "
      "the tightest target that half of the points met; gradients are of all samples, sample "
      "gradients as many times their number.";
  table.legend = legend_of(signs);
  return table;
}

/// A cell for each pair of values; empty where the suite has none.
Table plane_of(const Sweep& sweep, const std::string& what, auto&& cell) {
  Table table = frame(sweep, what);
  const auto down = values_of(sweep, 0), across = values_of(sweep, 1);
  table.columns.push_back({sweep.names[0], sweep.names[1] + " →", Align::right, 0});
  for (const std::string& value : across) table.columns.push_back({value, "", Align::right, 0});
  for (const std::string& value : down) {
    table.rows.push_back({{value, CellStyle::plain}});
    for (const std::string& other : across) {
      const auto at =
          std::find_if(sweep.points.begin(), sweep.points.end(),
                       [&](const SweepPoint& p) { return p.at[0] == value && p.at[1] == other; });
      table.rows.back().push_back(at == sweep.points.end() ? Cell{} : cell(*at));
    }
  }
  return table;
}

void add_planes(std::vector<Table>& tables, const Sweep& sweep) {
  Signs signs;
  Table hits = plane_of(sweep, "iterations to the tightest target", [&](const SweepPoint& p) {
    if (!p.group->tightest) return Cell{};
    const bool diverged =
        std::all_of(p.row->trials.begin(), p.row->trials.end(),
                    [](const TrialRecord* trial) { return trial->status == Status::diverged; });
    if (diverged) return Cell{"diverged", CellStyle::miss};
    return reach_cell(reach(*p.row, *p.group->tightest, Quantity::iterations), Quantity::iterations,
                      false, signs);
  });
  hits.how_to_read = "Iterations to the tightest target for each pair of values: medians.";
  hits.legend = legend_of(signs);
  tables.push_back(std::move(hits));
  const PointRates rates(sweep);
  if (!rates.any_predicted()) return;
  Table plane = plane_of(sweep, "rate per iteration", [&](const SweepPoint& p) {
    const std::string predicted = rate_text(rates[p].predicted);
    const std::string measured = rate_text(rates[p].measured);
    return Cell{fmt::format("{} | {}", predicted, measured.empty() ? "—" : measured),
                CellStyle::plain};
  });
  plane.how_to_read =
      "Factor per iteration of what falls like sqrt(f - f*) for each pair of values: predicted by "
      "theory | measured over the last half of the judged iterations above rounding.";
  tables.push_back(std::move(plane));
}

}  // namespace

std::vector<Table> sweep_tables(const Dataset& data, const TableOptions& options) {
  std::vector<Table> tables;
  const std::vector<Group> groups = group_trials(data, options);
  for (const Sweep& sweep : sweeps_of(groups)) {
    if (sweep.names.size() == 2)
      add_planes(tables, sweep);
    else
      tables.push_back(list_of(sweep));
  }
  if (tables.empty()) {
    tables.push_back(empty_table(data));
    tables.back().how_to_read =
        "Nothing is swept here: a suite sweeps a setting, a parameter or a batch size by a list "
        "of values, as learning_rate = [0.01, 0.1, 1].";
  }
  return tables;
}

}  // namespace ravine::results
