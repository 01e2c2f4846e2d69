#include "harness/run/zygote.hpp"

#include <fmt/format.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <new>

#include "harness/error.hpp"
#include "harness/worker/worker.hpp"

namespace ravine::harness {
namespace {

struct Request {
  std::uint64_t trial = 0;
};
struct Answer {
  TrialEnd end{};
  bool failed = false;  // no trial was run; `text` says why
  std::array<char, 480> text{};
};
static_assert(std::is_trivially_copyable_v<Request>);

/// Everything inherited but the own socket: a lock held open here would outlive the program.
void close_others(int keep) {
  if (keep > 3) close_range(3, static_cast<unsigned>(keep) - 1, 0);
  close_range(static_cast<unsigned>(keep) + 1, ~0U, 0);
}

void pin_to(int core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(static_cast<unsigned>(core), &cores);
  (void)sched_setaffinity(0, sizeof cores, &cores);  // times are a little noisier without it
}

void limit_memory([[maybe_unused]] std::uint64_t mib) {
#if !defined(RAVINE_SANITIZED)  // a sanitizer reserves terabytes for itself
  const rlimit limit{mib << 20, mib << 20};
  setrlimit(RLIMIT_DATA, &limit);
#endif
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
}

void say(int socket, const Answer& answer) {
  if (send(socket, &answer, sizeof answer, MSG_NOSIGNAL) != static_cast<ssize_t>(sizeof answer))
    _exit(kExitHarnessError);
}

void refuse(int socket, const std::string& why) {
  Answer answer;
  answer.failed = true;
  std::snprintf(answer.text.data(), answer.text.size(), "%s", why.c_str());
  say(socket, answer);
}

/// Builds the problem before the fork. What stands in the way of it is met again by the worker,
/// which can say so in the trial's record.
void prepare(KeptProblem& problem, const TrialSpec& trial, problems::DataSets& data) {
  try {
    problem.of(trial, data);
    malloc_trim(0);  // a worker that is given a page used here copies it before it writes
  } catch (const std::exception&) {
    problem.drop();
  }
}

/// Whether a trial after this one is on the same plugin and problem. A plan goes problem by
/// problem, so that the search ends with this one's trials.
bool wanted_again(const std::vector<TrialSpec>& trials, std::size_t index) {
  for (std::size_t later = index + 1; later < trials.size(); ++later) {
    if (!same_problem(trials[later], trials[index])) return false;
    if (trials[later].plugin == trials[index].plugin) return true;
  }
  return false;
}

int serve(int socket, const ZygoteContext& context, std::size_t plugin, Area& area, int core) {
  if (core >= 0) pin_to(core);
  close_others(socket);
  adopt_orphans();
  const PluginInfo& expected = context.plugins[plugin];
  const LoadResult loaded = load_plugin(expected.path);
  KeptProblem problem;
  Request request;
  while (recv(socket, &request, sizeof request, 0) == static_cast<ssize_t>(sizeof request)) {
    if (!loaded.plugin) {
      refuse(socket, loaded.text);
      continue;
    }
    if (loaded.plugin->info().hash != expected.hash) {
      refuse(socket,
             expected.path + ": the library was replaced since the run began: run the suite again");
      continue;
    }
    const TrialSpec& trial = context.trials[request.trial];
    const std::int64_t began = now_ns();
    prepare(problem, trial, context.data);
    const pid_t worker = fork_child(context.show_output, [&] {
      close(socket);
      limit_memory(trial.memory_mib);
      run_guarded(trial, *loaded.plugin, problem, context.data, area, began);
      return kExitDone;
    });
    Answer answer;
    answer.end.child =
        await_child(worker, std::chrono::duration<double>(trial.budget_seconds + kGraceSeconds));
    end_orphans();
    const std::int64_t ended = now_ns();
    if (area.phase.load() == Phase::working) area.books.close_at(ended);
    answer.end.wall_seconds = static_cast<double>(ended - began) * 1e-9;
    say(socket, answer);
    if (!wanted_again(context.trials, request.trial)) problem.drop();
  }
  return kExitDone;
}

}  // namespace

Zygote::Zygote(const ZygoteContext& context, std::size_t plugin, Area& area, int core) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw HarnessError(fmt::format("cannot make a socket pair: {}", std::strerror(errno)));
  process_ =
      fork_child(context.show_output, [&] { return serve(ends[1], context, plugin, area, core); });
  close(ends[1]);
  socket_ = ends[0];
}

Zygote::~Zygote() {
  close(socket_);
  if (process_ > 0) (void)await_child(process_, std::chrono::duration<double>(0));
}

void Zygote::start(std::size_t trial) {
  const Request request{trial};
  (void)send(socket_, &request, sizeof request,
             MSG_NOSIGNAL);  // one that is gone is seen in receive
}

bool Zygote::receive(TrialEnd& end) {
  Answer answer;
  const ssize_t got = recv(socket_, &answer, sizeof answer, 0);
  if (got == static_cast<ssize_t>(sizeof answer)) {
    if (!answer.failed) {
      end = answer.end;
      return true;
    }
    answer.text.back() = '\0';
    failure_ = answer.text.data();
    return false;
  }
  end_ = await_child(process_, std::chrono::duration<double>(1));
  process_ = -1;
  failure_ = "the process that had loaded the plugin " + end_.text();
  return false;
}

}  // namespace ravine::harness
