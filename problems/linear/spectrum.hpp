// Spectra of quadratics: n eigenvalues from 1 to kappa, ends exact, in ascending order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::problems {

/// Names of all spectra, for a parameter of type choice.
std::vector<std::string> spectrum_names();

/// The eigenvalues of the named spectrum, n >= 1, kappa >= 1 (kappa is ignored for n = 1):
///   log       kappa^(i / (n - 1)), i = 0 ... n - 1: uniform in the logarithm
///   linear    1 + (kappa - 1) i / (n - 1)
///   two       1 for the first n / 2, kappa for the rest; n = 2 gives diag(1, kappa)
///   clusters  `distinct` values uniform in the logarithm, 1 <= distinct <= n, in runs of equal
///             eigenvalues: conjugate gradients end after `distinct` steps
/// Throws std::invalid_argument for another name.
std::vector<double> spectrum(std::string_view name, std::uint64_t n, double kappa,
                             std::uint64_t distinct);

}  // namespace ravine::problems
