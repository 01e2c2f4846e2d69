#include "problems/catalog.hpp"

#include <algorithm>
#include <array>

#include "problems/families.hpp"

namespace ravine::problems {

std::span<const Family> catalog() {
  static const std::array families = {
      quadratic_family(),       //
      rosenbrock_family(),      //
      rastrigin_family(),       //
      mlp_family(),             //
      mlp_curriculum_family(),  //
  };
  return families;
}

const Family* find_family(std::string_view id) {
  const auto found = std::ranges::find(catalog(), id, &Family::id);
  return found == catalog().end() ? nullptr : &*found;
}

}  // namespace ravine::problems
