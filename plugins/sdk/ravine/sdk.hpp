// The C++ SDK over ravine/plugin.h: an optimizer is a class with a constructor and one function.
//
//   class GradientDescent {
//    public:
//     static constexpr ravine::sdk::About kAbout{.id = "my_gd", .name = "My gradient descent"};
//     static constexpr std::array kParameters{ravine::sdk::learning_rate({.value = 1e-2})};
//     explicit GradientDescent(const ravine::sdk::Start& start)
//         : alpha_(start.setting("learning_rate")), g_(start.n()) {}
//     std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step,
//                       std::span<double> x) {
//       if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
//       for (std::size_t i = 0; i < x.size(); ++i) x[i] -= alpha_ * step.multiplier * g_[i];
//       return RAVINE_OK;
//     }
//    private:
//     double alpha_;
//     ravine::sdk::Vector g_;
//   };
//   RAVINE_PLUGIN("my_library", "1.0", GradientDescent)
#pragma once

#include "ravine/sdk/about.hpp"      // IWYU pragma: export
#include "ravine/sdk/archive.hpp"    // IWYU pragma: export
#include "ravine/sdk/array.hpp"      // IWYU pragma: export
#include "ravine/sdk/callbacks.hpp"  // IWYU pragma: export
#include "ravine/sdk/entry.hpp"      // IWYU pragma: export
#include "ravine/sdk/function.hpp"   // IWYU pragma: export
#include "ravine/sdk/start.hpp"      // IWYU pragma: export
#include "ravine/sdk/vector.hpp"     // IWYU pragma: export
