#include <algorithm>
#include <tuple>
#include <utility>

#include "harness/error.hpp"
#include "harness/suite/parse_detail.hpp"
#include "problems/text/nearest.hpp"
#include "problems/text/number.hpp"

namespace ravine::harness::parsing {
namespace {

constexpr std::size_t kLongestShown = 60;

Place place_of(const std::string& file, const toml::source_region& source) {
  return {file, source.begin.line, source.begin.column};
}

std::string found(const toml::node& node) {
  if (const auto* text = node.as_string()) return "the text " + quoted(text->get());
  if (const auto* integer = node.as_integer()) return std::to_string(integer->get());
  if (const auto* real = node.as_floating_point()) return ravine::problems::decimal(real->get());
  if (const auto* boolean = node.as_boolean()) return boolean->get() ? "true" : "false";
  if (const auto* list = node.as_array()) return list->empty() ? "an empty list" : "a list";
  return node.is_table() ? "a table" : node.is_time() ? "a time" : "a date";
}

const toml::table& table_in(const Value& value, const std::string& title,
                            const std::string& example) {
  if (const toml::table* table = value.node->as_table()) return *table;
  complain(value.place, title + " must be a table such as " + example + ", not " +
                            (value.node->is_array() ? "a list" : found(*value.node)));
}

}  // namespace

void complain(const Place& place, const std::string& what) {
  throw UserError(place.text() + ": " + what);
}

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text.substr(0, kLongestShown)) {
    // A terminal would obey control characters.
    const auto byte = static_cast<unsigned char>(c);
    result += byte < 0x20 || byte == 0x7F ? '?' : c;
  }
  return result + (text.size() > kLongestShown ? "...'" : "'");
}

void Value::refuse(const std::string& wanted) const {
  const std::string subject = is_element ? "each value of " + quoted(name) : quoted(name);
  complain(place, subject + " must be " + wanted + ", not " + found(*node));
}

Table::Table(const toml::table& table, std::string title, Place place)
    : table_(&table), title_(std::move(title)), place_(std::move(place)) {}

Table::Table(const Value& value, std::string title, const std::string& example)
    : table_(&table_in(value, title, example)), title_(std::move(title)), place_(value.place) {}

std::optional<Value> Table::find(std::string_view key) const {
  const auto entry = table_->find(key);
  if (entry == table_->cend()) return std::nullopt;
  const auto& [name, node] = *entry;
  return Value{&node, std::string(name.str()), place_of(place_.file, node.source()),
               place_of(place_.file, name.source())};
}

std::vector<Value> Table::entries() const {
  std::vector<Value> result;
  for (const auto& [name, node] : *table_)
    result.push_back({&node, std::string(name.str()), place_of(place_.file, node.source()),
                      place_of(place_.file, name.source())});
  std::sort(result.begin(), result.end(), [](const Value& a, const Value& b) {
    return std::tie(a.key_place.line, a.key_place.column) <
           std::tie(b.key_place.line, b.key_place.column);
  });
  return result;
}

void Table::allow_only(const std::vector<std::string>& keys, const std::string& hint) const {
  for (const Value& entry : entries()) {
    if (std::find(keys.begin(), keys.end(), entry.name) != keys.end()) continue;
    const bool has_near = !ravine::problems::nearest(entry.name, keys).empty();
    complain(entry.key_place, "unknown key " + quoted(entry.name) + " in " + title_ +
                                  ravine::problems::suggestion(entry.name, keys) +
                                  (has_near ? "" : hint));
  }
}

}  // namespace ravine::harness::parsing
