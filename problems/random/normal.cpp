#include "problems/random/normal.hpp"

#include <array>
#include <cmath>
#include <numbers>

namespace ravine::problems {
namespace {

using Coefficients = std::array<double, 8>;

// Coefficients of AS 241 under its own names. F0 = B0 = D0 = 1.
constexpr Coefficients kA = {3.3871328727963666080e0, 1.3314166789178437745e2,
                             1.9715909503065514427e3, 1.3731693765509461125e4,
                             4.5921953931549871457e4, 6.7265770927008700853e4,
                             3.3430575583588128105e4, 2.5090809287301226727e3};
constexpr Coefficients kB = {1.0,
                             4.2313330701600911252e1,
                             6.8718700749205790830e2,
                             5.3941960214247511077e3,
                             2.1213794301586595867e4,
                             3.9307895800092710610e4,
                             2.8729085735721942674e4,
                             5.2264952788528545610e3};
constexpr Coefficients kC = {1.42343711074968357734e0,  4.63033784615654529590e0,
                             5.76949722146069140550e0,  3.64784832476320460504e0,
                             1.27045825245236838258e0,  2.41780725177450611770e-1,
                             2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr Coefficients kD = {1.0,
                             2.05319162663775882187e0,
                             1.67638483018380384940e0,
                             6.89767334985100004550e-1,
                             1.48103976427480074590e-1,
                             1.51986665636164571966e-2,
                             5.47593808499534494600e-4,
                             1.05075007164441684324e-9};
constexpr Coefficients kE = {6.65790464350110377720e0,  5.46378491116411436990e0,
                             1.78482653991729133580e0,  2.96560571828504891230e-1,
                             2.65321895265761230930e-2, 1.24266094738807843860e-3,
                             2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr Coefficients kF = {1.0,
                             5.99832206555887937690e-1,
                             1.36929880922735805310e-1,
                             1.48753612908506148525e-2,
                             7.86869131145613259100e-4,
                             1.84631831751005468180e-5,
                             1.42151175831644588870e-7,
                             2.04426310338993978564e-15};

double horner(const Coefficients& c, double r) {
  double sum = c[7];
  for (int k = 6; k >= 0; --k) sum = sum * r + c[static_cast<std::size_t>(k)];
  return sum;
}

double ratio(const Coefficients& numerator, const Coefficients& denominator, double r) {
  return horner(numerator, r) / horner(denominator, r);
}

}  // namespace

double exact_log(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);  // m in [1/2, 1)
  if (m < 0.5 * std::numbers::sqrt2) {
    m *= 2;
    --exponent;
  }
  // log m = 2 artanh s = 2 s (1 + s^2/3 + s^4/5 + ...), |s| <= 0.1716: the first term left out is
  // below s^24/25 = 2e-20 of the sum.
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double series = 0;
  for (int k = 11; k >= 1; --k) series = (series + 1.0 / (2 * k + 1)) * s2;
  // ln 2 in two parts, the first with 32 trailing zero bits: exponent * high is exact.
  constexpr double kLn2High = 0x1.62e42feep-1;
  constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
  const double e = exponent;
  return e * kLn2High + (2 * s + (2 * s * series + e * kLn2Low));
}

double normal_quantile(double p) {
  if (p > 0.5) return -normal_quantile(1 - p);
  const double q = p - 0.5;
  if (q >= -0.425) return q * ratio(kA, kB, 0.180625 - q * q);
  const double r = std::sqrt(-exact_log(p));
  return r <= 5 ? -ratio(kC, kD, r - 1.6) : -ratio(kE, kF, r - 5);
}

}  // namespace ravine::problems
