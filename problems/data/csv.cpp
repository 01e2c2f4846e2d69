#include "problems/data/csv.hpp"

#include <algorithm>
#include <string_view>

#include "problems/data/text_lines.hpp"
#include "problems/text/nearest.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t comma = line.find(',');
    fields.push_back(trimmed(line.substr(0, comma)));
    if (comma == std::string_view::npos) return fields;
    line.remove_prefix(comma + 1);
  }
}

std::uint64_t commas_in(std::string_view line) {
  return static_cast<std::uint64_t>(std::ranges::count(line, ','));
}

std::string unquoted(std::string_view name) {
  const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
  return std::string(quoted ? name.substr(1, name.size() - 2) : name);
}

class Reader {
 public:
  Reader(const std::string& path, std::string label, std::uint64_t most)
      : lines_(path), label_(std::move(label)), most_(most) {}

  RowsInProgress read() {
    for (bool first = true; lines_.next();) {
      std::string_view line = lines_.line();
      if (lines_.number() == 1 && line.starts_with(kByteOrderMark))
        line.remove_prefix(kByteOrderMark.size());
      if (trimmed(line).empty()) continue;
      if (first && begin(line)) {
        first = false;
        continue;
      }
      first = false;
      sample(line);
    }
    if (rows_.labels.empty()) lines_.fail("has no samples: expected lines of numbers");
    return std::move(rows_);
  }

 private:
  /// The first line says how many columns there are; true when it consists of names.
  bool begin(std::string_view line) {
    if (commas_in(line) > kMostColumns)
      lines_.fail(line.data(), std::to_string(commas_in(line) + 1) + " columns, expected at most " +
                                   std::to_string(kMostColumns + 1));
    const auto fields = fields_of(line);
    const auto numbers = std::ranges::count_if(
        fields, [](std::string_view field) { return parse_number(field).has_value(); });
    const bool names = numbers == 0;
    if (fields.size() < 2)
      lines_.fail(line.data(), "1 column, expected features and a label, separated by commas");
    rows_.columns = fields.size() - 1;
    label_column_ = rows_.columns;
    if (!label_.empty()) label_column_ = named(line, names ? fields : decltype(fields){});
    return names;
  }

  std::size_t named(std::string_view line, const std::vector<std::string_view>& fields) const {
    std::vector<std::string> names;
    names.reserve(fields.size());
    for (const std::string_view field : fields) names.push_back(unquoted(field));
    const auto found = std::ranges::find(names, label_);
    if (found == names.end())
      lines_.fail(line.data(),
                  names.empty()
                      ? "no line of names, expected one with the label '" + label_ + "'"
                      : "no column is called '" + label_ + "'" + suggestion(label_, names));
    if (std::ranges::count(names, label_) > 1)
      lines_.fail(line.data(), "more than one column is called '" + label_ + "'");
    return static_cast<std::size_t>(found - names.begin());
  }

  void sample(std::string_view line) {
    if ((rows_.labels.size() + 1) * (rows_.columns + 1) > most_)
      lines_.fail(line.data(),
                  "more numbers than the " + std::to_string(most_) + " that a file may hold");
    const char* at = line.data();
    const char* end = at + line.size();
    for (std::size_t column = 0; column <= rows_.columns; ++column) {
      if (column > 0) {
        if (at == end) wrong_count(line, at);
        ++at;  // the comma
      }
      at = skip(at, end);
      const double value = lines_.finite(at, "field " + std::to_string(column + 1), ", \t");
      at = skip(at, end);
      if (at != end && *at != ',')
        lines_.fail(at, "expected a comma behind field " + std::to_string(column + 1));
      (column == label_column_ ? rows_.labels : rows_.values).push_back(value);
    }
    if (at != end) wrong_count(line, at);
    rows_.lines.push_back(lines_.number());
  }

  [[noreturn]] void wrong_count(std::string_view line, const char* at) const {
    lines_.fail(at, std::to_string(commas_in(line) + 1) + " fields, expected " +
                        std::to_string(rows_.columns + 1) + " as in the first line");
  }

  static const char* skip(const char* at, const char* end) {
    return std::find_if(at, end, [](char c) { return c != ' ' && c != '\t'; });
  }

  TextLines lines_;
  std::string label_;
  std::uint64_t most_;
  std::size_t label_column_ = 0;
  RowsInProgress rows_;
};

}  // namespace

RowsInProgress read_csv(const std::string& path, const std::string& label, std::uint64_t most) {
  return Reader(path, label, most).read();
}

}  // namespace ravine::problems
