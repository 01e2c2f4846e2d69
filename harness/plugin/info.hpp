// What a plugin says of itself, copied out of it: the program that the user starts holds these and
// never the plugin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ravine::harness {

/// A hyperparameter; codes and meanings as in ravine_parameter.
struct ParameterInfo {
  std::string name, meaning, unit, condition;
  std::int32_t type = 0, scale = 0, role = 0;
  double default_value = 0, minimum = 0, maximum = 0, tune_low = 0, tune_high = 0;
  std::uint64_t open = 0;
  std::vector<std::string> choices;
};

/// An optimizer; bits as in ravine_optimizer. Modes and abilities are which functions it has.
struct OptimizerInfo {
  std::string id, name, version, author, license, summary, paper;
  std::vector<ParameterInfo> parameters;
  std::uint64_t needs = 0, uses = 0, traits = 0, threads = 1;
  std::vector<std::string> needs_extensions, uses_extensions;
  bool steps = false, runs = false, takes_stages = false, saves_state = false;
  bool has_judged_point = false;

  /// Whether iterations are seen: every step is one; a run tells of them or does not.
  [[nodiscard]] bool reports_iterations() const;
  /// Whether a schedule reaches its steps; where not, it is ignored and the record says so.
  [[nodiscard]] bool honours_schedules() const;
};

struct PluginInfo {
  std::string path;            ///< absolute, links resolved
  std::string hash;            ///< SHA-256 of its bytes, hexadecimal
  std::string libraries_hash;  ///< of the libraries that it brought along; "" when none
  std::string name, version;
  std::uint64_t abi_minor = 0;
  std::vector<OptimizerInfo> optimizers;
  bool offers_problems = false;
  bool bundled = false;            ///< one of our own
  std::vector<std::string> notes;  ///< what was seen while loading, such as a changed rounding mode
};

/// Why a library could not be used, told apart because each needs another remedy.
enum class LoadError : std::int32_t {
  none,
  no_such_file,
  not_a_library,
  wrong_architecture,
  missing_dependency,
  undefined_symbol,
  sanitizer_mismatch,
  no_entry,
  other_major,
  refused,
  malformed,
  died,
  hung,
  other,
};

std::string parameters_to_text(
    const ParameterInfo& p);  ///< its legal range: "(0, inf)", "0 or 1", "a, b"

}  // namespace ravine::harness
