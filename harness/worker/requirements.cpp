#include "harness/worker/requirements.hpp"

#include <fmt/format.h>

namespace ravine::harness {

std::string missing(const OptimizerInfo& info, const TrialSpec& spec, const ravine_task& task,
                    const ravine_oracle& oracle) {
  const std::uint64_t lacking = info.needs & ~task.offers;
  if ((lacking & RAVINE_HESSIAN_VECTORS) != 0)
    return "needs Hessian-vector products, which the problem does not offer";
  if ((lacking & RAVINE_BATCHES) != 0)
    return "needs batches, and the problem is not a sum over samples";
  if (lacking != 0)
    return fmt::format("needs what the problem does not offer (bits {:#x})", lacking);
  for (const auto& name : info.needs_extensions)
    if (oracle.extension(&oracle, name.c_str()) == nullptr)
      return fmt::format("needs {}, which the problem does not offer", name);
  const bool whole_objective_only = !info.steps && spec.batch_size != 0;
  if (whole_objective_only && (info.needs & RAVINE_FULL_OBJECTIVE) != 0)
    return "needs the full objective, and the suite gives mini-batches";
  return "";
}

}  // namespace ravine::harness
