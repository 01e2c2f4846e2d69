// Problems that are written once as a formula; all their derivatives follow from it.
//
// A formula is a class F with
//   static constexpr bool kSquares;   f = sum of term_i^2 (least squares), or else of term_i
//   std::size_t terms() const;
//   template <class T, class X> T term(std::size_t i, const X& x) const;
// where x[j] is the j-th variable as a T, from 0: double for values, numbers that carry derivatives
// for the others. A term costs what it reads: one that reads three variables of a million costs
// three. Compute in T what depends on x, in double what does not, and branch on plain(t) only.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "problems/facts.hpp"
#include "problems/formula/curvature.hpp"
#include "problems/formula/known.hpp"
#include "problems/formula/tape.hpp"
#include "problems/linear/dense_by_products.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

namespace formula {

struct Values {
  const double* x;
  double operator[](std::size_t j) const { return x[j]; }
};
/// x + e v, e^2 = 0.
struct Directed {
  const double* x;
  const double* v;
  Dual<1> operator[](std::size_t j) const {
    Dual<1> result(x[j]);
    result.d[0] = v[j];
    return result;
  }
};
struct Recorded {
  const double* x;
  Tape<double>* tape;
  Var<double> operator[](std::size_t j) const { return {x[j], tape, tape->input(j)}; }
};
struct RecordedDirected {
  Directed along;
  Tape<Dual<1>>* tape;
  Var<Dual<1>> operator[](std::size_t j) const { return {along[j], tape, tape->input(j)}; }
};

}  // namespace formula

/// The residuals of a least-squares formula.
template <class F>
class FormulaResiduals final : public Residuals {
 public:
  FormulaResiduals(const F& f, std::uint64_t n) : f_(f), n_(n) {}
  [[nodiscard]] std::uint64_t count() const override { return f_.terms(); }
  [[nodiscard]] double scale() const override { return 1; }
  Answer residuals(std::span<const double> x, double* r) override {
    for (std::size_t i = 0; i < f_.terms(); ++i)
      r[i] = f_.template term<double>(i, formula::Values{x.data()});
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override {
    for (std::size_t i = 0; i < f_.terms(); ++i)
      jv[i] = f_.template term<Dual<1>>(i, formula::Directed{x.data(), v}).d[0];
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override {
    std::fill_n(uj, n_, 0.0);
    for (std::size_t i = 0; i < f_.terms(); ++i) row(i, x, u[i], uj);
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> x, double* j) override {
    std::fill_n(j, f_.terms() * n_, 0.0);
    for (std::size_t i = 0; i < f_.terms(); ++i) row(i, x, 1, j + i * n_);
    return Answer::ok;
  }

 private:
  void row(std::size_t i, std::span<const double> x, double seed, double* out) {
    tape_.clear();
    const auto r = f_.template term<Var<double>>(i, formula::Recorded{x.data(), &tape_});
    tape_.backward(r.id, seed, [&](std::size_t j, double d) { out[j] += d; });
  }

  const F& f_;
  std::uint64_t n_;
  Tape<double> tape_;  // scratch
};

template <class F>
class FormulaProblem : public Problem {
 public:
  /// `facts` as plain_facts and `Known::fill` leave them. Where the family states no curvature, the
  /// constants mu, L and kappa become those at the minimizer (curvature.hpp).
  FormulaProblem(F f, Facts facts)
      : f_(std::move(f)), facts_(std::move(facts)), residuals_(f_, facts_.n) {
    if (facts_.x_star.empty()) return;
    facts_.rounding_floor = rounding_floor_at(*this);
    if (facts_.constants.contains("L") || facts_.constants.contains("mu")) return;
    facts_.constants.merge(curvature_at_minimum(*this));
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    if (gradient != nullptr) std::fill_n(gradient, x.size(), 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < f_.terms(); ++i) {
      double t = 0;
      if (gradient == nullptr) {
        t = f_.template term<double>(i, formula::Values{x.data()});
      } else {
        first_.clear();
        const auto r = f_.template term<Var<double>>(i, formula::Recorded{x.data(), &first_});
        t = r.value;
        first_.backward(r.id, F::kSquares ? 2 * t : 1.0,
                        [&](std::size_t j, double d) { gradient[j] += d; });
      }
      sum += F::kSquares ? t * t : t;
    }
    if (value != nullptr) *value = sum;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    for (std::uint64_t k = 0; k < count; ++k) product(x, v + k * n, hv + k * n);
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    std::vector<double> axis(x.size());
    dense_by_products(x.size(), h, [&](double* row) {
      std::copy_n(row, axis.size(), axis.begin());
      product(x, axis.data(), row);
    });
    return Answer::ok;
  }

  Residuals* residuals() override { return F::kSquares ? &residuals_ : nullptr; }

 private:
  void product(std::span<const double> x, const double* v, double* hv) {
    std::fill_n(hv, x.size(), 0.0);
    for (std::size_t i = 0; i < f_.terms(); ++i) {
      second_.clear();
      const auto r =
          f_.template term<Var<Dual<1>>>(i, formula::RecordedDirected{{x.data(), v}, &second_});
      second_.backward(r.id, F::kSquares ? 2.0 * r.value : Dual<1>(1.0),
                       [&](std::size_t j, const Dual<1>& d) { hv[j] += d.d[0]; });
    }
  }

  F f_;
  Facts facts_;
  FormulaResiduals<F> residuals_;
  Tape<double> first_;  // scratch
  Tape<Dual<1>> second_;
};

/// A formula whose terms are no squares, but sums of them: S is the same function as a formula of
/// squares, for the residuals alone.
template <class F, class S>
class FormulaBesideSquares final : public FormulaProblem<F> {
 public:
  FormulaBesideSquares(F f, S squares, Facts facts)
      : FormulaProblem<F>(std::move(f), std::move(facts)), squares_(std::move(squares)) {}
  Residuals* residuals() override { return &residuals_; }

 private:
  S squares_;
  FormulaResiduals<S> residuals_{squares_, this->facts().n};
};

/// The problem of a formula with what is known of it.
template <class F>
std::unique_ptr<Problem> formula_problem(const Family& family, const Instance& instance, F f,
                                         const Known& known) {
  Facts facts = plain_facts(family, known.x0.size());
  known.fill(facts, instance);
  return std::make_unique<FormulaProblem<F>>(std::move(f), std::move(facts));
}

}  // namespace ravine::problems
