// The model of a table: what a builder makes (results/tables/) and a renderer shows
// (results/render/). All text is data: renderers escape it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ravine::results {

enum class Align : std::int32_t { left, right };

enum class CellStyle : std::int32_t {
  plain,
  best,  ///< the lowest of its column
  miss,  ///< a target not met, or a status that is not "hit"
  dim,   ///< nothing to show
};

struct Column {
  std::string header;
  std::string unit;  ///< second line of the header; may be empty
  Align align = Align::right;
  /// 0: always shown. A narrow terminal leaves out the column with the highest rank first.
  int drop_rank = 0;
};

struct Cell {
  std::string text;
  CellStyle style = CellStyle::plain;
};

struct Table {
  std::string title;
  std::vector<Column> columns;          ///< the first one names the row
  std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
  std::vector<std::string> footnotes;   ///< of this table alone: reasons, what was left out
  std::string how_to_read;              ///< one plain sentence; all there is when nothing matches
  std::vector<std::string> legend;      ///< what the signs in the cells mean
};

/// What several tables say alike: each sentence once, in order of first appearance. Renderers of
/// several tables put it behind the last one.
struct Reading {
  std::vector<std::string> how_to_read, legend;
};
Reading reading_of(const std::vector<Table>& tables);

}  // namespace ravine::results
