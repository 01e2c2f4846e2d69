// An optimizer as an author outside the project writes it: signed steps of fixed length.
#include <array>
#include <vector>

#include "ravine/sdk.hpp"

namespace {

class SignDescent {
 public:
  static constexpr ravine::sdk::About kAbout{.id = "outside.sign", .name = "Sign descent"};
  static constexpr std::array kParameters{ravine::sdk::learning_rate({.value = 1e-2})};
  explicit SignDescent(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")), g_(start.n()) {}
  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] -= alpha_ * step.multiplier * (g_[i] > 0 ? 1.0 : g_[i] < 0 ? -1.0 : 0.0);
    return RAVINE_OK;
  }

 private:
  double alpha_;
  std::vector<double> g_;
};

}  // namespace

RAVINE_PLUGIN("outside", "1.0", SignDescent)
