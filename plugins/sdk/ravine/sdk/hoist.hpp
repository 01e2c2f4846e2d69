// Variants chosen outside of a loop, so that the loop itself has no branch.
#pragma once

#include <type_traits>
#include <utility>

namespace ravine::sdk {

template <class Loop>
void hoist(Loop&& loop) {
  std::forward<Loop>(loop)();
}
/// Calls `loop` with std::true_type or std::false_type for each flag, in order; within it,
/// `if constexpr (flag)` costs nothing:
///   hoist([&](auto inside) { for (...) if constexpr (inside) ... else ...; }, form == kInside);
template <class Loop, class... Rest>
void hoist(Loop&& loop, bool first, Rest... rest) {
  if (first)
    hoist([&](auto... others) { loop(std::true_type{}, others...); }, rest...);
  else
    hoist([&](auto... others) { loop(std::false_type{}, others...); }, rest...);
}

}  // namespace ravine::sdk
