#include "results/tables/cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "results/statistics.hpp"

namespace ravine::results {
namespace {

constexpr std::string_view kMissText = "—";

std::string format_value(double value, Quantity quantity) {
  if (std::isinf(value)) return "∞";
  switch (quantity) {
    case Quantity::iterations:
      break;
    case Quantity::oracle_cost:
      return format_cost(value);
    case Quantity::seconds:
      return format_seconds(value);
  }
  return format_count(value);
}

}  // namespace

std::string format_count(double value) {
  return value == std::floor(value) ? fmt::format("{:.0f}", value) : fmt::format("{:.1f}", value);
}

std::string format_cost(double value) {
  if (std::abs(value) >= 99.95) return fmt::format("{:.0f}", value);
  const std::string text = fmt::format("{:.1f}", value);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

std::string format_seconds(const std::optional<double>& seconds) {
  if (!seconds) return "";
  if (!std::isfinite(*seconds)) return "n/a";
  struct Unit {
    double seconds;
    std::string_view name;
  };
  constexpr std::array<Unit, 4> kUnits = {{{1e-9, "ns"}, {1e-6, "µs"}, {1e-3, "ms"}, {1, "s"}}};
  const Unit* unit = &kUnits.front();
  for (const Unit& larger : kUnits) {
    // 999.6 µs would be written as 1000 µs.
    if (std::abs(*seconds) >= 0.9995 * larger.seconds) unit = &larger;
  }
  const double value = *seconds / unit->seconds;
  const double size = std::abs(value);
  const int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f} {}", value, decimals, unit->name);
}

std::string format_tolerance(double level) {
  std::string text;
  for (int digits = 0; digits < 6; ++digits) {
    text = fmt::format("{:.{}e}", level, digits);
    if (std::strtod(text.c_str(), nullptr) == level) break;
  }
  const std::size_t exponent = text.find('e');  // "1e-06" becomes "1e-6"
  if (exponent + 2 < text.size() && text[exponent + 2] == '0') text.erase(exponent + 2, 1);
  return text;
}

Cell reach_cell(const Reach& reach, Quantity quantity, bool range, Signs& signs) {
  if (reach.runs() == 0) {
    signs.not_judged = true;
    return {"·", CellStyle::dim};
  }
  if (reach.not_available > 0) {
    signs.not_available = true;
    return {"n/a", CellStyle::dim};
  }
  if (reach.hits == 0) {
    signs.missed = true;
    return {std::string(kMissText), CellStyle::miss};
  }
  if (reach.at_start == reach.runs()) {
    signs.at_start = true;
    return {"start", CellStyle::dim};
  }
  const double middle = *median(reach.values);
  const double low = *minimum(reach.values), high = *maximum(reach.values);
  std::string text = reach.between > 0 ? "≤" : "";
  text += std::isinf(middle) ? kMissText : format_value(middle, quantity);
  if (range && low != high) {
    text += fmt::format(" [{}–{}]", format_value(low, quantity), format_value(high, quantity));
  }
  if (reach.at_start > 0) text += "*";
  if (reach.hits < reach.runs()) text += fmt::format(" {}/{}", reach.hits, reach.runs());
  signs.between |= reach.between > 0;
  signs.at_start |= reach.at_start > 0;
  signs.partial |= reach.hits < reach.runs();
  return {text, std::isinf(middle) ? CellStyle::miss : CellStyle::plain};
}

Column target_column(const Target& target, const std::string& unit, Signs& signs) {
  std::string header = target.kind == TargetKind::metric
                           ? fmt::format("{} {:g}", target.metric, target.level)
                           : format_tolerance(target.level);
  if (target.kind == TargetKind::gradient) header = "∇ " + header;
  if (target.below_floor) header += "°";
  signs.below_floor |= target.below_floor;
  return {header, unit, Align::right, 0};
}

std::optional<double> competing_median(const Reach& reach) {
  const bool all_hit = reach.not_available == 0 && reach.hits == reach.runs();
  if (!all_hit || reach.at_start > 0) return std::nullopt;
  return median(reach.values);
}

void mark_best(Table& table, std::size_t column,
               const std::vector<std::optional<double>>& medians) {
  std::optional<double> best;
  for (const auto& value : medians) {
    if (value && (!best || *value < *best)) best = value;
  }
  if (medians.size() < 2 || !best) return;  // the best of one says nothing
  for (std::size_t row = 0; row < medians.size(); ++row) {
    if (medians[row] == best) table.rows[row][column].style = CellStyle::best;
  }
}

std::string runs_text(const Group& group) {
  std::size_t least = 0, most = 0;
  for (const Row& row : group.rows) {
    least = least == 0 ? row.trials.size() : std::min(least, row.trials.size());
    most = std::max(most, row.trials.size());
  }
  if (most == 0) return "no valid runs";
  if (least != most) return fmt::format("{} to {} runs each", least, most);
  return most == 1 ? "1 run each" : fmt::format("{} runs each", most);
}

Table empty_table(const Dataset& data) {
  Table table;
  table.title = "No trials";
  table.how_to_read = data.trials.empty()
                          ? "No trials are stored yet: run a suite first."
                          : "No trial matches this choice of optimizers, problems and targets.";
  return table;
}

}  // namespace ravine::results
