#include "problems/regressions/linear_residuals.hpp"

#include <algorithm>
#include <cmath>

#include "problems/regressions/rows.hpp"

namespace ravine::problems {
namespace {

// Of the margin that the hinge asks for.
double short_of(double score, double label) { return positive_part(1 - label * score); }

}  // namespace

LinearResiduals::LinearResiduals(const LabelledRows& rows, Loss loss, double l2)
    : rows_(rows),
      hinge_(loss == Loss::squared_hinge),
      ridge_(std::sqrt(l2 * static_cast<double>(rows.count))),
      slopes_(hinge_ ? rows.count : 0),
      weights_(hinge_ ? rows.count : 0) {}

std::uint64_t LinearResiduals::count() const {
  return rows_.count + (ridge_ > 0 ? rows_.columns : 0);
}

double LinearResiduals::scale() const { return 0.5 / static_cast<double>(rows_.count); }

Answer LinearResiduals::residuals(std::span<const double> w, double* r) {
  if (w.size() != rows_.columns) return Answer::failed;
  products(w.data(), r);
  for (std::uint64_t i = 0; i < rows_.count; ++i)
    r[i] = hinge_ ? short_of(r[i], rows_.labels[i]) : r[i] - rows_.labels[i];
  for (std::size_t j = 0; ridge_ > 0 && j < w.size(); ++j) r[rows_.count + j] = ridge_ * w[j];
  return Answer::ok;
}

void LinearResiduals::products(const double* v, double* out) const {
  const std::size_t p = rows_.columns;
  if (rows_.sparse()) {
    for (std::uint64_t i = 0; i < rows_.count; ++i) {
      const std::uint64_t at = rows_.starts[i];
      out[i] = sparse_dot(rows_.values.data() + at, rows_.indices.data() + at,
                          rows_.starts[i + 1] - at, v);
    }
    return;
  }
  std::uint64_t i = 0;
  for (; i + kBlock <= rows_.count; i += kBlock) {
    const double* x = &rows_.values[i * p];
    std::ranges::copy(dots({x, x + p, x + 2 * p, x + 3 * p}, v, p), out + i);
  }
  for (; i < rows_.count; ++i) out[i] = dot(rows_.values.subspan(i * p, p), {v, p});
}

void LinearResiduals::look(std::span<const double> w) {
  if (!hinge_) return;
  products(w.data(), slopes_.data());
  for (std::uint64_t i = 0; i < rows_.count; ++i)
    slopes_[i] = short_of(slopes_[i], rows_.labels[i]) == 0 ? 0 : -rows_.labels[i];
}

Answer LinearResiduals::jacobian_vector(std::span<const double> w, const double* v, double* jv) {
  if (w.size() != rows_.columns) return Answer::failed;
  look(w);
  products(v, jv);
  for (std::uint64_t i = 0; hinge_ && i < rows_.count; ++i) jv[i] *= slopes_[i];
  for (std::size_t j = 0; ridge_ > 0 && j < w.size(); ++j) jv[rows_.count + j] = ridge_ * v[j];
  return Answer::ok;
}

Answer LinearResiduals::vector_jacobian(std::span<const double> w, const double* u, double* uj) {
  if (w.size() != rows_.columns) return Answer::failed;
  const std::size_t p = rows_.columns;
  for (std::size_t j = 0; j < p; ++j) uj[j] = ridge_ > 0 ? ridge_ * u[rows_.count + j] : 0;
  if (hinge_) {
    look(w);
    for (std::uint64_t i = 0; i < rows_.count; ++i) weights_[i] = slopes_[i] * u[i];
    u = weights_.data();
  }
  if (rows_.sparse()) {
    for (std::uint64_t i = 0; i < rows_.count; ++i) {
      const std::uint64_t at = rows_.starts[i];
      sparse_add(u[i], rows_.values.data() + at, rows_.indices.data() + at,
                 rows_.starts[i + 1] - at, uj);
    }
    return Answer::ok;
  }
  std::uint64_t i = 0;
  for (; i + kBlock <= rows_.count; i += kBlock) {
    const double* x = &rows_.values[i * p];
    combine<kBlock>(1, uj, {u[i], u[i + 1], u[i + 2], u[i + 3]}, {x, x + p, x + 2 * p, x + 3 * p},
                    p, uj);
  }
  for (; i < rows_.count; ++i) combine<1>(1, uj, {u[i]}, {&rows_.values[i * p]}, p, uj);
  return Answer::ok;
}

Answer LinearResiduals::jacobian(std::span<const double> w, double* j) {
  if (w.size() != rows_.columns) return Answer::failed;
  const std::size_t p = rows_.columns;
  look(w);
  std::fill_n(j, count() * p, 0.0);
  for (std::uint64_t i = 0; i < rows_.count; ++i) {
    if (rows_.sparse())
      for (std::uint64_t k = rows_.starts[i]; k < rows_.starts[i + 1]; ++k)
        j[i * p + rows_.indices[k]] = rows_.values[k];
    else
      std::ranges::copy(rows_.values.subspan(i * p, p), j + i * p);
    for (std::size_t k = 0; hinge_ && k < p; ++k) j[i * p + k] *= slopes_[i];
  }
  for (std::size_t k = 0; ridge_ > 0 && k < p; ++k) j[(rows_.count + k) * p + k] = ridge_;
  return Answer::ok;
}

}  // namespace ravine::problems
