// NLopt's LD_LBFGS (Luksan's PLIS) in its own loop. NLopt tells nobody of its iterations, so there
// are none to report. Its tolerances are off; those that PLIS carries itself cannot be turned off:
// it stops at max |g_i| <= 1e-8 and where f changes by less than 1e-14 |f| in two iterations.
#include <nlopt.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

#include "ravine/sdk.hpp"

namespace {

struct Destroy {
  void operator()(nlopt_opt opt) const { nlopt_destroy(opt); }
};
using Handle = std::unique_ptr<std::remove_pointer_t<nlopt_opt>, Destroy>;

// What the objective keeps during one run: the host's answer that ended it, and the best point,
// because NLopt leaves its last trial in x when it is stopped.
struct Run {
  const ravine::sdk::Function& f;
  nlopt_opt opt;
  std::int32_t status = RAVINE_OK;
  bool answered = false;
  double best = HUGE_VAL;
  std::vector<double> best_x{};
};

double objective(unsigned n, const double* x, double* gradient, void* data) {
  auto& run = *static_cast<Run*>(data);
  double value = HUGE_VAL;
  if (run.status == RAVINE_OK) {
    const auto status = gradient == nullptr
                            ? run.f.value({x, n}, value)
                            : run.f.value_and_gradient({x, n}, value, {gradient, n});
    // Out of the domain f is infinite and the gradient what it was at the trial before; PLIS goes
    // by the value. Before the first answer there is no gradient to leave.
    const bool back_off = status == RAVINE_OUT_OF_DOMAIN && run.answered;
    if (status != RAVINE_OK && !back_off) run.status = status;
    if (status != RAVINE_OK) value = HUGE_VAL;
    run.answered = run.answered || status == RAVINE_OK;
  }
  if (run.status != RAVINE_OK) nlopt_force_stop(run.opt);
  if (value < run.best) {
    run.best = value;
    run.best_x.assign(x, x + n);
  }
  return value;
}

class NloptLbfgs {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nlopt_lbfgs",
      .name = "NLopt L-BFGS",
      .author = "Ravine (bridge); L. Luksan, S. G. Johnson (NLopt)",
      .summary =
          "NLopt's LD_LBFGS in its own loop; it has no iteration callback, so its iterations "
          "are not known and oracle cost is what compares",
      .paper =
          "S. G. Johnson, The NLopt nonlinear-optimization package, "
          "http://github.com/stevengj/nlopt; J. Nocedal, Updating quasi-Newton matrices with "
          "limited storage, Math. Comput. 35 (1980)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT | RAVINE_FULL_OBJECTIVE,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::integer({.name = "history",
                            .meaning = "vector_storage: how many pairs are kept; 0 leaves the "
                                       "choice to NLopt, which takes some 20 MB whatever n",
                            .value = 10,
                            .minimum = 0,
                            .maximum = 1000,
                            .tune_low = 3,
                            .tune_high = 100,
                            .scale = RAVINE_LOG})};

  explicit NloptLbfgs(const ravine::sdk::Start& start)
      : history_(static_cast<unsigned>(start.count_setting("history"))) {}

  std::int32_t run(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    const Handle opt(nlopt_create(NLOPT_LD_LBFGS, static_cast<unsigned>(x.size())));
    if (opt == nullptr) return RAVINE_OUT_OF_MEMORY;
    Run run{.f = f, .opt = opt.get()};
    run.best_x.assign(x.begin(), x.end());
    nlopt_set_vector_storage(opt.get(), history_);
    nlopt_set_min_objective(opt.get(), &objective, &run);
    double value = 0;
    const nlopt_result result = nlopt_optimize(opt.get(), x.data(), &value);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = run.best_x[i];
    if (run.status != RAVINE_OK) return run.status;
    if (result == NLOPT_OUT_OF_MEMORY) return RAVINE_OUT_OF_MEMORY;
    return result > 0 ? RAVINE_CONVERGED : RAVINE_NO_PROGRESS;
  }

 private:
  unsigned history_;
};

}  // namespace

RAVINE_PLUGIN("nlopt_lbfgs", "1.0", NloptLbfgs)
