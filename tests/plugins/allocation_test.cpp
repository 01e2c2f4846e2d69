// Optimizers ask for no memory in a step after their first: what a step needs is there from the
// start on, or the measurement would be that of the C library too.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/allocations/allocations.hpp"
#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

// table.*member, without the allocations that it makes itself. The test's host answers with the
// same function in every instance, which is why one place for the original is enough.
template <auto member, class Table, class Result, class... Args>
void uncount(Table& table, Result (*Table::* /*member*/)(Args...)) {
  static auto original = table.*member;
  if (original == nullptr) return;
  table.*member = [](Args... args) -> Result {
    const AllocationPause pause;
    return original(args...);
  };
}
template <auto... members, class Table>
void uncount(Table& table) {
  (uncount<members>(table, members), ...);
}
template <auto... members, class Table>
void uncount_extension(const ravine_oracle& oracle, const char* name, Table* /*type*/) {
  const void* found = oracle.extension(&oracle, name);
  if (found != nullptr) uncount<members...>(*static_cast<Table*>(const_cast<void*>(found)));
}

/// Whatever the host does for the optimizer is no allocation of the optimizer's.
void uncount_host(Host& host) {
  uncount<&ravine_host::log, &ravine_host::random_bits, &ravine_host::random_uniform,
          &ravine_host::random_normal>(host.services());
  ravine_oracle& oracle = host.oracle.table();
  uncount_extension<&ravine_hessian::hessian>(oracle, RAVINE_EXTENSION_HESSIAN,
                                              static_cast<ravine_hessian*>(nullptr));
  uncount_extension<&ravine_residuals::residuals, &ravine_residuals::jacobian,
                    &ravine_residuals::jacobian_vector, &ravine_residuals::vector_jacobian>(
      oracle, RAVINE_EXTENSION_RESIDUALS, static_cast<ravine_residuals*>(nullptr));
  uncount_extension<&ravine_partials::open, &ravine_partials::partial, &ravine_partials::move,
                    &ravine_partials::close>(oracle, RAVINE_EXTENSION_PARTIALS,
                                             static_cast<ravine_partials*>(nullptr));
  uncount_extension<&ravine_sample_gradients::gradients>(
      oracle, RAVINE_EXTENSION_SAMPLE_GRADIENTS, static_cast<ravine_sample_gradients*>(nullptr));
  uncount<&ravine_oracle::evaluate, &ravine_oracle::should_stop, &ravine_oracle::report,
          &ravine_oracle::extension, &ravine_oracle::hessian_vectors, &ravine_oracle::draw_batch,
          &ravine_oracle::make_batch, &ravine_oracle::batch_samples, &ravine_oracle::release_batch>(
      oracle);
}

Objective in_batches(Objective objective) {
  objective.samples.batch_size = 2;
  return objective;
}

class Allocation : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, Allocation, testing::ValuesIn(stepping_plugins()),
                         [](const auto& tested) { return tested.param; });

/// The most allocations that a step after the first makes, up to the trial's last step.
std::uint64_t most_in_a_step(Host& host, int steps) {
  uncount_host(host);
  std::uint64_t most = 0;
  for (int k = 1; k <= steps; ++k) {
    std::uint64_t ticket = RAVINE_FULL;
    ravine_oracle& oracle = host.oracle.table();
    if (host.oracle.objective.samples.batch_size > 0) oracle.draw_batch(&oracle, &ticket);
    const std::uint64_t before = allocation_count();
    const std::int32_t status = host.step(1, ticket);
    const std::uint64_t after = allocation_count();
    if (status != RAVINE_OK) break;
    if (k > 1) most = std::max(most, after - before);
  }
  return most;
}

TEST_P(Allocation, HasAnEndWithTheFirstStep) {
  if (!counts_allocations()) GTEST_SKIP() << "a sanitizer brings an allocator of its own";
  const std::pair<const char*, Objective> tasks[] = {{"net", small_net()},
                                                     {"net in batches", in_batches(small_net())},
                                                     {"quadratic", mild_quadratic()},
                                                     {"rosenbrock", rosenbrock()},
                                                     {"one variable", one_dimensional()}};
  // Above some n = 130 the panels of a product are larger than Eigen packs on the stack unless it
  // is told to (ravine_plugin.cmake); at 300 they are blocked too.
  const Objective large = diagonal_quadratic(std::vector<double>(300, 0.5));
  int walks = 0;
  for (const Settings& settings : variants_of(*Host(GetParam(), task_for(GetParam())).optimizer)) {
    const auto check = [&](const char* name, const Objective& objective, int steps) {
      SCOPED_TRACE(name + text_of(settings));
      if (!accepts(GetParam(), objective, settings)) return;
      Host host(GetParam(), objective, settings);
      EXPECT_EQ(most_in_a_step(host, steps), 0U);
      ++walks;
    };
    for (const auto& [name, objective] : tasks) check(name, objective, 20);
    check("large", large, 3);
  }
  EXPECT_GT(walks, 0);
}

TEST(AllocationCount, SeesWhatAPluginAsksFor) {
  if (!counts_allocations()) GTEST_SKIP() << "a sanitizer brings an allocator of its own";
  Host host("adam", mild_quadratic());
  host.x.reserve(host.oracle.objective.start.size());
  const std::uint64_t before = allocation_count();
  ASSERT_EQ(host.reset(), RAVINE_OK);
  EXPECT_GE(allocation_count() - before, 3U) << "m, v and g are made anew";
}

}  // namespace
