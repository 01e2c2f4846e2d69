// A family of problems: what a suite names, with its parameters, and how an instance is drawn.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "problems/problem.hpp"

namespace ravine::problems {

class DataSets;  // problems/data/data_sets.hpp: each data set decoded once, mapped by every worker

enum class ParameterType { real, integer, choice, text };

/// One parameter of a family, as `ravine list problems` shows it.
struct ParameterSpec {
  std::string name;
  ParameterType type = ParameterType::real;
  std::string default_value;         ///< as written in a suite, "100" or "log"
  double minimum = 0;                ///< inclusive; numbers only
  double maximum = 0;                ///< inclusive; numbers only
  std::vector<std::string> choices;  ///< choice only
  std::string meaning;               ///< one line, with the unit where there is one
  bool of_measuring = false;         ///< says what is recorded, and leaves the instance as it is
};

/// The value of a parameter: numbers in `number`, choices and texts in `text`.
struct ParameterValue {
  double number = 0;
  std::string text;
  friend bool operator==(const ParameterValue&, const ParameterValue&) = default;
};

/// Every parameter of the family by name, defaults filled in and ranges checked.
using Parameters = std::map<std::string, ParameterValue>;

/// Which member of the family. Instance 0 is the canonical one of the problem's paper; the others
/// are shifted, rotated and started by their seed. Repetitions of one instance differ in `seed`
/// only.
struct Instance {
  std::uint64_t index = 0;
  /// Hash of problem, parameters, instance and repetition, never of the optimizer.
  std::uint64_t seed = 0;
};

/// A parameter that is unknown or out of range, a data set that is not installed. `what()` names it
/// and says what is allowed.
class ProblemError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Family {
  std::string id;       ///< snake_case
  std::string summary;  ///< one line
  std::string citation;
  std::uint32_t revision = 1;
  bool stochastic = false;  ///< a finite sum that can be sampled in batches
  bool seeded = false;  ///< instance 0 too depends on the seed (random initialization, data order)
  std::vector<ParameterSpec> parameters;
  std::unique_ptr<Problem> (*make)(const Parameters&, const Instance&, DataSets&) = nullptr;

  /// Whether `Instance::seed` enters: where not, repetitions are of one and the same problem.
  [[nodiscard]] bool seed_enters(std::uint64_t index) const { return seeded || index != 0; }
};

/// Defaults filled in, names and ranges checked. Throws ProblemError: an unknown name is answered
/// with the nearest known one, a value out of range with the range.
Parameters complete_parameters(const Family& family,
                               const std::map<std::string, ParameterValue>& given);

}  // namespace ravine::problems
