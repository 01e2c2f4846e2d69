// toml++ as the files here use it. Included by parse_detail.hpp and toml_implementation.cpp alone.
#pragma once

#include <stdexcept>

namespace ravine::harness::parsing {

/// Some malformed files meet no complaint of toml++ but a failed assertion ("[[[" in 3.3.0, see
/// marzer/tomlplusplus#301), which would abort, or with NDEBUG be undefined behaviour.
class TomlAssertion : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] void toml_assertion_failed(const char* expression);

}  // namespace ravine::harness::parsing

#define TOML_ASSERT(expression) \
  ((expression) ? void() : ::ravine::harness::parsing::toml_assertion_failed(#expression))
#include <toml++/toml.h>
