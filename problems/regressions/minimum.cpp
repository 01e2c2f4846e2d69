#include "problems/regressions/minimum.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

#include "problems/random/stream.hpp"
#include "problems/regressions/passes.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;
using Exact = std::vector<long double>;

constexpr double kMostSolveWork = 5e10;  // N n^2: some seconds
constexpr int kNewtonSteps = 100;
constexpr int kLanczosSteps = 60;

struct ExactLoss {
  long double value, slope;
};

ExactLoss exact_loss(Loss loss, long double z, long double y) {
  const long double m = y * z;
  if (loss == Loss::squared) return {(z - y) * (z - y) / 2, z - y};
  if (loss == Loss::squared_hinge) {
    const long double short_of = std::max(1 - m, 0.0L);
    return {short_of * short_of / 2, -y * short_of};
  }
  const long double e = std::exp(-std::abs(m));
  return {std::max(-m, 0.0L) + std::log1p(e), -y * (m > 0 ? e : 1.0L) / (1 + e)};
}

/// Calls use(j, entry) for a row.
template <class Use>
void for_entries(const LabelledRows& rows, std::uint64_t i, Use use) {
  if (!rows.sparse())
    for (std::uint64_t j = 0; j < rows.columns; ++j) use(j, rows.values[i * rows.columns + j]);
  else
    for (std::uint64_t k = rows.starts[i]; k < rows.starts[i + 1]; ++k)
      use(rows.indices[k], rows.values[k]);
}

long double value_and_gradient(Loss loss, double l2, const LabelledRows& rows, const Exact& w,
                               Exact& g) {
  const auto count = static_cast<long double>(rows.count);
  long double f = 0;
  for (std::size_t j = 0; j < w.size(); ++j) {
    g[j] = l2 * w[j];
    f += w[j] * w[j] * l2 / 2;
  }
  for (std::uint64_t i = 0; i < rows.count; ++i) {
    long double z = 0;
    for_entries(rows, i, [&](std::uint64_t j, double entry) { z += entry * w[j]; });
    const ExactLoss at = exact_loss(loss, z, rows.labels[i]);
    f += at.value / count;
    const long double c = at.slope / count;
    for_entries(rows, i, [&](std::uint64_t j, double entry) { g[j] += c * entry; });
  }
  return f;
}

Eigen::MatrixXd hessian_at(Loss loss, double l2, const LabelledRows& rows, const Exact& w) {
  const std::vector<double> rounded(w.begin(), w.end());
  const auto n = static_cast<Index>(w.size());
  Eigen::MatrixXd h(n, n);
  hessian_of(loss, rounded, l2, {rows}, h.data());
  return h;
}

/// H^-1 g; empty where H is singular to rounding.
Exact solved(const Eigen::LLT<Eigen::MatrixXd>& factor, const Exact& g) {
  Eigen::VectorXd step(static_cast<Index>(g.size()));
  for (std::size_t j = 0; j < g.size(); ++j)
    step[static_cast<Index>(j)] = static_cast<double>(g[j]);
  factor.solveInPlace(step);
  return {step.begin(), step.end()};
}

bool solvable(Loss loss, double l2, const LabelledRows& rows) {
  const bool squared = loss == Loss::squared;
  if (steepest(loss) == 0 || (l2 == 0 && (!squared || rows.count < rows.columns))) return false;
  if (rows.columns > (squared ? kSquaredSolveLimit : kNewtonLimit)) return false;
  const double work = static_cast<double>(rows.count) * static_cast<double>(rows.columns) *
                      static_cast<double>(rows.columns);
  return work * (squared ? 1 : 10) <= kMostSolveWork;
}

}  // namespace

