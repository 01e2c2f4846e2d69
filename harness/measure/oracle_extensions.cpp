// The oracle's extensions: dense Hessians, partial derivatives by a cursor, residuals and Jacobian
// products, gradients of single samples, Gauss-Newton products, sampled labels. Tables that stand
// in for what a problem does not offer do not exist: the name answers null.
#include <cstring>

#include "harness/measure/oracle.hpp"

namespace ravine::harness {

using problems::Answer;
using problems::Objective;

struct Oracle::ExtensionCallbacks {
  static Oracle& self(const ravine_oracle* table) { return *static_cast<Oracle*>(table->handle); }

  static std::int32_t hessian(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                              double* h) {
    return self(o).hessian(ticket, x, h);
  }
  static std::int32_t open(const ravine_oracle* o, std::uint64_t ticket, const double* x) {
    return self(o).open_cursor(ticket, x);
  }
  static std::int32_t partial(const ravine_oracle* o, std::uint64_t index, double* first,
                              double* second) {
    return self(o).partial(index, first, second);
  }
  static std::int32_t move(const ravine_oracle* o, std::uint64_t index, double delta) {
    return self(o).move_cursor(index, delta);
  }
  static std::int32_t close(const ravine_oracle* o) { return self(o).close_cursor(); }

  // A residual vector costs a value; a product with J or J' a gradient, as the two together are a
  // Gauss-Newton product; the dense Jacobian n products.
  static std::int32_t residuals(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                double* r) {
    if (r == nullptr) return self(o).invalid("passed a null pointer to residuals");
    return self(o).ask_residuals(ticket, x, 0,
                                 [&](auto& of, auto at) { return of.residuals(at, r); });
  }
  static std::int32_t jacobian_vector(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                      const double* v, double* jv) {
    if (v == nullptr || jv == nullptr)
      return self(o).invalid("passed a null pointer to jacobian_vector");
    return self(o).ask_residuals(ticket, x, 1,
                                 [&](auto& of, auto at) { return of.jacobian_vector(at, v, jv); });
  }
  static std::int32_t vector_jacobian(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                      const double* u, double* uj) {
    if (u == nullptr || uj == nullptr)
      return self(o).invalid("passed a null pointer to vector_jacobian");
    return self(o).ask_residuals(ticket, x, 1,
                                 [&](auto& of, auto at) { return of.vector_jacobian(at, u, uj); });
  }
  static std::int32_t jacobian(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                               double* j) {
    if (j == nullptr) return self(o).invalid("passed a null pointer to jacobian");
    return self(o).ask_residuals(ticket, x, static_cast<double>(self(o).n_),
                                 [&](auto& of, auto at) { return of.jacobian(at, j); });
  }
  static std::int32_t gradients(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                double* out) {
    return self(o).sample_gradients(ticket, x, out);
  }
  static std::int32_t gauss_newton(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                   const double* v, std::uint64_t count, double* gv) {
    return self(o).gauss_newton(ticket, x, v, count, gv);
  }
  static std::int32_t sampled_labels(const ravine_oracle* o, std::uint64_t ticket, const double* x,
                                     std::uint64_t draw, double* gradient) {
    return self(o).sampled_labels(ticket, x, draw, gradient);
  }
};

std::uint64_t Oracle::extension_bits(const std::vector<std::string>& names) {
  std::uint64_t bits = 0;
  for (const auto& name : names) {
    if (name == RAVINE_EXTENSION_HESSIAN) bits |= kUsesHessian;
    if (name == RAVINE_EXTENSION_PARTIALS) bits |= kUsesPartials;
    if (name == RAVINE_EXTENSION_RESIDUALS) bits |= kUsesResiduals;
    if (name == RAVINE_EXTENSION_SAMPLE_GRADIENTS) bits |= kUsesSampleGradients;
    if (name == RAVINE_EXTENSION_GAUSS_NEWTON) bits |= kUsesGaussNewton;
    if (name == RAVINE_EXTENSION_SAMPLED_LABELS) bits |= kUsesSampledLabels;
  }
  return bits;
}

void Oracle::fill_extensions() {
  using Calls = ExtensionCallbacks;
  hessian_table_ = {sizeof hessian_table_, &Calls::hessian};
  partials_table_ = {sizeof partials_table_, &Calls::open, &Calls::partial, &Calls::move,
                     &Calls::close};
  sample_gradients_table_ = {sizeof sample_gradients_table_, &Calls::gradients};
  gauss_newton_table_ = {sizeof gauss_newton_table_, &Calls::gauss_newton};
  sampled_labels_table_ = {sizeof sampled_labels_table_, &Calls::sampled_labels};
  const auto& facts = problem_.facts();
  bounds_table_ = {sizeof bounds_table_, facts.lower.data(), facts.upper.data()};
  if (const auto* residuals = problem_.residuals())
    residuals_table_ = {sizeof residuals_table_, residuals->count(),      residuals->scale(),
                        &Calls::residuals,       &Calls::jacobian_vector, &Calls::vector_jacobian,
                        &Calls::jacobian};
}

const void* Oracle::extension(const char* name) const {
  const auto& facts = problem_.facts();
  const auto is = [&](const char* known) { return std::strcmp(name, known) == 0; };
  if (is(RAVINE_EXTENSION_HESSIAN) && facts.offers_hessian) return &hessian_table_;
  if (is(RAVINE_EXTENSION_PARTIALS) && facts.offers_partials) return &partials_table_;
  if (is(RAVINE_EXTENSION_RESIDUALS) && problem_.residuals() != nullptr) return &residuals_table_;
  if (is(RAVINE_EXTENSION_SAMPLE_GRADIENTS) && facts.sample_count > 0)
    return &sample_gradients_table_;
  if (is(RAVINE_EXTENSION_GAUSS_NEWTON) && facts.offers_gauss_newton) return &gauss_newton_table_;
  if (is(RAVINE_EXTENSION_SAMPLED_LABELS) && facts.offers_sampled_labels)
    return &sampled_labels_table_;
  if (is(RAVINE_EXTENSION_BOUNDS) && !facts.lower.empty()) return &bounds_table_;
  return nullptr;
}

std::int32_t Oracle::hessian(std::uint64_t ticket, const double* x, double* h) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || h == nullptr) return invalid("passed a null pointer to hessian");
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  undeclared(kUsesHessian, "asks for the dense Hessian without declaring it");
  books_.switch_to(Account::oracle);
  const Answer answer = problem_.hessian(objective, {x, n_}, h);
  books_.switch_to(Account::judge);
  if (answer != Answer::not_supported) {
    ++area_.counts.hessians;
    charge(objective, spec_.weights.hessian_per_n * static_cast<double>(n_));
  }
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::open_cursor(std::uint64_t ticket, const double* x) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr) return invalid("passed a null pointer to partials.open");
  if (cursor_) return invalid("opened a second cursor: close the first one before");
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  undeclared(kUsesPartials, "asks for partial derivatives without declaring it");
  judge_.iterates_stand_in = true;
  books_.switch_to(Account::oracle);
  cursor_ = problem_.cursor(objective, {x, n_});
  cursor_ticket_ = ticket;
  if (cursor_) {
    books_.switch_to(Account::judge);
    ++area_.counts.values;
    charge(objective, spec_.weights.value);
  }
  books_.switch_to(Account::optimizer);
  return cursor_ ? RAVINE_OK : RAVINE_NOT_SUPPORTED;
}

