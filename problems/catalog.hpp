// Every family of problems, in one explicit list: adding one costs its file and a line here.
#pragma once

#include <span>
#include <string_view>

#include "problems/family.hpp"

namespace ravine::problems {

/// All families, in the order `ravine list problems` shows them.
std::span<const Family> catalog();

/// The family with this id, or null.
const Family* find_family(std::string_view id);

}  // namespace ravine::problems
