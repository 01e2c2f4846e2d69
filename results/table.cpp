#include "results/table.hpp"

#include <algorithm>

namespace ravine::results {
namespace {

void add_once(std::vector<std::string>& lines, const std::string& line) {
  const bool known = std::find(lines.begin(), lines.end(), line) != lines.end();
  if (!known && !line.empty()) lines.push_back(line);
}

}  // namespace

Reading reading_of(const std::vector<Table>& tables) {
  Reading reading;
  for (const Table& table : tables) {
    add_once(reading.how_to_read, table.how_to_read);
    for (const std::string& line : table.legend) add_once(reading.legend, line);
  }
  return reading;
}

}  // namespace ravine::results
