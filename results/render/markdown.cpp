#include "results/render/markdown.hpp"

#include <string_view>

#include "results/render/text.hpp"

namespace ravine::results {
namespace {

// Everything that GitHub-flavoured Markdown or the HTML in it would take for markup, anywhere in a
// line. Digits and dots need none: no text stands at the beginning of a line.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : sanitize(text)) {
    switch (c) {
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '&':
        result += "&amp;";
        break;
      case '|':
      case '*':
      case '_':
      case '`':
      case '[':
      case ']':
      case '\\':
      case '#':
      case '~':
      case '!':
      case '$':
      case '@':  // would notify whoever bears that name
        result += '\\';
        [[fallthrough]];
      default:
        result += c;
    }
  }
  return result;
}

std::string list_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "- " + escaped(line) + "\n";
  return lines.empty() ? text : text + '\n';
}

std::string cell_text(const Cell& cell) {
  const std::string text = escaped(cell.text);
  return cell.style == CellStyle::best && !text.empty() ? "**" + text + "**" : text;
}

// The heading, the grid, and what belongs to this table alone.
std::string body_of(const Table& table) {
  std::string text = "### " + escaped(table.title) + "\n\n";
  if (!table.columns.empty()) {
    std::string rule;
    for (const Column& column : table.columns) {
      text += "| " + escaped(column.header);
      if (!column.unit.empty()) text += " (" + escaped(column.unit) + ")";
      text += ' ';
      rule += column.align == Align::right ? "| ---: " : "| --- ";
    }
    text += "|\n" + rule + "|\n";
    for (const auto& row : table.rows) {
      for (const Cell& cell : row) text += "| " + cell_text(cell) + ' ';
      text += "|\n";
    }
    text += '\n';
  }
  text += list_of(table.footnotes);
  return text;
}

}  // namespace

std::string render_markdown(const Table& table) {
  return render_markdown(std::vector<Table>{table});
}

std::string render_markdown(const std::vector<Table>& tables) {
  std::string text;
  for (const Table& table : tables) text += body_of(table);
  const Reading reading = reading_of(tables);
  for (const std::string& sentence : reading.how_to_read) text += escaped(sentence) + "\n\n";
  text += list_of(reading.legend);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace ravine::results
