#include "tests/problems/support/evaluation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "problems/random/stream.hpp"

namespace ravine::problems::testing {

double value(Problem& problem, const Objective& objective, const Vector& x) {
  double f = 0;
  EXPECT_EQ(problem.evaluate(objective, x, &f, nullptr), Answer::ok);
  return f;
}

Vector gradient(Problem& problem, const Objective& objective, const Vector& x) {
  Vector g(x.size());
  EXPECT_EQ(problem.evaluate(objective, x, nullptr, g.data()), Answer::ok);
  return g;
}

Vector hessian_vector(Problem& problem, const Objective& objective, const Vector& x,
                      const Vector& v) {
  Vector hv(x.size());
  EXPECT_EQ(problem.hessian_vectors(objective, x, v.data(), 1, hv.data()), Answer::ok);
  return hv;
}

Vector normal_vector(std::uint64_t n, std::uint64_t key, std::string_view purpose) {
  const Stream stream(key, purpose);
  Vector result(n);
  for (std::uint64_t i = 0; i < n; ++i) result[i] = stream.normal(i);
  return result;
}

Vector generic_point(const Problem& problem) {
  const Facts& facts = problem.facts();
  return plus(facts.x0, 0.1, normal_vector(facts.n, 5, "generic point"));
}

double max_norm(std::span<const double> v) {
  double largest = 0;
  for (const double entry : v) largest = std::max(largest, std::abs(entry));
  return largest;
}

Vector plus(Vector a, double factor, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += factor * b[i];
  return a;
}

std::vector<Objective> objectives(const Facts& facts, std::span<const std::uint64_t> samples) {
  std::vector<Objective> result;
  for (std::uint64_t stage = 0; stage < facts.stages.size(); ++stage) {
    result.push_back({stage});
    if (facts.sample_count > 0) result.push_back({stage, samples, false});
  }
  return result;
}

std::vector<std::uint64_t> small_batch(const Facts& facts) {
  std::vector<std::uint64_t> samples;
  for (std::uint64_t i = 0; i < 40 && facts.sample_count > 0; ++i)
    samples.push_back(i * 13 % facts.sample_count);
  if (!samples.empty()) samples.push_back(samples.front());
  return samples;
}

}  // namespace ravine::problems::testing
