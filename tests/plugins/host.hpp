// The smallest host: loads one plugin, answers its oracle from a closed-form function, and counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "ravine/plugin.h"
#include "tests/plugins/cursor.hpp"
#include "tests/plugins/finite_sum.hpp"
#include "tests/plugins/functions.hpp"

namespace ravine::test {

using Settings = std::map<std::string, double>;

/// An oracle over an Objective. Not movable: its tables hold its address.
class Oracle {
 public:
  explicit Oracle(Objective objective);
  Oracle(const Oracle&) = delete;
  Oracle& operator=(const Oracle&) = delete;

  [[nodiscard]] const ravine_oracle& table() const { return table_; }
  [[nodiscard]] ravine_oracle& table() { return table_; }  ///< for tests that put functions between

  Objective objective;
  /// Asked before each evaluation, product and Jacobian: anything but RAVINE_OK is answered,
  /// outputs untouched.
  std::function<std::int32_t(std::span<const double> x)> verdict{};
  std::vector<std::vector<double>> points;  ///< at which it was evaluated, in order
  std::size_t hessians = 0, reports = 0;
  std::size_t products = 0;   ///< Hessian-vector products
  std::size_t jacobians = 0;  ///< dense ones
  std::size_t sample_gradients = 0, cursors = 0, partials = 0;
  Tickets tickets{};
  Cursor cursor{};

 private:
  ravine_oracle table_{};
  ravine_hessian hessian_{};
  ravine_residuals residuals_{};
  ravine_partials partials_ = ravine::test::partials();
  ravine_sample_gradients sample_gradients_ = ravine::test::sample_gradients();
};

/// A plugin's first optimizer. Throws std::runtime_error where the plugin does not load.
const ravine_optimizer* load(const std::string& plugin);

/// What init answered, and logged, when it was not RAVINE_OK.
struct InitRefused : std::runtime_error {
  InitRefused(const std::string& why, std::int32_t answer)
      : std::runtime_error("init: " + why), status(answer) {}
  std::int32_t status;
};

/// One instance of a plugin's first optimizer, created and initialized. Throws std::runtime_error
/// where the plugin does not load, does not know a setting, or fails to start.
class Host {
 public:
  Host(const std::string& plugin, const Objective& objective, const Settings& settings = {});
  ~Host();
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  std::int32_t step(double multiplier = 1, std::uint64_t ticket = RAVINE_FULL);
  void steps(int count);  ///< throws unless each answers RAVINE_OK
  std::int32_t run();
  std::int32_t reset();                                                ///< to the objective's start
  void resume_at(std::uint64_t iteration) { iteration_ = iteration; }  ///< of the next step
  std::int32_t stage(std::uint64_t changed);
  [[nodiscard]] std::string save() const;
  std::int32_t restore(const std::string& bytes, std::uint64_t chunk);
  [[nodiscard]] std::vector<double> judged();  ///< the point that it wants to be judged at
  [[nodiscard]] double f() const;              ///< at x, uncounted
  [[nodiscard]] ravine_host& services() { return services_; }

  const ravine_optimizer* optimizer = nullptr;
  Oracle oracle;
  std::vector<double> x;
  std::string log;   ///< the last line logged
  std::string seed;  ///< appended to the name of every random stream

 private:
  ravine_host services_{};
  ravine_task task_{};
  std::vector<ravine_block> blocks_{};
  std::vector<const ravine_block*> block_pointers_{};
  void* instance_ = nullptr;
  std::uint64_t iteration_ = 0;
};

/// Path of a plugin in the build tree.
std::string plugin_path(const std::string& name);

}  // namespace ravine::test
