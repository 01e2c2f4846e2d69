// Gaussian homotopies g(x, t) = E f(x + t Z), Z ~ N(0, I), in closed form: Mobahi and Fisher, A
// theoretical analysis of optimization by Gaussian continuation, AAAI 2015, 1205-1211. Each is f
// where t = 0.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "problems/problem.hpp"

namespace ravine::problems::closed_forms {

std::unique_ptr<Problem> griewank(std::uint64_t n, double t);
std::unique_ptr<Problem> rastrigin(std::uint64_t n, double t);
std::unique_ptr<Problem> rosenbrock(std::uint64_t n, double t);
std::unique_ptr<Problem> styblinski_tang(std::uint64_t n, double t);

/// The global minimizer of g(., t), empty where none is known (Rosenbrock's for n > 2).
std::vector<double> rosenbrock_minimizer(const Facts& f, double t);
std::vector<double> styblinski_tang_minimizer(const Facts& f, double t);

}  // namespace ravine::problems::closed_forms
