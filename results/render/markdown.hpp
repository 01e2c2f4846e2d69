// Tables for a document: GitHub-flavoured Markdown.
#pragma once

#include <string>
#include <vector>

#include "results/table.hpp"

namespace ravine::results {

/// Markup in names is escaped; the best cell of a column is bold.
std::string render_markdown(const Table& table);
/// How to read them and the legend stand once, behind the last table.
std::string render_markdown(const std::vector<Table>& tables);

}  // namespace ravine::results
