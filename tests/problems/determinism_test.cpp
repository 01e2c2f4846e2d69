// The same arguments give the same bits: in another object, after other calls, at another address.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Determinism : public EveryProblem {};

INSTANTIATE_TEST_SUITE_P(Catalogue, Determinism, ::testing::ValuesIn(all_cases()), case_name);

// Value, gradient and Hessian-vector product, at `offset` doubles after a multiple of 64 bytes.
Vector results(Problem& problem, const Objective& objective, const Vector& x, std::size_t offset) {
  const std::size_t n = x.size();
  struct alignas(64) Line {
    std::array<double, 8> entries{};
  };
  const auto buffer = [&] { return std::vector<Line>((n + offset) / 8 + 1); };
  const auto place = [&](std::vector<Line>& lines) {
    return lines.data()->entries.data() + offset;
  };
  std::vector<Line> x_lines = buffer();
  std::vector<Line> v_lines = buffer();
  std::vector<Line> g_lines = buffer();
  std::vector<Line> hv_lines = buffer();
  std::ranges::copy(x, place(x_lines));
  std::ranges::copy(normal_vector(n, 3, "direction"), place(v_lines));
  double f = 0;
  const std::span<const double> placed(place(x_lines), n);
  EXPECT_EQ(problem.evaluate(objective, placed, &f, place(g_lines)), Answer::ok);
  EXPECT_EQ(problem.hessian_vectors(objective, placed, place(v_lines), 1, place(hv_lines)),
            Answer::ok);
  Vector all = {f};
  all.insert(all.end(), place(g_lines), place(g_lines) + n);
  all.insert(all.end(), place(hv_lines), place(hv_lines) + n);
  return all;
}

// Compares bits, so that -0 differs from 0 and a NaN equals itself.
void expect_same_bits(const Vector& a, const Vector& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0);
}

TEST_P(Determinism, TwoObjectsGiveTheSameBits) {
  const auto one = make();
  const auto two = make();
  expect_same_bits(one->facts().x0, two->facts().x0);
  const auto samples = small_batch(one->facts());
  const Vector x = generic_point(*one);
  for (const Objective& objective : objectives(one->facts(), samples))
    expect_same_bits(results(*one, objective, x, 0), results(*two, objective, x, 0));
}

TEST_P(Determinism, AlignmentDoesNotMatter) {
  const auto problem = make();
  const auto samples = small_batch(problem->facts());
  const Vector x = generic_point(*problem);
  for (const Objective& objective : objectives(problem->facts(), samples)) {
    const Vector aligned = results(*problem, objective, x, 0);
    for (std::size_t offset = 1; offset < 8; ++offset)
      expect_same_bits(aligned, results(*problem, objective, x, offset));
  }
}

TEST_P(Determinism, EarlierCallsDoNotMatter) {
  const auto problem = make();
  const auto samples = small_batch(problem->facts());
  const auto all = objectives(problem->facts(), samples);
  const Vector x = generic_point(*problem);
  std::vector<Vector> before;
  before.reserve(all.size());
  for (const Objective& objective : all) before.push_back(results(*problem, objective, x, 0));
  for (std::size_t k = all.size(); k-- > 0;) {
    results(*problem, all[k], problem->facts().x0, 0);
    if (!problem->facts().metrics.empty()) {
      Vector metrics(problem->facts().metrics.size());
      EXPECT_EQ(problem->measure(x, metrics), Answer::ok);
    }
    expect_same_bits(before[k], results(*problem, all[k], x, 0));
  }
}

TEST_P(Determinism, ValueAndGradientAloneEqualTogether) {
  const auto problem = make();
  const Vector x = generic_point(*problem);
  Vector together(x.size());
  double f = 0;
  ASSERT_EQ(problem->evaluate({}, x, &f, together.data()), Answer::ok);
  expect_same_bits({f}, {value(*problem, {}, x)});
  expect_same_bits(together, gradient(*problem, {}, x));
}

}  // namespace
}  // namespace ravine::problems::testing
