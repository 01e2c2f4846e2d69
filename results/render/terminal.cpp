#include "results/render/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "results/render/text.hpp"

namespace ravine::results {
namespace {

constexpr std::size_t kGap = 2;  // blanks between columns

// A column as it will be shown: sanitized, measured, and perhaps narrowed.
struct Shown {
  std::size_t index = 0;
  std::string header, unit;
  std::vector<std::string> cells;
  std::size_t width = 0;
  Align align = Align::left;
  int drop_rank = 0;
};

std::size_t width_of_lines(std::string_view text) {
  std::size_t widest = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    widest = std::max(widest, display_width(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return widest;
}

void measure(Shown& column) {
  column.width = std::max(display_width(column.header), display_width(column.unit));
  for (const std::string& cell : column.cells) {
    column.width = std::max(column.width, width_of_lines(cell));
  }
}

std::vector<Shown> shown_columns(const Table& table) {
  std::vector<Shown> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    Shown shown = {
        i, sanitize(column.header), sanitize(column.unit), {}, 0, column.align, column.drop_rank};
    for (const auto& row : table.rows) shown.cells.push_back(sanitize(row.at(i).text));
    measure(shown);
    columns.push_back(std::move(shown));
  }
  return columns;
}

std::size_t total_width(const std::vector<Shown>& columns) {
  std::size_t total = 0;
  for (const Shown& column : columns) total += column.width + (total > 0 ? kGap : 0);
  return total;
}

// Long names go on in a second line rather than push figures off the screen.
void narrow_text(std::vector<Shown>& columns, std::size_t width) {
  for (Shown& column : columns) {
    const std::size_t most = std::max<std::size_t>(12, column.index == 0 ? width / 4 : width / 6);
    if (column.align == Align::right || column.width <= most) continue;
    for (std::string& cell : column.cells) cell = wrap_text(cell, most);
    measure(column);
  }
}

// Names of the columns left out, in the order of the table.
std::string drop_columns(std::vector<Shown>& columns, std::size_t width) {
  std::vector<Shown> dropped;
  while (total_width(columns) > width) {
    const auto last =
        std::max_element(columns.begin(), columns.end(),
                         [](const Shown& a, const Shown& b) { return a.drop_rank < b.drop_rank; });
    if (last == columns.end() || last->drop_rank == 0) break;
    dropped.push_back(std::move(*last));
    columns.erase(last);
  }
  std::sort(dropped.begin(), dropped.end(),
            [](const Shown& a, const Shown& b) { return a.index < b.index; });
  std::string names;
  for (const Shown& column : dropped) {
    names += (names.empty() ? "" : ", ") + column.header;
    if (!column.unit.empty()) names += " " + column.unit;
  }
  return names;
}

// Consecutive columns that fit beside the first one.
std::vector<std::vector<Shown>> split_blocks(const std::vector<Shown>& columns, std::size_t width) {
  std::vector<std::vector<Shown>> blocks;
  for (const Shown& column : columns) {
    const bool fits = !blocks.empty() && total_width(blocks.back()) + kGap + column.width <= width;
    const bool alone = !blocks.empty() && blocks.back().size() == 1;  // never the first on its own
    if (!fits && !alone)
      blocks.push_back(blocks.empty() ? std::vector<Shown>{} : std::vector<Shown>{columns.front()});
    blocks.back().push_back(column);
  }
  return blocks;
}

std::string_view escape_of(CellStyle style) {
  switch (style) {
    case CellStyle::best:
      return "\x1b[1;32m";
    case CellStyle::miss:
      return "\x1b[31m";
    case CellStyle::dim:
      return "\x1b[2m";
    case CellStyle::plain:
      break;
  }
  return "";
}

class Writer {
 public:
  explicit Writer(const TerminalOptions& options) : options_(options) {}

  void block(const Table& table, const std::vector<Shown>& columns) {
    header(columns, &Shown::header);
    if (std::any_of(columns.begin(), columns.end(), [](const Shown& c) { return !c.unit.empty(); }))
      header(columns, &Shown::unit);
    for (std::size_t i = 0; i < total_width(columns); ++i) line_ += "─";
    end_line();
    for (std::size_t row = 0; row < table.rows.size(); ++row) write_row(table, columns, row);
  }

  void paragraph(std::string_view text, std::string_view indent = "") {
    const std::string safe = sanitize(text);
    const std::size_t room = options_.width > 20 ? options_.width - indent.size() : safe.size() + 2;
    line_ += indent;
    line_ += wrap_text(safe, room, fmt::format("\n{}", indent));
    end_line();
  }

  void title(const std::string& text) {
    styled(sanitize(text), "\x1b[1m");
    end_line();
  }

  std::string take() { return std::move(text_); }
  void end_line() {
    line_.erase(line_.find_last_not_of(' ') + 1);
    text_ += line_ + '\n';
    line_.clear();
  }

 private:
  void styled(std::string_view text, std::string_view escape) {
    const bool on = options_.colour && !escape.empty() && !text.empty();
    line_ += on ? fmt::format("{}{}\x1b[0m", escape, text) : std::string(text);
  }

  void cell(const Shown& column, std::string_view text, std::string_view escape, bool first) {
    const std::string padding(column.width - std::min(column.width, display_width(text)), ' ');
    if (!first) line_.append(kGap, ' ');
    if (column.align == Align::right) line_ += padding;
    styled(text, escape);
    if (column.align == Align::left) line_ += padding;
  }

  void header(const std::vector<Shown>& columns, std::string Shown::*text) {
    for (const Shown& column : columns) {
      cell(column, column.*text, "\x1b[1m", &column == &columns.front());
    }
    end_line();
  }

  void write_row(const Table& table, const std::vector<Shown>& columns, std::size_t row) {
    std::vector<std::string_view> rest;
    rest.reserve(columns.size());
    for (const Shown& column : columns) rest.emplace_back(column.cells[row]);
    do {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::size_t end = rest[i].find('\n');
        const CellStyle style = table.rows[row][columns[i].index].style;
        cell(columns[i], rest[i].substr(0, end), escape_of(style), i == 0);
        rest[i].remove_prefix(end == std::string_view::npos ? rest[i].size() : end + 1);
      }
      end_line();
    } while (std::any_of(rest.begin(), rest.end(), [](auto text) { return !text.empty(); }));
  }

  TerminalOptions options_;
  std::string text_, line_;
};

// The title, the grid, and what belongs to this table alone.
void write_table(Writer& writer, const Table& table, const TerminalOptions& options) {
  writer.title(table.title);
  std::vector<Shown> columns = shown_columns(table);
  std::string dropped;
  if (options.width > 0 && total_width(columns) > options.width) {
    narrow_text(columns, options.width);
    dropped = drop_columns(columns, options.width);
  }
  const std::size_t width = options.width > 0 ? options.width : total_width(columns);
  const std::vector<std::vector<Shown>> blocks = split_blocks(columns, width);
  for (const auto& block : blocks) {
    if (&block != &blocks.front()) writer.end_line();
    writer.block(table, block);
  }
  if (blocks.size() > 1) {
    writer.paragraph(
        fmt::format("In {} parts, one below the other, for want of width.", blocks.size()));
  }
  if (!dropped.empty()) {
    writer.paragraph(fmt::format("Left out for want of width: {}.", dropped));
  }
  for (const std::string& note : table.footnotes) writer.paragraph(note);
}

}  // namespace

std::string render_terminal(const Table& table, const TerminalOptions& options) {
  return render_terminal(std::vector<Table>{table}, options);
}

std::string render_terminal(const std::vector<Table>& tables, const TerminalOptions& options) {
  Writer writer(options);
  for (const Table& table : tables) {
    write_table(writer, table, options);
    if (!table.columns.empty()) writer.end_line();
  }
  const Reading reading = reading_of(tables);
  for (const std::string& sentence : reading.how_to_read) writer.paragraph(sentence);
  for (const std::string& line : reading.legend) writer.paragraph(line, "  ");
  return writer.take();
}

}  // namespace ravine::results
