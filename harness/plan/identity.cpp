#include "harness/plan/identity.hpp"

#include <fmt/format.h>

#include "harness/hash/sha256.hpp"
#include "harness/plan/settings.hpp"

namespace ravine::harness {

void identify(TrialSpec& t, const PluginInfo& plugin, const problems::Family& family) {
  const OptimizerInfo& optimizer = plugin.optimizers[t.optimizer];
  std::string text = fmt::format("optimizer={} version={}\n", optimizer.id, optimizer.version);
  for (std::size_t i = 0; i < t.settings.size(); ++i)
    text += fmt::format("setting {}={}\n", optimizer.parameters[i].name, t.settings[i]);
  // Only where there is one, so that trials without keep the identity that they always had.
  if (!t.schedule.empty()) text += fmt::format("schedule={}\n", schedule_text(t.schedule));
  if (!t.average.empty()) text += fmt::format("average={}\n", average_text(t.average));
  text += fmt::format("problem={} revision={}\n", family.id, family.revision);
  for (const auto& [name, value] : t.parameters)
    text += fmt::format("parameter {}={}\n", name, parameter_text(value));
  text += fmt::format("instance={} seed={} batch={}\n", t.instance.index, t.seed, t.batch_size);
  if (t.batch_order != BatchOrder::shuffled || t.drop_last_batch)
    text += fmt::format("order={} drop={}\n", static_cast<int>(t.batch_order), t.drop_last_batch);
  for (const double x : t.start) text += fmt::format("start={}\n", x);
  for (const auto& target : t.targets)
    text += fmt::format("target={}={}\n", target.name, target.level);
  text += fmt::format("budget={} {}\nstage={}\n", t.budget_iterations, t.budget_oracle,
                      t.stage_iterations);
  text += fmt::format("weights={} {} {} {} {}\n", t.weights.value, t.weights.gradient,
                      t.weights.hessian_vector, t.weights.hessian_per_n, t.weights.partial_times_n);
  text += fmt::format("judge={} {} divergence={}\n", t.judge.every, t.judge.first, t.divergence);
  if (t.judge.gradient_error > 0)
    text += fmt::format("gradient_error={}\n", t.judge.gradient_error);
  t.meaning = hex(sha256(text), 32);
  text += fmt::format("plugin={} {}\ninstance_hash={}\nprotocol={}\narch={}\n", plugin.hash,
                      plugin.libraries_hash, t.instance_hash, kProtocolVersion, RAVINE_ARCH);
  t.id = hex(sha256(text), 32);
  t.optimizer_seed = seed_of(fmt::format("optimizer\nid={}\nseed={}\ninstance={}\n", optimizer.id,
                                         t.seed, t.instance.seed));
}

}  // namespace ravine::harness
