#include "tests/plugins/sum_of_squares.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {
namespace {

Oracle& oracle_of(const ravine_oracle* oracle) { return *static_cast<Oracle*>(oracle->handle); }

std::int32_t verdict_at(const Oracle& oracle, const double* x) {
  return oracle.verdict ? oracle.verdict({x, oracle.objective.start.size()}) : RAVINE_OK;
}

std::int32_t residuals(const ravine_oracle* table, std::uint64_t, const double* x, double* r) {
  Oracle& oracle = oracle_of(table);
  if (const auto status = verdict_at(oracle, x); status != RAVINE_OK) return status;
  const std::size_t n = oracle.objective.start.size();
  oracle.points.emplace_back(x, x + n);
  oracle.objective.squares.residuals({x, n}, {r, oracle.objective.squares.count});
  return RAVINE_OK;
}

std::int32_t jacobian(const ravine_oracle* table, std::uint64_t, const double* x, double* j) {
  Oracle& oracle = oracle_of(table);
  if (const auto status = verdict_at(oracle, x); status != RAVINE_OK) return status;
  const std::size_t n = oracle.objective.start.size();
  ++oracle.jacobians;
  oracle.objective.squares.jacobian({x, n}, {j, oracle.objective.squares.count * n});
  return RAVINE_OK;
}

std::int32_t jacobian_vector(const ravine_oracle* table, std::uint64_t ticket, const double* x,
                             const double* v, double* jv) {
  const Objective& objective = oracle_of(table).objective;
  const std::size_t n = objective.start.size();
  std::vector<double> j(objective.squares.count * n);
  if (const auto status = jacobian(table, ticket, x, j.data()); status != RAVINE_OK) return status;
  for (std::size_t i = 0; i < objective.squares.count; ++i)
    jv[i] = std::inner_product(v, v + n, &j[i * n], 0.0);
  return RAVINE_OK;
}

std::int32_t vector_jacobian(const ravine_oracle* table, std::uint64_t ticket, const double* x,
                             const double* u, double* uj) {
  const Objective& objective = oracle_of(table).objective;
  const std::size_t n = objective.start.size();
  std::vector<double> j(objective.squares.count * n);
  if (const auto status = jacobian(table, ticket, x, j.data()); status != RAVINE_OK) return status;
  std::fill(uj, uj + n, 0.0);
  for (std::size_t i = 0; i < objective.squares.count; ++i)
    for (std::size_t k = 0; k < n; ++k) uj[k] += u[i] * j[i * n + k];
  return RAVINE_OK;
}

}  // namespace

std::int32_t hessian_vectors(const ravine_oracle* table, std::uint64_t, const double* x,
                             const double* v, std::uint64_t count, double* hv) {
  Oracle& oracle = oracle_of(table);
  if (!oracle.objective.hessian) return RAVINE_NOT_SUPPORTED;
  if (const auto status = verdict_at(oracle, x); status != RAVINE_OK) return status;
  const std::size_t n = oracle.objective.start.size();
  oracle.products += count;
  std::vector<double> h(n * n);
  oracle.objective.hessian({x, n}, h);
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t i = 0; i < n; ++i)
      hv[k * n + i] = std::inner_product(v + k * n, v + (k + 1) * n, &h[i * n], 0.0);
  return RAVINE_OK;
}

ravine_residuals residuals_of(const SumOfSquares& squares) {
  return {sizeof(ravine_residuals), squares.count,    squares.scale, &residuals,
          &jacobian_vector,         &vector_jacobian, &jacobian};
}

}  // namespace ravine::test
