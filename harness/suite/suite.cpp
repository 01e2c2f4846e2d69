#include "harness/suite/suite.hpp"

namespace ravine::harness {

std::string Place::text() const {
  if (line == 0) return file;  // from the command line, or a plugin
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace ravine::harness
