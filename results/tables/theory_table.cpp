#include "results/tables/theory_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/statistics.hpp"
#include "results/tables/cells.hpp"
#include "results/tables/natural_order.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results {
namespace {

using theory::Relation;
using theory::Statement;

/// One thing that theory says of a row, over its trials.
struct Line {
  Statement said;  // without figures
  std::vector<double> predicted, measured;
  std::size_t shown = 0, broken = 0;  // trials that show it; of these, outside of the bound
};

/// Beyond what rounding does to a bound that is attained.
bool breaks(const Statement& s) {
  const double slack = 1e-9 * std::fabs(s.predicted);
  if (s.relation == Relation::at_most) return *s.measured > s.predicted + slack;
  if (s.relation == Relation::at_least) return *s.measured < s.predicted - slack;
  return false;
}

std::vector<Line> lines_of(const Row& row) {
  std::vector<Line> lines;
  for (const TrialRecord* trial : row.trials) {
    for (const Statement& s : theory::statements_of(*trial)) {
      auto line = std::find_if(lines.begin(), lines.end(), [&](const Line& known) {
        return known.said.quantity == s.quantity && known.said.relation == s.relation &&
               known.said.source == s.source;
      });
      if (line == lines.end()) line = lines.insert(line, {s, {}, {}});
      line->predicted.push_back(s.predicted);
      if (!s.measured) continue;
      line->measured.push_back(*s.measured);
      ++line->shown;
      line->broken += breaks(s) ? 1U : 0U;
    }
  }
  return lines;
}

const char* sign_of(Relation relation) {
  switch (relation) {
    case Relation::equals:
      break;
    case Relation::at_most:
      return "≤ ";
    case Relation::at_least:
      return "≥ ";
  }
  return "";
}

std::string figure(double value) { return fmt::format("{:.6g}", value); }

Cell verdict(const Line& line) {
  if (line.shown == 0) return {"not seen", CellStyle::dim};
  if (line.said.relation != Relation::equals) {
    if (line.broken == 0) return {"holds", CellStyle::plain};
    return {line.shown == 1 ? "broken" : fmt::format("broken {}/{}", line.broken, line.shown),
            CellStyle::miss};
  }
  const double predicted = *median(line.predicted), measured = *median(line.measured);
  if (predicted == 0) return {figure(measured), CellStyle::plain};
  const double percent = 100 * (measured / predicted - 1);
  return {fmt::format("{:+.1f} %", percent), CellStyle::plain};
}

Table table_of(const Group& group) {
  Table table;
  table.title = fmt::format("{}: theory beside measurement", group.title);
  table.columns = {{"optimizer", "", Align::left, 0},
                   {"quantity", "", Align::left, 0},
                   {"predicted", "", Align::right, 0},
                   {"measured", "", Align::right, 0},
                   {"difference", "", Align::right, 0}};
  std::vector<const Row*> rows;
  for (const Row& row : group.rows) rows.push_back(&row);
  std::sort(rows.begin(), rows.end(),
            [](const Row* a, const Row* b) { return natural_less(a->label, b->label); });
  for (const Row* row : rows)
    for (const Line& line : lines_of(*row)) {
      const std::string predicted = sign_of(line.said.relation) + figure(*median(line.predicted));
      const Cell measured = line.measured.empty()
                                ? Cell{"—", CellStyle::dim}
                                : Cell{figure(*median(line.measured)), CellStyle::plain};
      table.rows.push_back({{row->label, CellStyle::plain},
                            {line.said.quantity, CellStyle::plain},
                            {predicted, CellStyle::plain},
                            measured,
                            verdict(line)});
      const std::string& source = line.said.source;
      if (std::find(table.legend.begin(), table.legend.end(), source) == table.legend.end())
        table.legend.push_back(source);
    }
  table.how_to_read =
      "What theory says of an optimizer with these settings on this problem, and what its trials "
      "show: rates are factors per iteration of what falls like sqrt(f - f*), by least squares "
      "over "
      "the last half of the judged iterations above rounding; medians over instances and seeds.";
  return table;
}

}  // namespace

std::vector<Table> theory_tables(const Dataset& data, const TableOptions& options) {
  std::vector<Table> tables;
  for (const Group& group : group_trials(data, options)) {
    Table table = table_of(group);
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  if (tables.empty()) {
    Table none = empty_table(data);
    none.how_to_read =
        "Theory says nothing of these trials: it speaks of first-order methods with constant "
        "rates, Newton's method and conjugate gradients on quadratics (the suite theory).";
    tables.push_back(none);
  }
  return tables;
}

}  // namespace ravine::results
