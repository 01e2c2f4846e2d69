// What an optimizer says of itself, as compile-time tables: the entry then does no work at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "ravine/plugin.h"

namespace ravine::sdk {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Identity and abilities: the fields of ravine_optimizer of the same names.
struct About {
  const char* id = "";
  const char* name = "";
  const char* version = "1.0";
  const char* author = "";
  const char* license = "MIT";
  const char* summary = "";
  const char* paper = "";
  std::uint64_t needs = RAVINE_GRADIENT;
  std::uint64_t uses = 0;  ///< beside what it needs
  std::uint64_t traits = RAVINE_HONOURS_MULTIPLIER;
  std::span<const char* const> needs_extensions{};  ///< names, in an array that lives as long
  std::span<const char* const> uses_extensions{};   ///< beside those that it needs
};

/// A real or integer hyperparameter: legal in [minimum, maximum] less its open ends.
struct Number {
  const char* name = "";
  const char* meaning = "";
  double value = 0;  ///< the default
  double minimum = -kInfinity;
  double maximum = kInfinity;
  double tune_low = 0;
  double tune_high = 0;
  std::uint64_t open = 0;
  std::int32_t scale = RAVINE_LINEAR;
  const char* unit = "1";
  const char* condition = "";
};

constexpr ravine_parameter number(const Number& p, std::int32_t type, std::int32_t role) {
  return {sizeof(ravine_parameter),
          p.name,
          p.meaning,
          p.unit,
          p.condition,
          type,
          p.scale,
          role,
          0,
          p.value,
          p.minimum,
          p.maximum,
          p.tune_low,
          p.tune_high,
          p.open,
          nullptr,
          0};
}
constexpr ravine_parameter real(const Number& p) { return number(p, RAVINE_REAL, RAVINE_PLAIN); }
constexpr ravine_parameter integer(const Number& p) {
  return number(p, RAVINE_INTEGER, RAVINE_PLAIN);
}

/// A learning rate: "learning_rate" unless another name is given, legal in (0, inf).
struct LearningRate {
  double value = 1e-3;
  double tune_low = 1e-5;
  double tune_high = 1;
  const char* meaning = "learning rate: how far a step goes along its direction";
  const char* name = "learning_rate";
  const char* condition = "";
};
constexpr ravine_parameter learning_rate(const LearningRate& p) {
  return number({.name = p.name,
                 .meaning = p.meaning,
                 .value = p.value,
                 .minimum = 0,
                 .tune_low = p.tune_low,
                 .tune_high = p.tune_high,
                 .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                 .scale = RAVINE_LOG,
                 .condition = p.condition},
                RAVINE_REAL, RAVINE_LEARNING_RATE);
}

constexpr ravine_parameter boolean(const char* name, const char* meaning, bool value,
                                   const char* condition = "") {
  return number({.name = name,
                 .meaning = meaning,
                 .value = value ? 1.0 : 0.0,
                 .minimum = 0,
                 .maximum = 1,
                 .tune_low = 0,
                 .tune_high = 1,
                 .condition = condition},
                RAVINE_BOOLEAN, RAVINE_PLAIN);
}

/// One of several named variants; the value that the class reads is the index into `choices`.
template <std::size_t count>
constexpr ravine_parameter choice(const char* name, const char* meaning,
                                  const char* const (&choices)[count], std::size_t value,
                                  const char* condition = "") {
  ravine_parameter p = number({.name = name,
                               .meaning = meaning,
                               .value = static_cast<double>(value),
                               .minimum = 0,
                               .maximum = static_cast<double>(count - 1),
                               .tune_low = 0,
                               .tune_high = static_cast<double>(count - 1),
                               .condition = condition},
                              RAVINE_CHOICE, RAVINE_PLAIN);
  p.choices = choices;
  p.choice_count = count;
  return p;
}

}  // namespace ravine::sdk
