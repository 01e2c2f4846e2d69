// The quantile of the standard normal distribution, made of IEEE-exact operations (+ - * / sqrt and
// frexp), so that it gives the same bits on every machine and with every C library.
#pragma once

namespace ravine::problems {

/// Natural logarithm of a positive, finite x; error below 2 ulp.
double exact_log(double x);

/// z with P(Z <= z) = p, for 0 < p < 1; relative error about 1e-16. Exactly odd about p = 1/2.
/// Wichura, "Algorithm AS 241", Applied Statistics 37 (1988) 477-484, routine PPND16.
double normal_quantile(double p);

}  // namespace ravine::problems
