// An optimizer that can go no further says why.
#pragma once

#include <cstdint>

#include "ravine/plugin.h"

namespace ravine::sdk {

/// RAVINE_NO_PROGRESS, with its reason in the trial's record.
[[nodiscard]] inline std::int32_t no_progress(const ravine_host& host, const char* why) {
  host.log(&host, RAVINE_LOG_WARNING, why);
  return RAVINE_NO_PROGRESS;
}

}  // namespace ravine::sdk
