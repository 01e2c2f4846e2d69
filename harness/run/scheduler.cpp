#include "harness/run/scheduler.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>

#include "harness/error.hpp"
#include "harness/run/assemble.hpp"
#include "harness/run/interrupt.hpp"
#include "harness/run/progress.hpp"
#include "harness/run/provenance.hpp"
#include "harness/run/zygote.hpp"
#include "harness/worker/worker.hpp"

namespace ravine::harness {
namespace {

using results::Status;

/// Stores what has ended, and counts it.
class Ledger {
 public:
  Ledger(const Plan& plan, const std::vector<PluginInfo>& plugins, results::Store& store,
         const RunOptions& options, std::size_t total)
      : plan_(plan), plugins_(plugins), store_(store), progress_(total, options.quiet) {
    const results::Provenance machine = this_machine();
    store_.add(machine);
    context_ = {machine.machine, clock_cost_seconds()};
  }

  void ended(std::size_t trial, const Area& area, const TrialEnd& end,
             const std::string& started_at) {
    const TrialSpec& spec = plan_.trials[trial];
    add(record_of(spec, plugins_[spec.plugin], area, end),
        measurement_of(area, end, context_, started_at));
  }
  void could_not_run(std::size_t trial, const std::string& why) {
    const TrialSpec& spec = plan_.trials[trial];
    results::Measurement nothing;
    nothing.machine = context_.machine;
    nothing.started_at = utc_now();
    add(void_record(spec, plugins_[spec.plugin], why), nothing);
  }
  RunSummary summary;

 private:
  void add(const results::TrialRecord& record, const results::Measurement& measurement) {
    if (store_.add(record, measurement) == results::Added::disagreement) ++summary.differing;
    ++summary.run;
    const bool failed = record.status == Status::crash || record.status == Status::timeout ||
                        record.status == Status::memory || record.status == Status::protocol;
    if (failed) ++summary.failed;
    if (record.status == Status::infrastructure) ++summary.voided;
    progress_.finished(failed, record.optimizer_label + " on " + record.problem_label);
  }

  const Plan& plan_;
  const std::vector<PluginInfo>& plugins_;
  results::Store& store_;
  Progress progress_;
  RunContext context_;
};

/// One place for a worker, with a zygote for each plugin that it has met.
class Slot {
 public:
  Slot(const ZygoteContext& context, Ledger& ledger, int core)
      : context_(context), ledger_(ledger), core_(core) {}

  [[nodiscard]] bool busy() const { return trial_.has_value(); }
  [[nodiscard]] int descriptor() const { return zygotes_.at(plugin()).descriptor(); }

  void start(std::size_t trial) {
    trial_ = trial;
    area_->clear();
    started_at_ = utc_now();
    // The zygote keeps its own watch; this one is for a zygote that hangs while it loads.
    deadline_ns_ = now_ns() + static_cast<std::int64_t>((context_.trials[trial].budget_seconds +
                                                         kGraceSeconds + kLoadSeconds) *
                                                        1e9);
    zygotes_.try_emplace(plugin(), context_, plugin(), *area_, core_).first->second.start(trial);
  }

  /// The zygote has something to say, or is late.
  void attend() {
    TrialEnd end;
    Zygote& zygote = zygotes_.at(plugin());
    if (zygote.receive(end)) {
      ledger_.ended(*trial_, *area_, end, started_at_);
    } else if (zygote.died() && area_->phase.load() == Phase::working) {
      // The plugin was at work when the process above it died: it is the plugin's doing.
      end.child = zygote.end();
      ledger_.ended(*trial_, *area_, end, started_at_);
      zygotes_.erase(plugin());
    } else {
      ledger_.could_not_run(*trial_, zygote.failure());
      zygotes_.erase(plugin());
    }
    trial_.reset();
  }

  void attend_if_late() {
    if (!busy() || now_ns() < deadline_ns_) return;
    zygotes_.erase(plugin());
    ledger_.could_not_run(*trial_, "the process that had loaded the plugin hung and was killed");
    trial_.reset();
  }

 private:
  static constexpr double kLoadSeconds = 10;
  [[nodiscard]] std::size_t plugin() const { return context_.trials[*trial_].plugin; }

