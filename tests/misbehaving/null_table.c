/* Refuses to be used, and says why. */
#include "ravine/plugin.h"

const ravine_plugin* ravine_plugin_v1(uint64_t host_minor, char* error, uint64_t error_size) {
  static const char kWhy[] = "it wants a processor with a hat";
  (void)host_minor;
  for (uint64_t i = 0; i < sizeof kWhy && i < error_size; ++i) error[i] = kWhy[i];
  return NULL;
}
