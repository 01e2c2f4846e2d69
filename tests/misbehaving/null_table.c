/* Refuses to be used, and says why. */
#include <stdio.h>

#include "ravine/plugin.h"

const ravine_plugin* ravine_plugin_v1(uint64_t host_minor, char* error, uint64_t error_size) {
  (void)host_minor;
  snprintf(error, (size_t)error_size, "it wants a processor with a hat");
  return NULL;
}
