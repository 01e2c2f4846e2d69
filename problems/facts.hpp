// What the families share: reading of parameters, facts of plain problems, admission of arguments.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "problems/family.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// Half the distance from 1 to the next double: the largest relative error of one rounding.
inline constexpr double kUnitRoundoff = 0x1p-53;

/// Dimension up to which problems offer a dense Hessian: 32 MB.
inline constexpr std::uint64_t kDenseHessianLimit = 2000;

/// A whole number of completed parameters.
std::uint64_t whole(const Parameters& parameters, const std::string& name);

/// A number of completed parameters.
double real(const Parameters& parameters, const std::string& name);

/// The parameter n of most families, an integer of [minimum, 1e7].
ParameterSpec dimension_parameter(double minimum, const std::string& default_value);

/// Facts with the family's name, revision and citation, n variables in one generic block, the
/// constant n, one stage, Hessian-vector products, and a Hessian where n is at most
/// kDenseHessianLimit.
Facts plain_facts(const Family& family, std::uint64_t n);

/// `ok` when the stage exists, x has n entries and, on a batch, the problem is a finite sum, the
/// batch is not empty and every sample exists; else the answer to give.
Answer admit(const Facts& facts, const Objective& objective, std::span<const double> x);

}  // namespace ravine::problems
