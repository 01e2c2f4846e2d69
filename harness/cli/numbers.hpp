// Numbers of the command line, read to the letter.
#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/error.hpp"

namespace ravine::harness {

/// Lets through whole numbers of [minimum, maximum] in digits alone: CLI11 takes "-1" for the
/// largest number there is, and cuts what is larger.
inline CLI::Validator whole_number(std::uint64_t minimum = 0,
                                   std::uint64_t maximum = std::uint64_t{1} << 53U) {
  const auto check = [minimum, maximum](const std::string& text) -> std::string {
    std::uint64_t value = 0;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value);
    if (error == std::errc() && end == last && value >= minimum && value <= maximum) return {};
    return fmt::format("'{}' is no whole number of [{}, {}]", text, minimum, maximum);
  };
  return {check, "", "whole number"};
}

/// "1,-2.5,3e4" as numbers, each of them finite. Throws UserError, which names `option`.
inline std::vector<double> finite_numbers(const std::string& text, const std::string& option) {
  std::vector<double> values;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    double value = 0;
    const char* const last = text.data() + comma;
    const auto [end, error] = std::from_chars(text.data() + from, last, value);
    if (error != std::errc() || end != last || !std::isfinite(value))
      throw UserError(
          fmt::format("{}: '{}' is no finite number: write numbers with commas, such "
                      "as 1,-2.5",
                      option, text.substr(from, comma - from)));
    values.push_back(value);
    from = comma + 1;
  }
  return values;
}

}  // namespace ravine::harness
