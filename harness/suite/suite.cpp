#include "harness/suite/suite.hpp"

namespace ravine::harness {

std::string Place::text() const {
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

}  // namespace ravine::harness
