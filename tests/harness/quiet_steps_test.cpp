// The harness's own path does nothing per step that would disturb a measurement: no allocation and
// no system call.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <array>
#include <cstddef>

#include "harness/worker/worker.hpp"
#include "tests/allocations/allocations.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;

constexpr std::uint64_t kFirst = 100;
constexpr std::uint64_t kLast = 3000;
std::uint64_t count_at_first = 0;
std::uint64_t count_at_last = 0;
std::array<double, 32768> gradient;  // n of the largest problem below; a step must not allocate

std::int32_t tiny_step(const ravine_oracle* oracle, const ravine_step* step, double* x) {
  const auto status = oracle->evaluate(oracle, step->ticket, x, nullptr, gradient.data());
  if (status == RAVINE_OK) x[0] -= 1e-3 * gradient[0];
  return status;
}

std::int32_t counting_step(void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
  if (step->iteration == kFirst) count_at_first = test::allocation_count();
  if (step->iteration == kLast) count_at_last = test::allocation_count();
  return tiny_step(oracle, step, x);
}

// Kills the process at any system call but exit. (Strict mode would do, if it did not forbid
// reading the time-stamp counter too, which the clock reads in user space.)
void forbid_system_calls() {
  std::array<sock_filter, 4> program{{{BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(seccomp_data, nr)},
                                      {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_exit},
                                      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
                                      {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS}}};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

// From kFirst on any system call but exit kills the process; at kLast it exits with a code of its
// own.
std::int32_t sealed_step(void*, const ravine_oracle* oracle, const ravine_step* step, double* x) {
  if (step->iteration == kFirst) forbid_system_calls();
  if (step->iteration == kLast) syscall(SYS_exit, 42);
  return tiny_step(oracle, step, x);
}

harness::TrialSpec trial_of(const std::string& family) {
  harness::TrialSpec trial = test::plain_trial(family, kLast + 2);
  trial.targets = {{.name = "relative 1e-300", .metric = {}, .level = 1e-300}};
  return trial;
}

void run(const harness::TrialSpec& trial, decltype(ravine_optimizer::step) step,
         harness::Area& area) {
  ravine_optimizer optimizer = test::blank_optimizer();
  optimizer.step = step;
  problems::DataSets data;
  harness::KeptProblem problem;
  harness::run_trial(trial, test::TestPlugin(optimizer), problem.of(trial, data), area,
                     harness::now_ns());
}

class QuietSteps : public testing::TestWithParam<const char*> {};

TEST_P(QuietSteps, AllocateNothing) {
  if (!test::counts_allocations()) GTEST_SKIP() << "a sanitizer brings an allocator of its own";
  const harness::SharedArea area;
  count_at_first = count_at_last = 0;
  run(trial_of(GetParam()), &counting_step, *area);
  ASSERT_GT(count_at_first, 0U) << area->reason.data();
  EXPECT_EQ(count_at_last, count_at_first);
}

TEST_P(QuietSteps, AllocateNothingWithAScheduleAndAnAverage) {
  if (!test::counts_allocations()) GTEST_SKIP() << "a sanitizer brings an allocator of its own";
  harness::TrialSpec trial = trial_of(GetParam());
  trial.schedule = {
      {"constant",
       {{"per", {0}}, {"warmup", {2000}}, {"warmup_from", {0}}, {"warmup_shape", {0}}}}};
  trial.average = {{"ema", {{"beta", {0.9}}}}};
  const harness::SharedArea area;
  count_at_first = count_at_last = 0;
  run(trial, &counting_step, *area);
  ASSERT_GT(count_at_first, 0U) << area->reason.data();
  EXPECT_EQ(count_at_last, count_at_first);
}

TEST_P(QuietSteps, MakeNoSystemCall) {
#if defined(RAVINE_SANITIZED)
  GTEST_SKIP() << "a sanitizer makes system calls of its own";
#endif
  const harness::SharedArea area;
  const pid_t child = fork();
  if (child == 0) {
    run(trial_of(GetParam()), &sealed_step, *area);
    _exit(1);  // it ended before kLast
  }
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status)
                                 << ": a system call was made";
  EXPECT_EQ(WEXITSTATUS(status), 42) << area->reason.data();
}

INSTANTIATE_TEST_SUITE_P(On, QuietSteps, testing::Values("quadratic", "rosenbrock", "rastrigin"));

TEST(QuietStepsOnBatches, AllocateNothingBetweenEpochs) {
  if (!test::counts_allocations()) GTEST_SKIP() << "a sanitizer brings an allocator of its own";
  harness::TrialSpec trial = test::plain_trial("mlp", kLast + 2);
  trial.parameters["hidden"] = {0, "4"};
  trial.parameters["train"] = {16384, ""};
  trial.parameters["test"] = {10, ""};
  trial.batch_size = 4;  // 3000 steps lie within one epoch of 4096
  trial.judge = {.every = 100000, .first = 1};
  const harness::SharedArea area;
  count_at_first = count_at_last = 0;
  run(trial, &counting_step, *area);
  ASSERT_GT(count_at_first, 0U) << area->reason.data();
  EXPECT_EQ(count_at_last, count_at_first);
}

}  // namespace
