// The families that the catalogue lists, each defined in the file of its name.
#pragma once

#include "problems/family.hpp"

namespace ravine::problems {

Family quadratic_family();       // quadratics/quadratic.cpp
Family rosenbrock_family();      // classics/rosenbrock.cpp
Family rastrigin_family();       // stages/rastrigin.cpp
Family mlp_family();             // nets/mlp.cpp
Family mlp_curriculum_family();  // stages/curriculum.cpp

}  // namespace ravine::problems