std::int32_t Oracle::partial(std::uint64_t index, double* first, double* second) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (!cursor_ || index >= n_ || (first == nullptr && second == nullptr))
    return invalid("asked for a partial derivative without a cursor, beyond n or into nothing");
  Objective objective;
  if (const auto status = objective_of(cursor_ticket_, objective); status != RAVINE_OK)
    return status;
  books_.switch_to(Account::oracle);
  const Answer answer = cursor_->partial(index, first, second);
  books_.switch_to(Account::judge);
  ++area_.counts.partials;
  charge(objective, spec_.weights.partial_times_n / static_cast<double>(n_));
  after_answer(1 / static_cast<double>(n_));
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::move_cursor(std::uint64_t index, double delta) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (!cursor_ || index >= n_) return invalid("moved a cursor that is not open, or beyond n");
  books_.switch_to(Account::oracle);
  const Answer answer = cursor_->move(index, delta);
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::close_cursor() {
  const auto status = gate();
  if (!cursor_) return status == RAVINE_OK ? invalid("closed a cursor that is not open") : status;
  books_.switch_to(Account::oracle);
  cursor_.reset();
  books_.switch_to(Account::optimizer);
  return status;
}

template <class Ask>
std::int32_t Oracle::ask_residuals(std::uint64_t ticket, const double* x, double gradients,
                                   Ask ask) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr) return invalid("passed a null pointer for x to the residuals");
  if (ticket != RAVINE_FULL) return RAVINE_NOT_SUPPORTED;
  undeclared(kUsesResiduals, "asks for residuals without declaring it");
  books_.switch_to(Account::oracle);
  const Answer answer = ask(*problem_.residuals(), std::span<const double>(x, n_));
  books_.switch_to(Account::judge);
  if (answer == Answer::not_supported) {  // a dense Jacobian too large: nothing was computed
    books_.switch_to(Account::optimizer);
    return status_of(answer);
  }
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  if (gradients == 0)
    ++area_.counts.values;
  else
    area_.counts.gradients += static_cast<std::uint64_t>(gradients);
  charge(objective, gradients == 0 ? spec_.weights.value : gradients * spec_.weights.gradient);
  // Residuals tell the value: an evaluation like any other, by the oracle-cost rule.
  double f = 0;
  if (answer == Answer::ok && judge_.evaluations_count && gradients == 0 &&
      problem_.evaluate(objective, {x, n_}, &f, nullptr) == Answer::ok)
    judge_.evaluation({x, n_}, f, nullptr);
  after_answer();
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::sample_gradients(std::uint64_t ticket, const double* x, double* gradients) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || gradients == nullptr)
    return invalid("passed a null pointer to sample_gradients");
  Objective batch;
  if (const auto status = objective_of(ticket, batch); status != RAVINE_OK) return status;
  const std::uint64_t count = batch.full ? batches_.sample_count() : batch.samples.size();
  undeclared(kUsesSampleGradients, "asks for gradients of samples without declaring it");
  Answer answer = Answer::ok;
  books_.switch_to(Account::oracle);
  for (std::uint64_t k = 0; k < count && answer == Answer::ok; ++k) {
    const std::uint64_t sample = batch.full ? k : batch.samples[k];
    answer = problem_.evaluate({stage_, {&sample, 1}, false}, {x, n_}, nullptr, gradients + k * n_);
  }
  books_.switch_to(Account::judge);
  area_.counts.gradients += count;
  charge(batch, spec_.weights.gradient);
  if (!judge_.has_iterations) judge_.stand_in({x, n_});
  after_answer();
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

