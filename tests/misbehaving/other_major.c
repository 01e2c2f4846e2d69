/* Speaks another major version of the contract. */
#include <stdint.h>

__attribute__((visibility("default"))) const void* ravine_plugin_v2(uint64_t, char*, uint64_t);

const void* ravine_plugin_v2(uint64_t host_minor, char* error, uint64_t error_size) {
  (void)host_minor, (void)error, (void)error_size;
  return "not a table that version 1 knows";
}
