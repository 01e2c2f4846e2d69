// toml++ is compiled here alone: its implementation takes seconds in every file that holds it.
#define TOML_IMPLEMENTATION
#include "harness/suite/toml.hpp"

namespace ravine::harness::parsing {

void toml_assertion_failed(const char* expression) { throw TomlAssertion(expression); }

}  // namespace ravine::harness::parsing
