#include "harness/worker/requirements.hpp"

#include <fmt/format.h>

#include "problems/facts.hpp"

namespace ravine::harness {

namespace {

/// Where the problem's size is the likely reason.
std::string why_not(const std::string& extension, const ravine_task& task) {
  if (extension != RAVINE_EXTENSION_HESSIAN || task.n <= problems::kDenseHessianLimit) return "";
  return fmt::format(": a dense Hessian is for n of at most {}, and n = {}",
                     problems::kDenseHessianLimit, task.n);
}

}  // namespace

std::string missing(const OptimizerInfo& info, const TrialSpec& spec, const ravine_task& task,
                    const ravine_oracle& oracle) {
  const std::uint64_t lacking = info.needs & ~task.offers;
  if ((lacking & RAVINE_HESSIAN_VECTORS) != 0)
    return "needs Hessian-vector products, which the problem does not offer";
  if ((lacking & RAVINE_BATCHES) != 0)
    return "needs batches, and the problem is not a sum over samples";
  if ((lacking & RAVINE_FULL_OBJECTIVE) != 0)
    return "needs the full objective, which fresh samples without end do not have";
  if (lacking != 0)
    return fmt::format("needs what the problem does not offer (bits {:#x})", lacking);
  for (const auto& name : info.needs_extensions)
    if (oracle.extension(&oracle, name.c_str()) == nullptr)
      return fmt::format("needs {}, which the problem does not offer{}", name, why_not(name, task));
  const bool whole_objective_only = !info.steps && spec.batch_size != 0;
  if (whole_objective_only && (info.needs & RAVINE_FULL_OBJECTIVE) != 0)
    return "needs the full objective, and the suite gives mini-batches";
  return "";
}

}  // namespace ravine::harness
