// Copying a plugin's tables into PluginInfo, with every field checked.
#pragma once

#include <stdexcept>

#include "harness/plugin/info.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {

/// A table that breaks a rule of ravine/plugin.h; the text names the field.
class Malformed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Size of a struct of the contract as v1.0 has it, and the largest that any 1.x may have.
inline constexpr std::uint64_t kLargestStruct = std::uint64_t{64} * 1024;

/// The optimizer behind a table that may come from an older or newer 1.x. Throws Malformed.
OptimizerInfo describe_optimizer(const ravine_optimizer* optimizer);

/// The optimizers of a library's factory (null: none). Throws Malformed.
std::vector<OptimizerInfo> describe_optimizers(const ravine_optimizer_factory* factory);

/// Throws Malformed unless size is a multiple of 8 from `smallest` to kLargestStruct.
void check_struct_size(std::uint64_t size, std::uint64_t smallest, const std::string& what);

/// A text field: not null, valid UTF-8 without control characters. Throws Malformed.
std::string checked_text(const char* text, const std::string& field);

}  // namespace ravine::harness
