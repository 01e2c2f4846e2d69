#include "problems/linear/rotation.hpp"

#include <stdexcept>

#include "problems/linear/dense_rotation.hpp"
#include "problems/linear/hadamard.hpp"
#include "problems/linear/householder.hpp"

namespace ravine::problems {

std::vector<std::string> rotation_names() { return {"none", "hadamard", "householder", "dense"}; }

std::unique_ptr<Rotation> rotation(std::string_view name, std::uint64_t n, std::uint64_t key) {
  if (name == "none") return nullptr;
  if (name == "hadamard") return std::make_unique<HadamardRotation>(n, key);
  if (name == "householder") return std::make_unique<HouseholderRotation>(n, key);
  if (name == "dense") return std::make_unique<DenseRotation>(n, key);
  throw std::invalid_argument("unknown rotation '" + std::string(name) + "'");
}

}  // namespace ravine::problems