// Counted with the Hessian-vector products, which cost the same.
std::int32_t Oracle::gauss_newton(std::uint64_t ticket, const double* x, const double* v,
                                  std::uint64_t count, double* gv) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || v == nullptr || gv == nullptr)
    return invalid("passed a null pointer to gauss_newton.products");
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  undeclared(kUsesGaussNewton, "asks for Gauss-Newton products without declaring it");
  books_.switch_to(Account::oracle);
  const Answer answer = problem_.gauss_newton_vectors(objective, {x, n_}, v, count, gv);
  books_.switch_to(Account::judge);
  area_.counts.hessian_vectors += count;
  charge(objective, spec_.weights.hessian_vector * static_cast<double>(count));
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

std::int32_t Oracle::sampled_labels(std::uint64_t ticket, const double* x, std::uint64_t draw,
                                    double* gradient) {
  if (const auto status = gate(); status != RAVINE_OK) return status;
  if (x == nullptr || gradient == nullptr)
    return invalid("passed a null pointer to sampled_labels.gradient");
  Objective objective;
  if (const auto status = objective_of(ticket, objective); status != RAVINE_OK) return status;
  undeclared(kUsesSampledLabels, "asks for sampled labels without declaring it");
  books_.switch_to(Account::oracle);
  const Answer answer = problem_.sampled_label_gradient(objective, {x, n_}, draw, gradient);
  books_.switch_to(Account::judge);
  ++area_.counts.gradients;
  charge(objective, spec_.weights.gradient);
  books_.switch_to(Account::optimizer);
  return status_of(answer);
}

}  // namespace ravine::harness