  const ZygoteContext& context_;
  Ledger& ledger_;
  int core_;
  SharedArea area_;  // before the zygotes, which inherit it
  std::map<std::size_t, Zygote> zygotes_;
  std::optional<std::size_t> trial_;
  std::string started_at_;
  std::int64_t deadline_ns_ = 0;
};

/// The cores that this process may run on: a worker each, where there are enough.
std::vector<int> usable_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> cores;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return cores;
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(static_cast<unsigned>(core), &set)) cores.push_back(core);
  return cores;
}

/// Whatever a zygote that was killed had left.
struct OrphanGuard {
  OrphanGuard() = default;
  OrphanGuard(const OrphanGuard&) = delete;
  OrphanGuard& operator=(const OrphanGuard&) = delete;
  ~OrphanGuard() { end_orphans(); }
};

void run_in_children(const ZygoteContext& context, const std::vector<std::size_t>& todo,
                     std::size_t jobs, Ledger& ledger) {
  const OrphanGuard after_the_slots;
  const std::vector<int> cores = usable_cores();
  std::vector<std::unique_ptr<Slot>> slots;
  for (std::size_t i = 0; i < std::min(jobs, todo.size()); ++i)
    slots.push_back(std::make_unique<Slot>(context, ledger, jobs <= cores.size() ? cores[i] : -1));
  auto next = todo.begin();
  while (!InterruptGuard::interrupted()) {
    std::vector<pollfd> waiting;
    std::vector<Slot*> busy;
    for (const auto& slot : slots) {
      if (!slot->busy() && next != todo.end()) slot->start(*next++);
      if (!slot->busy()) continue;
      busy.push_back(slot.get());
      waiting.push_back({slot->descriptor(), POLLIN, 0});
    }
    if (busy.empty()) return;
    const int polled = poll(waiting.data(), waiting.size(), 1000);
    if (polled < 0 && errno != EINTR)
      throw HarnessError(fmt::format("cannot wait for workers: {}", std::strerror(errno)));
    if (polled < 0) continue;
    for (std::size_t i = 0; i < busy.size(); ++i) {
      if (waiting[i].revents != 0) busy[i]->attend();
      busy[i]->attend_if_late();
    }
  }
  ledger.summary.interrupted = true;
}

void run_in_process(const ZygoteContext& context, const std::vector<std::size_t>& todo,
                    Ledger& ledger) {
  std::map<std::size_t, LoadResult> loaded;
  const SharedArea area;
  KeptProblem problem;
  for (const std::size_t index : todo) {
    if (InterruptGuard::interrupted()) break;
    const TrialSpec& trial = context.trials[index];
    auto [library, fresh] = loaded.try_emplace(trial.plugin);
    if (fresh) library->second = load_plugin(context.plugins[trial.plugin].path);
    if (!library->second.plugin) {
      ledger.could_not_run(index, library->second.text);
      continue;
    }
    area->clear();
    const std::string started_at = utc_now();
    const std::int64_t began = now_ns();
    run_trial(trial, *library->second.plugin, problem.of(trial, context.data), *area, began);
    TrialEnd end;
    end.wall_seconds = static_cast<double>(now_ns() - began) * 1e-9;
    ledger.ended(index, *area, end, started_at);
  }
  ledger.summary.interrupted = InterruptGuard::interrupted();
}

/// Limits in seconds and memory are no part of a trial's identity: a larger one is not seen by
/// itself.
void forget_limited(const Plan& plan, results::Store& store) {
  for (const TrialSpec& trial : plan.trials) {
    const auto record = store.trial(trial.id);
    if (record && (record->stopped_by_clock || record->status == Status::timeout ||
                   record->status == Status::memory))
      store.remove(trial.id);
  }
}

}  // namespace

RunSummary run_plan(const Plan& plan, const std::vector<PluginInfo>& plugins,
                    problems::DataSets& data, results::Store& store, const RunOptions& options) {
  const InterruptGuard guard;
  if (options.retry) forget_limited(plan, store);
  const auto finished = store.finished_ids();
  std::vector<std::size_t> todo;
  for (std::size_t i = 0; i < plan.trials.size(); ++i)
    if (!std::binary_search(finished.begin(), finished.end(), plan.trials[i].id)) todo.push_back(i);
  const ZygoteContext context{plan.trials, plugins, data, options.show_output};
  Ledger ledger(plan, plugins, store, options, todo.size());
  ledger.summary.skipped = plan.trials.size() - todo.size();
  if (options.in_process)
    run_in_process(context, todo, ledger);
  else
    run_in_children(context, todo, options.jobs, ledger);
  return ledger.summary;
}

}  // namespace ravine::harness
