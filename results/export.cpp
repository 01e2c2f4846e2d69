#include "results/export.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <type_traits>

#include "results/csv.hpp"
#include "results/schema.hpp"

namespace ravine::results {
namespace {

using Json = nlohmann::ordered_json;

template <typename T, typename U>
constexpr bool kIs = std::is_same_v<std::remove_cvref_t<T>, U>;

std::string csv_value(const Value& value) {
  return std::visit(
      [](const auto& v) -> std::string {
        if constexpr (kIs<decltype(v), std::monostate>) {
          return "";
        } else if constexpr (kIs<decltype(v), std::uint64_t>) {
          return fmt::to_string(v);
        } else if constexpr (kIs<decltype(v), double>) {
          return exact_number(v);
        } else if constexpr (kIs<decltype(v), std::string>) {
          return csv_field(v);
        } else {
          std::string numbers;
          for (const double x : v) numbers += (numbers.empty() ? "" : " ") + exact_number(x);
          return csv_field(numbers);
        }
      },
      value);
}

// JSON has no NaN and no infinity: a number where it can be, else a string.
std::string json_number(double value) {
  const std::string text = exact_number(value);
  return value - value == 0 ? text : '"' + text + '"';
}

std::string json_text(std::string_view column, const std::string& text) {
  if (is_json_column(column) && Json::accept(text)) return text;
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_value(std::string_view column, const Value& value) {
  return std::visit(
      [&](const auto& v) -> std::string {
        if constexpr (kIs<decltype(v), std::monostate>) {
          return "null";
        } else if constexpr (kIs<decltype(v), std::uint64_t>) {
          return fmt::to_string(v);
        } else if constexpr (kIs<decltype(v), double>) {
          return json_number(v);
        } else if constexpr (kIs<decltype(v), std::string>) {
          return json_text(column, v);
        } else {
          std::string numbers;
          for (const double x : v) numbers += (numbers.empty() ? "" : ",") + json_number(x);
          return "[" + numbers + "]";
        }
      },
      value);
}

std::string json_line(const Columns& columns, const std::vector<Value>& values) {
  std::string line = "{";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) line += ',';
    line += Json(columns[i]).dump() + ':' + json_value(columns[i], values[i]);
  }
  return line + "}\n";
}

std::string csv_row(const std::vector<Value>& values) {
  std::vector<std::string> fields;
  fields.reserve(values.size());
  for (const Value& value : values) fields.push_back(csv_value(value));
  return csv_line(fields);
}

std::string csv_header(const Columns& columns) {
  std::vector<std::string> fields;
  fields.reserve(columns.size());
  for (const std::string& column : columns) fields.push_back(csv_field(column));
  return csv_line(fields);
}

}  // namespace

void export_rows(const Store& store, std::string_view table, ExportFormat format,
                 std::ostream& out) {
  bool header = format == ExportFormat::csv;
  store.rows(table, [&](const Columns& columns, const std::vector<Value>& values) {
    if (header) out << csv_header(columns);
    header = false;
    if (values.empty()) return;
    out << (format == ExportFormat::csv ? csv_row(values) : json_line(columns, values));
  });
  if (!out.flush()) {
    throw StoreError(
        StoreErrorKind::other,
        fmt::format("The rows of \"{}\" could not be written out. Is the disk full, or "
                    "the reader gone?",
                    table));
  }
}

}  // namespace ravine::results
