// The host's services behind ravine_host: log and random streams.
#pragma once

#include <cstdint>

#include "harness/measure/area.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

/// Streams depend on the seed and their name alone. Logged lines become notes of the record; the
/// last error is kept as the reason of a failure.
class Services {
 public:
  Services(std::uint64_t seed, Area& area);
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  [[nodiscard]] const ravine_host& table() const { return table_; }
  [[nodiscard]] const char* last_error() const { return last_error_; }

 private:
  struct Callbacks;
  std::uint64_t seed_;
  Area& area_;
  ravine_host table_{};
  char last_error_[kLongestNote] = "";
};

}  // namespace ravine::harness
