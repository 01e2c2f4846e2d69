// Tables for a person at a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/table.hpp"

namespace ravine::results {

struct TerminalOptions {
  std::size_t width = 100;  ///< columns of the terminal; 0: unlimited
  bool colour = false;      ///< the caller asks whether the output is a terminal (and NO_COLOR)
};

/// Columns with a drop_rank are left out until the rest fits, and a line says which; what still
/// does not fit goes into further blocks that repeat the first column. Control characters and
/// escape sequences in names are shown, not sent.
std::string render_terminal(const Table& table, const TerminalOptions& options = {});
/// How to read them and the legend stand once, behind the last table.
std::string render_terminal(const std::vector<Table>& tables, const TerminalOptions& options = {});

}  // namespace ravine::results
