// Spectra of quadratics: n eigenvalues in ascending order; where kappa is asked for, from 1 to
// kappa, ends exact.
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
///   distinct  `groups` values uniform in the logarithm, 1 <= groups <= n, in runs of equal
///             eigenvalues: conjugate gradients end after `groups` steps
///   clusters  the same values, each the end of a cluster in which eigenvalues spread evenly over
///             one per cent: conjugate gradients come near after `groups` steps and do not end
///   laplacian 2 - 2 cos(j pi / (n + 1)), j = 1 ... n, of the matrix with 2 on the diagonal and -1
///             beside it; kappa is ignored, and about 4 (n + 1)^2 / pi^2
///   deepobs   nine tenths uniform in [0, 1), the rest in [30, 60), as in DeepOBS's quadratic_deep;
///             drawn by `key`, kappa is ignored
/// Throws std::invalid_argument for another name.
std::vector<double> spectrum(std::string_view name, std::uint64_t n, double kappa,
                             std::uint64_t groups, std::uint64_t key = 0);

}  // namespace ravine::problems
