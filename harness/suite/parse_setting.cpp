// Settings: one value, a list of them, or a range.
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "harness/suite/parse_detail.hpp"
#include "harness/suite/range.hpp"
#include "problems/text/nearest.hpp"
#include "problems/text/number.hpp"

namespace ravine::harness::parsing {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr NumberRule kFinite{-kInfinity, kInfinity, false, "a finite number, such as 0.5"};
constexpr NumberRule kEnd{-kInfinity, kInfinity, false,
                          "a finite number, such as 0.5 (expressions go into a list)"};
constexpr NumberRule kPositive{0.0, kInfinity, false,
                               "a number above 0 when the scale is 'log', such as 0.1"};
const WholeRule kBatchSize{0, kLargestWhole, "32, or 'full'"};

std::string shown(const Scalar& scalar) {
  if (const auto* text = std::get_if<std::string>(&scalar)) return quoted(*text);
  return ravine::problems::decimal(std::get<double>(scalar));
}

Scalar scalar(const Value& value) {
  const toml::node& node = *value.node;
  if (const auto* boolean = node.as_boolean()) return boolean->get() ? 1.0 : 0.0;
  if (node.is_string()) return line(value, "2/(mu+L)");
  if (node.is_number()) return number(value, kFinite);
  constexpr const char* kOne = "a number, a text, true or false";
  constexpr const char* kMore =
      ", a list of these, or a range such as { from = 0.1, to = 0.9, count = 5 }";
  value.refuse(value.is_element ? kOne : std::string(kOne) + kMore);
}

Scalar batch_size(const Value& value) {
  const auto* text = value.node->as_string();
  if (text != nullptr && text->get() == "full") return 0.0;
  return static_cast<double>(whole(value, kBatchSize));
}

Value required(const Table& table, const std::string& key, const Value& range) {
  if (auto value = table.find(key)) return *std::move(value);
  complain(range.place, "the range of " + quoted(range.name) + " lacks " + quoted(key) +
                            (key == "count" ? " or 'step'" : "") +
                            "; write { from = 0.1, to = 0.9, count = 5 }");
}

bool is_logarithmic(const Table& table) {
  const auto scale = table.find("scale");
  if (!scale) return false;
  const std::string name = line(*scale, "log");
  if (name == "log" || name == "linear") return name == "log";
  const std::vector<std::string> known{"linear", "log"};
  complain(scale->place,
           "unknown scale " + quoted(name) + ravine::problems::suggestion(name, known));
}

std::vector<double> by_step(const Table& table, const Value& step_value, double from, double to) {
  if (const auto count = table.find("count"))
    complain(count->key_place, "a range has a 'count' or a 'step', not both; remove one");
  if (const auto scale = table.find("scale"))
    complain(scale->key_place, "a range with a 'step' has no 'scale'; write a 'count' instead");
  const double step = number(step_value, kFinite);
  const std::string ends = ravine::problems::decimal(from) + " to " + ravine::problems::decimal(to);
  if (from == to || step == 0.0 || (to > from) != (step > 0.0))
    complain(step_value.place, "a step of " + ravine::problems::decimal(step) +
                                   " does not lead from " + ends +
                                   (from == to  ? "; write the number alone"
                                    : to > from ? "; write a step above 0"
                                                : "; write a step below 0"));
  if (!(stepped_count(from, to, step) <= static_cast<double>(kMostValues)))
    complain(step_value.place, "a step of " + ravine::problems::decimal(step) +
                                   " makes more than 100000 values from " + ends +
                                   "; write a larger one");
  return stepped_range(from, to, step);
}

std::vector<double> by_count(const Table& table, const Value& range, double from, double to) {
  const bool logarithmic = is_logarithmic(table);
  const Value count_value = required(table, "count", range);
  const std::uint64_t count = whole(count_value, {1, kMostValues, "5"});
  if (count == 1 && from != to)
    complain(count_value.place,
             "a count of 1 cannot reach both ends; write 2 or more, or the number alone");
  if (count > 1 && from == to)
    complain(count_value.place, "both ends are " + ravine::problems::decimal(from) +
                                    ", so the values would repeat; write the number alone");
  if (!logarithmic) return linear_range(from, to, count);
  return logarithmic_range(number(required(table, "from", range), kPositive),
                           number(required(table, "to", range), kPositive), count);
}

std::vector<double> range_values(const Value& range) {
  const Table table(range, "the range of " + quoted(range.name), "");
  table.allow_only({"from", "to", "count", "step", "scale"});
  const double from = number(required(table, "from", range), kEnd);
  const double to = number(required(table, "to", range), kEnd);
  const auto step = table.find("step");
  std::vector<double> values =
      step ? by_step(table, *step, from, to) : by_count(table, range, from, to);
  const bool rises = to > from;
  for (std::size_t i = 1; i < values.size(); ++i)
    if (rises ? !(values[i] > values[i - 1]) : !(values[i] < values[i - 1]))
      complain(range.place, "the range of " + quoted(range.name) + " is too narrow for " +
                                std::to_string(values.size()) +
                                " values that differ in 15 digits; write fewer");
  return values;
}

template <class Read>
Setting setting(const Value& value, Read&& read) {
  Setting result{value.name, {}, value.key_place, value.place};
  std::set<Scalar> seen;
  for (const Value& element : elements(value)) {
    result.values.push_back(read(element));
    if (!seen.insert(result.values.back()).second)
      refuse_repeated(element, shown(result.values.back()));
  }
  return result;
}

Setting ranged(const Value& value) {
  const std::vector<double> values = range_values(value);
  return {value.name, {values.begin(), values.end()}, value.key_place, value.place};
}

}  // namespace

std::vector<Setting> settings(const Value& set) {
  return settings(Table(set, "'set'", "set = { n = 100 }"), "");
}

std::vector<Setting> settings(const Table& table, const std::string& but) {
  std::vector<Setting> result;
  for (const Value& value : table.entries())
    if (value.name != but)
      result.push_back(value.node->is_table() ? ranged(value) : setting(value, scalar));
  return result;
}

Setting batch_setting(const Value& value) {
  if (!value.node->is_table()) return setting(value, batch_size);
  Setting result = ranged(value);
  std::set<Scalar> seen;
  for (Scalar& size : result.values) {
    // Few ranges of sizes are whole between their ends, above all logarithmic ones.
    const double rounded = std::round(std::get<double>(size));
    size = rounded;
    if (rounded < 1.0 || rounded > static_cast<double>(kLargestWhole))
      complain(value.place,
               "the range of 'batch' must lie between 1 and 2^53, such as "
               "{ from = 16, to = 256, count = 5, scale = \"log\" }");
    if (!seen.insert(size).second)
      complain(value.place, "the range of 'batch' takes " + shown(size) +
                                " twice after rounding; write a smaller count or a larger step");
  }
  return result;
}

}  // namespace ravine::harness::parsing
