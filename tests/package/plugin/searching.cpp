// An optimizer as an author outside the project writes it with what the SDK has for searches along
// a line: steepest descent, each step to a point that satisfies the strong Wolfe conditions.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"

namespace {

class Searching {
 public:
  static constexpr ravine::sdk::About kAbout{.id = "outside.searching",
                                             .name = "Searching descent",
                                             .needs = RAVINE_VALUE | RAVINE_GRADIENT,
                                             .traits = 0};
  static constexpr std::array<ravine_parameter, 0> kParameters{};
  explicit Searching(const ravine::sdk::Start& start)
      : here_(start.n()), line_(start.n(), {.c2 = 0.1}), d_(start.n()) {}
  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -here_.g[i];
    const auto status = line_.search(f, x, here_.f, here_.g, d_, 1e-2);
    if (status == RAVINE_OK) here_.keep(f, x);
    return status;
  }

 private:
  ravine::sdk::KnownPoint here_;
  ravine::sdk::StrongWolfe line_;
  ravine::sdk::Vector d_;
};

}  // namespace

RAVINE_PLUGIN("searching", "1.0", Searching)
