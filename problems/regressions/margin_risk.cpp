#include "problems/regressions/margin_risk.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/owens_t.hpp>
#include <cmath>
#include <numbers>

namespace ravine::problems {
namespace {

constexpr double kPi = std::numbers::pi;

double density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * kPi); }
double distribution(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// E of log(1 + exp(-|sigma X|)) and of the second and fourth derivative of log(1 + exp(sigma X)),
/// X standard normal. Gauss's rule on intervals, beyond which what is integrated is below rounding
/// and in each of which it is smooth: the logarithm's singularities are pi / sigma away.
struct LogisticMeans {
  double rest = 0, second = 0, fourth = 0;
};
LogisticMeans logistic_means(double sigma) {
  using Rule = boost::math::quadrature::gauss<double, 20>;
  constexpr double kLength = 4;
  constexpr int kIntervals = 10;
  const double r = std::max(1.0, sigma);
  LogisticMeans sum;
  for (int k = 0; k < kIntervals; ++k)
    for (std::size_t i = 0; i < Rule::abscissa().size(); ++i)
      for (const double side : {-1.0, 1.0}) {
        const double s = kLength * (k + 0.5 + 0.5 * side * Rule::abscissa()[i]);
        const double weight = kLength * Rule::weights()[i] * density(s / r) / r;
        const double e = std::exp(-(sigma / r) * s);
        const double slope = e / ((1 + e) * (1 + e));
        sum.rest += weight * std::log1p(e);
        sum.second += weight * slope;
        sum.fourth += weight * slope * (1 - 6 * slope);
      }
  return sum;
}

/// Owen's T(h, along / across), at infinity too.
double owens(double h, double along, double across) {
  if (across > 0 && std::isfinite(along / across)) return boost::math::owens_t(h, along / across);
  return std::copysign(0.25 * std::erfc(h / std::numbers::sqrt2), along);
}

MarginRisk hinge_risk(bool squared, double along, double across, double beta, double theta) {
  // Densities at the kink as seen from 0, in units of sigma and of `across`; below so small a
  // deviation they are 0 in doubles.
  constexpr double kNothing = 0.02;
  const double sigma = std::hypot(along, across), root = std::sqrt(2 / kPi);
  const bool near = sigma > kNothing, wide = across > kNothing;
  const double h = 1 / sigma, at = near ? density(h) : 0;
  const double across_at = wide ? density(1 / across) : 0;
  const double reaches = across > 0 ? std::erf(1 / (across * std::numbers::sqrt2)) : 1;
  // E sign(s) where z = 1.
  const double b = near && along != 0 ? along / (across * sigma * std::numbers::sqrt2) : 0;
  const double mixed = 1 + theta * std::erf(b);
  const double below = near ? distribution(h) - 2 * theta * owens(h, along, across) : 1;
  const double first = -sigma * at * mixed + theta * along * root * 0.5 * (1 + reaches);
  const double k = theta * root / beta;
  MarginRisk risk;
  double e_slope = 0;  // of E phi_o'(z) given s = 0, in across^2
  if (squared) {
    const double second =
        -sigma * at * mixed + sigma * sigma * below - theta * root * along * across * across_at;
    risk.value = 0.5 * (below - 2 * first + second);
    risk.v = 0.5 * below;
    risk.c = -0.5 * k * (1 + reaches + 2 * across * across_at);
    e_slope = wide ? -0.5 * across_at / across : 0;
    if (near) risk.vv = -0.25 * h * h * h * at * mixed;
    if (near && wide)
      risk.vv += 0.5 * theta * along * across_at * h * h / (across * std::sqrt(2 * kPi));
  } else {
    risk.value = below - first;
    risk.v = near ? 0.5 * at * h * mixed : 0;
    risk.c = -0.5 * k * (1 + reaches);
    e_slope = wide ? 0.5 * across_at / (across * across * across) : 0;
    if (near) risk.vv = 0.25 * at * h * h * h * (h * h - 1) * mixed;
    const double fading = std::exp(-b * b);
    if (near && fading > 0)
      risk.vv -=
          0.5 * at * h * theta * fading * b / std::sqrt(kPi) * (1 / (across * across) + h * h);
  }
  risk.vc = k * e_slope;
  risk.cc = -2 * along / beta * risk.vc;
  return risk;
}

}  // namespace

MarginRisk margin_risk(Loss loss, double along, double across, double beta, double p) {
  const double theta = 1 - 2 * p, sigma = std::hypot(along, across);
  if (loss == Loss::hinge || loss == Loss::squared_hinge)
    return hinge_risk(loss == Loss::squared_hinge, along, across, beta, theta);
  MarginRisk risk;
  const double unit = 1 / std::sqrt(2 * kPi);
  if (loss == Loss::logistic) {
    const LogisticMeans means = logistic_means(sigma);
    // E |sigma X| / 2 is sigma / sqrt(2 pi).
    risk.value = means.rest + unit * (sigma - theta * along);
    risk.v = 0.5 * means.second;
    risk.vv = 0.25 * means.fourth;
    risk.c = -theta * unit / beta;
  } else if (sigma > 0 || std::isnan(sigma)) {
    risk.value = unit * (sigma - theta * along);
    risk.v = 0.5 * unit / sigma;
    risk.vv = -0.25 * unit / (sigma * sigma * sigma);
    risk.c = -theta * unit / beta;
  }
  return risk;
}

}  // namespace ravine::problems