std::optional<Minimum> minimum_of(Loss loss, double l2, const LabelledRows& rows) {
  if (!solvable(loss, l2, rows)) return std::nullopt;
  const std::size_t n = rows.columns;
  Exact w(n), g(n), tried(n), g_tried(n);
  long double f = value_and_gradient(loss, l2, rows, w, g);
  Eigen::MatrixXd h = hessian_at(loss, l2, rows, w);
  Eigen::LLT<Eigen::MatrixXd> factor(h);
  bool near = loss == Loss::squared;  // the Hessian changes no more than what refinement corrects
  long double last = std::numeric_limits<long double>::infinity();
  for (int k = 0; k < kNewtonSteps; ++k) {
    if (factor.info() != Eigen::Success || !(factor.rcond() > 1e-14)) return std::nullopt;
    const Exact step = solved(factor, g);
    long double along = 0, largest = 0, size = 0;
    for (std::size_t j = 0; j < n; ++j) {
      along += step[j] * g[j];
      largest = std::max(largest, std::abs(step[j]));
      size = std::max(size, std::abs(w[j]));
    }
    long double t = 1;
    for (;; t /= 2) {
      for (std::size_t j = 0; j < n; ++j) tried[j] = w[j] - t * step[j];
      const long double f_tried = value_and_gradient(loss, l2, rows, tried, g_tried);
      if (near || f_tried <= f - 1e-4L * t * along) {
        f = f_tried;
        break;
      }
      if (t < 1e-10L) return std::nullopt;
    }
    w.swap(tried);
    g.swap(g_tried);
    // Where rounding of the gradient, amplified by the condition, is all that a step is made of.
    const bool stalled = largest > last / 2 && largest <= 1e-6L * size;
    last = near ? largest : last;
    if (near && (largest <= 0x1p-60L * size || stalled)) {
      Minimum result{{w.begin(), w.end()}, static_cast<double>(f), 0};
      for (std::size_t j = 0; j < n; ++j) {
        const auto diagonal = static_cast<Index>(j);
        result.flatness += 0.5 * h(diagonal, diagonal) * result.x[j] * result.x[j];
      }
      return result;
    }
    if (loss == Loss::squared) continue;
    h = hessian_at(loss, l2, rows, w);
    factor.compute(h);
    near = near || along <= 1e-12L * f;
  }
  return std::nullopt;
}

namespace {

/// Sparse rows without the columns in which nothing stands: their eigenvalues are 0, and passes
/// over ten million of them take a hundred times what the data do. The others, and which they were,
/// come in the order in which they are met, so that a row's rare ones lie side by side.
struct Squeezed {
  std::vector<std::uint32_t> indices, columns;
  LabelledRows rows;
};

Squeezed squeezed(const LabelledRows& rows) {
  Squeezed result{{rows.indices.begin(), rows.indices.end()}, {}, rows};
  std::vector<std::uint32_t> place(rows.columns);  // from 1; 0: not yet met
  for (std::uint32_t& j : result.indices) {
    if (place[j] == 0) {
      result.columns.push_back(j);
      place[j] = static_cast<std::uint32_t>(result.columns.size());
    }
    j = place[j] - 1;
  }
  result.rows.columns = result.columns.size();
  return result;
}

double lanczos(const LabelledRows& all) {
  Squeezed sparse;
  if (all.sparse()) {
    sparse = squeezed(all);
    sparse.rows.indices = sparse.indices;
  }
  const LabelledRows& rows = all.sparse() ? sparse.rows : all;
  const std::size_t n = rows.columns;
  std::vector<double> before(n), now(n), next(n);
  const Stream start(1, "regression/lanczos");
  for (std::size_t j = 0; j < n; ++j) now[j] = start.normal(all.sparse() ? sparse.columns[j] : j);
  double beta = std::sqrt(dot(now, now));
  for (double& entry : now) entry /= beta;
  beta = 0;
  Eigen::MatrixXd t = Eigen::MatrixXd::Zero(kLanczosSteps, kLanczosSteps);
  Index k = 0;
  for (; k < kLanczosSteps; ++k) {
    // The squared loss's curvature does not depend on w: any will do.
    CurvaturePass pass(Loss::squared, now, now.data(), 0, rows.count, next.data());
    pass.add({rows});
    const double alpha = dot(next, now);
    t(k, k) = alpha;
    for (std::size_t j = 0; j < n; ++j) next[j] -= alpha * now[j] + beta * before[j];
    beta = std::sqrt(dot(next, next));
    if (!(beta > 1e-12 * alpha) || k + 1 == kLanczosSteps) break;
    t(k, k + 1) = t(k + 1, k) = beta;
    for (double& entry : next) entry /= beta;
    before.swap(now);
    now.swap(next);
  }
  const Index size = std::min<Index>(k + 1, kLanczosSteps);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(t.topLeftCorner(size, size),
                                                              Eigen::EigenvaluesOnly);
  return solver.eigenvalues().maxCoeff();
}

}  // namespace

Spectrum spectrum_of(const LabelledRows& rows) {
  const double work = static_cast<double>(rows.count) * static_cast<double>(rows.columns) *
                      static_cast<double>(rows.columns);
  if (rows.columns > kNewtonLimit || work > kMostSolveWork) return {std::nullopt, lanczos(rows)};
  const Eigen::MatrixXd h = hessian_at(Loss::squared, 0, rows, Exact(rows.columns));
  const Eigen::VectorXd lambda =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h, Eigen::EigenvaluesOnly).eigenvalues();
  Spectrum result{lambda.minCoeff(), lambda.maxCoeff()};
  // Forming X'X squares the condition, and rounding then decides the smallest.
  if (!(*result.smallest > 1e-12 * result.largest)) result.smallest.reset();
  return result;
}

}  // namespace ravine::problems
