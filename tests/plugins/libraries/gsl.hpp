// An Asked behind the callbacks of the GNU Scientific Library.
#pragma once

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_vector.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/plugins/libraries/support.hpp"

namespace ravine::test {

inline std::vector<double> copy_of(const gsl_vector* v) {
  EXPECT_EQ(v->stride, 1U);
  return {v->data, v->data + v->size};
}

inline double gsl_f(const gsl_vector* x, void* asked) {
  EXPECT_EQ(x->stride, 1U);
  return static_cast<Asked*>(asked)->evaluate(x->data, nullptr);
}
inline void gsl_fdf(const gsl_vector* x, void* asked, double* f, gsl_vector* g) {
  EXPECT_EQ(g->stride, 1U);
  *f = static_cast<Asked*>(asked)->evaluate(x->data, g->data);
}
inline void gsl_df(const gsl_vector* x, void* asked, gsl_vector* g) {
  double f = 0;
  gsl_fdf(x, asked, &f, g);
}

/// A gsl_multimin minimizer with gradients on an objective, at its start.
class GslMinimizer {
 public:
  GslMinimizer(const gsl_multimin_fdfminimizer_type* type, const Objective& objective,
               double first_step, double tolerance)
      : asked_(objective),
        first_step_(first_step),
        tolerance_(tolerance),
        f_{&gsl_f, &gsl_df, &gsl_fdf, asked_.n(), &asked_},
        minimizer_(gsl_multimin_fdfminimizer_alloc(type, asked_.n())) {
    gsl_set_error_handler_off();  // it answers with codes instead of ending the program
    begin_at(objective.start);
  }
  GslMinimizer(const GslMinimizer&) = delete;
  GslMinimizer& operator=(const GslMinimizer&) = delete;

  void begin_at(const std::vector<double>& x) {
    const auto start = gsl_vector_const_view_array(x.data(), x.size());
    gsl_multimin_fdfminimizer_set(minimizer_.get(), &f_, &start.vector, first_step_, tolerance_);
  }
  int iterate() { return gsl_multimin_fdfminimizer_iterate(minimizer_.get()); }
  [[nodiscard]] std::vector<double> x() const { return copy_of(minimizer_->x); }
  [[nodiscard]] double largest_slope() const {
    double largest = 0;
    for (const double v : copy_of(minimizer_->gradient)) largest = std::max(largest, std::fabs(v));
    return largest;
  }

 private:
  Asked asked_;
  double first_step_, tolerance_;
  gsl_multimin_function_fdf f_;
  std::unique_ptr<gsl_multimin_fdfminimizer, Free<&gsl_multimin_fdfminimizer_free>> minimizer_;
};

}  // namespace ravine::test
