#include "tests/plugins/cursor.hpp"

#include "tests/plugins/host.hpp"

namespace ravine::test {
namespace {

Oracle& oracle_of(const ravine_oracle* oracle) { return *static_cast<Oracle*>(oracle->handle); }

std::int32_t open(const ravine_oracle* table, std::uint64_t ticket, const double* x) {
  Oracle& oracle = oracle_of(table);
  if (oracle.cursor.open) return RAVINE_INVALID;
  ++oracle.cursors;
  oracle.cursor = {true, ticket, {x, x + oracle.objective.start.size()}};
  return RAVINE_OK;
}

std::int32_t partial(const ravine_oracle* table, std::uint64_t index, double* first,
                     double* second) {
  Oracle& oracle = oracle_of(table);
  const Cursor& at = oracle.cursor;
  const std::size_t n = at.x.size();
  if (!at.open || index >= n) return RAVINE_INVALID;
  if (oracle.verdict)
    if (const auto status = oracle.verdict(at.x); status != RAVINE_OK) return status;
  if (second != nullptr && !oracle.objective.hessian) return RAVINE_NOT_SUPPORTED;
  ++oracle.partials;
  std::vector<double> g(n), h(n * n);
  double f = 0;
  const auto status = evaluate_ticket(oracle.objective, oracle.tickets, at.ticket, at.x, f, g);
  if (status != RAVINE_OK) return status;
  if (first != nullptr) *first = g[index];
  if (second == nullptr) return RAVINE_OK;
  oracle.objective.hessian(at.x, h);
  *second = h[index * n + index];
  return RAVINE_OK;
}

std::int32_t move(const ravine_oracle* table, std::uint64_t index, double delta) {
  Cursor& at = oracle_of(table).cursor;
  if (!at.open || index >= at.x.size()) return RAVINE_INVALID;
  at.x[index] += delta;
  return RAVINE_OK;
}

std::int32_t close(const ravine_oracle* table) {
  Cursor& at = oracle_of(table).cursor;
  if (!at.open) return RAVINE_INVALID;
  at.open = false;
  return RAVINE_OK;
}

}  // namespace

ravine_partials partials() { return {sizeof(ravine_partials), &open, &partial, &move, &close}; }

}  // namespace ravine::test
