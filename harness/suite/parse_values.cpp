#include <cmath>
#include <numeric>
#include <set>

#include "harness/suite/parse_detail.hpp"
#include "problems/text/number.hpp"

namespace ravine::harness::parsing {
namespace {

/// The number that a node holds, if it holds one.
std::optional<double> as_double(const toml::node& node) {
  if (const auto* integer = node.as_integer()) return static_cast<double>(integer->get());
  if (const auto* real = node.as_floating_point()) return real->get();
  return std::nullopt;
}

/// The whole number that a node holds (1000 or 1e3), if it holds one within the limits.
std::optional<std::uint64_t> as_whole(const toml::node& node, const WholeRule& rule) {
  std::uint64_t result = 0;
  if (const auto* integer = node.as_integer()) {
    // Not by way of a double, which would take 2^53 + 1 for 2^53.
    if (integer->get() < 0) return std::nullopt;
    result = static_cast<std::uint64_t>(integer->get());
  } else {
    const double real = as_double(node).value_or(-1.0);
    if (!(real >= 0 && real <= static_cast<double>(kLargestWhole)) || real != std::floor(real))
      return std::nullopt;
    result = static_cast<std::uint64_t>(real);
  }
  if (result < rule.least || result > rule.most) return std::nullopt;
  return result;
}

}  // namespace

void refuse_repeated(const Value& value, const std::string& shown) {
  complain(value.place, shown + " stands twice in " + quoted(value.name) + "; remove one");
}

std::uint64_t whole(const Value& value, const WholeRule& rule) {
  if (const auto result = as_whole(*value.node, rule)) return *result;
  const std::string most = rule.most == kLargestWhole ? "2^53" : std::to_string(rule.most);
  value.refuse("a whole number from " + std::to_string(rule.least) + " to " + most + ", such as " +
               std::string(rule.example));
}

double number(const Value& value, const NumberRule& rule) {
  const double result = as_double(*value.node).value_or(NAN);
  const bool above = rule.low_included ? result >= rule.low : result > rule.low;
  if (!above || !(result < rule.high)) value.refuse(std::string(rule.wanted));
  if (const auto* integer = value.node->as_integer()) {
    constexpr auto kMost = static_cast<std::int64_t>(kLargestWhole);
    if (integer->get() > kMost || integer->get() < -kMost)
      value.refuse("within 2^53 of 0, or written as a real number such as 1e16");
  }
  return result + 0.0;  // makes 0 of -0, which would be a trial of its own
}

std::string line(const Value& value, std::string_view example) {
  const auto* text = value.node->as_string();
  bool fine = text != nullptr && !text->get().empty();
  for (const char c : fine ? std::string_view(text->get()) : std::string_view())
    fine = fine && static_cast<unsigned char>(c) >= 0x20 && c != 0x7F;
  if (!fine) value.refuse("a text of one line, such as " + quoted(example));
  return text->get();
}

std::vector<Value> elements(const Value& value) {
  const toml::array* list = value.node->as_array();
  if (list == nullptr) return {value};
  if (list->empty())
    complain(value.place, quoted(value.name) +
                              " is an empty list; write a value into it, or leave " +
                              quoted(value.name) + " out");
  if (list->size() > kMostValues)
    complain(value.place, quoted(value.name) + " has more than 100000 values; write fewer");
  std::vector<Value> result;
  for (const toml::node& node : *list) {
    const toml::source_position begin = node.source().begin;
    const Place place{value.place.file, begin.line, begin.column};
    result.push_back({&node, value.name, place, value.key_place, true});
  }
  return result;
}

std::vector<double> numbers(const Value& value, const NumberRule& rule) {
  std::vector<double> result;
  std::set<double> seen;
  for (const Value& element : elements(value)) {
    result.push_back(number(element, rule));
    if (!seen.insert(result.back()).second)
      refuse_repeated(element, ravine::problems::decimal(result.back()));
  }
  return result;
}

std::vector<std::string> lines(const Value& value, std::string_view example) {
  std::vector<std::string> result;
  std::set<std::string> seen;
  for (const Value& element : elements(value)) {
    result.push_back(line(element, example));
    if (!seen.insert(result.back()).second) refuse_repeated(element, quoted(result.back()));
  }
  return result;
}

std::vector<std::uint64_t> seeds(const Value& value) {
  if (!value.node->is_array()) {
    const auto count = as_whole(*value.node, {1, kMostValues});
    if (!count)
      value.refuse(
          "a count from 1 to 100000, such as 3, or a list of whole numbers, such as "
          "[0, 4]");
    std::vector<std::uint64_t> result(*count);
    std::iota(result.begin(), result.end(), std::uint64_t{0});
    return result;
  }
  std::vector<std::uint64_t> result;
  std::set<std::uint64_t> seen;
  for (const Value& element : elements(value)) {
    result.push_back(whole(element, {0, kLargestWhole, "4"}));
    if (!seen.insert(result.back()).second) refuse_repeated(element, std::to_string(result.back()));
  }
  return result;
}

}  // namespace ravine::harness::parsing
