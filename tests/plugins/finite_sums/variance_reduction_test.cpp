// SVRG and SAGA: linear convergence with a constant rate where SGD stalls, and their limits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "tests/plugins/host.hpp"
#include "tests/plugins/random.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;
using ravine::test::RandomStream;
using ravine::test::Settings;

constexpr std::size_t kN = 20;
constexpr double kMu = 0.2;

/// f_i = (a_i'x - b_i)^2 / 2 + mu |x|^2 / 2 with normal a_i and b_i: N = 20, n = 3, batches of 1.
/// Each is mu-strongly convex and (|a_i|^2 + mu)-smooth.
struct LeastSquares {
  std::vector<double> a = std::vector<double>(3 * kN), b = std::vector<double>(kN);
  double largest = 0;  // L
  std::vector<double> minimizer = std::vector<double>(3);

  LeastSquares() {
    const RandomStream normal("least squares");
    for (std::size_t i = 0; i < 3 * kN; ++i) a[i] = normal.normal(i);
    for (std::size_t i = 0; i < kN; ++i) b[i] = normal.normal(3 * kN + i);
    for (std::size_t i = 0; i < kN; ++i)
      largest = std::max(largest, std::inner_product(&a[3 * i], &a[3 * i] + 3, &a[3 * i], kMu));
    for (int k = 0; k < 5000; ++k) {  // gradient descent with 1/L, to the last bit
      std::vector<double> g(3);
      objective().f(minimizer, g);
      for (std::size_t j = 0; j < 3; ++j) minimizer[j] -= g[j] / largest;
    }
  }
  [[nodiscard]] double one(std::size_t i, std::span<const double> x, std::span<double> g) const {
    double r = -b[i], xx = 0;
    for (std::size_t j = 0; j < 3; ++j) r += a[3 * i + j] * x[j];
    for (std::size_t j = 0; j < 3; ++j) xx += x[j] * x[j];
    for (std::size_t j = 0; j < g.size(); ++j) g[j] = r * a[3 * i + j] + kMu * x[j];
    return r * r / 2 + kMu * xx / 2;
  }
  [[nodiscard]] Objective objective() const {
    const auto sample = [p = *this](std::size_t i, std::span<const double> x, std::span<double> g) {
      return p.one(i, x, g);
    };
    const auto f = [sample](std::span<const double> x, std::span<double> g) {
      std::vector<double> part(g.size());
      std::fill(g.begin(), g.end(), 0.0);
      double sum = 0;
      for (std::size_t i = 0; i < kN; ++i) {
        sum += sample(i, x, part);
        for (std::size_t j = 0; j < g.size(); ++j) g[j] += part[j];
      }
      for (double& v : g) v /= kN;
      return sum / kN;
    };
    Objective whole{{2, -1, 1}, f};
    whole.samples = {kN, sample, 1};
    return whole;
  }
  [[nodiscard]] double distance(std::span<const double> x) const {
    double sum = 0;
    for (std::size_t j = 0; j < 3; ++j) sum += (x[j] - minimizer[j]) * (x[j] - minimizer[j]);
    return sum;
  }
};

/// A step on the given samples.
void step_on(Host& host, const std::vector<std::uint64_t>& samples) {
  const std::uint64_t ticket = host.oracle.tickets.make(samples);
  ASSERT_EQ(host.step(1, ticket), RAVINE_OK) << host.log;
  host.oracle.tickets.live.erase(ticket);
}

/// Steps on single samples drawn uniformly with replacement.
void random_steps(Host& host, int count, const std::string& seed) {
  const RandomStream stream("samples" + seed);
  for (int k = 0; k < count; ++k)
    step_on(host, {std::min<std::uint64_t>(
                      kN - 1, static_cast<std::uint64_t>(
                                  stream.uniform(static_cast<std::uint64_t>(k)) * kN))});
}

TEST(Svrg, ConvergesWithAConstantRateWhereSgdStalls) {
  const LeastSquares p;
  const Settings rate{{"learning_rate", 0.1 / p.largest}};  // the usual .1/L
  Host svrg("svrg", p.objective(), {{"learning_rate", 0.1 / p.largest}, {"m", 400}});
  Host sgd("gradient_descent", p.objective(), rate);
  // Snapshots shrink linearly: by the theorem's factor 1/(mu a (1 - 2La) m) + 2La/(1 - 2La) in
  // expectation of f; 0.9 a snapshot is far above what single runs show.
  double before = p.distance(svrg.x);
  for (int s = 0; s < 30; ++s) {
    random_steps(svrg, 400, std::to_string(s));
    if (before < 1e-26) break;  // rounding
    EXPECT_LT(p.distance(svrg.x), 0.9 * before) << "snapshot " << s;
    before = p.distance(svrg.x);
  }
  EXPECT_LT(p.distance(svrg.x), 1e-24);
  // SGD's stationary variance is about a trace(variance of g_i) / (2 mu): about 1e-2 here.
  for (int s = 0; s < 30; ++s) random_steps(sgd, 400, std::to_string(s));
  double mean = 0;
  for (int s = 0; s < 50; ++s) {
    random_steps(sgd, 100, "later" + std::to_string(s));
    mean += p.distance(sgd.x) / 50;
  }
  EXPECT_GT(mean, 1e-5);
}

TEST(Svrg, WithAllSamplesInABatchIsGradientDescent) {
  // g - g~ + mu with g~ = mu: a rounding of |g| <= 10 a step, and contraction.
  const LeastSquares p;
  const double rate = 0.5 / p.largest;
  Host svrg("svrg", p.objective(), {{"learning_rate", rate}, {"m", 7}});
  Host plain("gradient_descent", p.objective(), {{"learning_rate", rate}});
  std::vector<std::uint64_t> all(kN);
  std::iota(all.begin(), all.end(), std::uint64_t{0});
  for (int k = 0; k < 60; ++k) {
    step_on(svrg, all);
    plain.steps(1);
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(svrg.x[j], plain.x[j], 1e-14);
  }
}

TEST(Svrg, WithASnapshotAtEachStepIsGradientDescentBitForBit) {
  const LeastSquares p;
  Host svrg("svrg", p.objective(), {{"learning_rate", 0.05}, {"m", 1}});
  Host plain("gradient_descent", p.objective(), {{"learning_rate", 0.05}});
  random_steps(svrg, 40, "");  // on whatever batch
  plain.steps(40);
  EXPECT_EQ(svrg.x, plain.x);
}

TEST(Svrg, CorrectsTheBatchByTheSnapshot) {
  const LeastSquares p;
  Host host("svrg", p.objective(), {{"learning_rate", 0.1}});  // m = 0: 20 batches of 1 are a pass
  std::vector<double> x = host.x, snapshot = x, mu(3), g(3), g_snapshot(3);
  for (std::uint64_t k = 0; k < 41; ++k) {
    if (k % kN == 0) {
      snapshot = x;
      host.oracle.objective.f(x, mu);
    }
    (void)p.one(k * 7 % kN, x, g);
    (void)p.one(k * 7 % kN, snapshot, g_snapshot);
    for (std::size_t j = 0; j < 3; ++j) x[j] -= 0.1 * (g[j] - g_snapshot[j] + mu[j]);
    step_on(host, {k * 7 % kN});
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(host.x[j], x[j], 1e-14) << "step " << k;
  }
}

TEST(Saga, StaysWithinTheTheoremsBoundWhereSgdDoesNot) {
  // Defazio et al. 2014, Corollary 1, for a = 1/(3L): E |x_k - x*|^2 <= (1 - min(1/(4N),
  // mu/(3L)))^k
  // (|x_0 - x*|^2 + 2N/(3L) (f(x_0) - f(x*))). The mean of 40 runs estimates the left side with an
  // error of some ten percent of it, and the worst case of the theorem is far above this problem.
  const LeastSquares p;
  const double rate = 1 / (3 * p.largest);
  Host start("saga", p.objective());
  const double f0 = start.f();
  start.x = p.minimizer;
  const double constant =
      p.distance(p.objective().start) + 2 * kN / (3 * p.largest) * (f0 - start.f());
  const double rho = 1 - std::min(1.0 / (4 * kN), kMu / (3 * p.largest));
  constexpr int kRuns = 40;
  for (const int k : {100, 500, 2000}) {
    double saga = 0, sgd = 0;
    for (int run = 0; run < kRuns; ++run) {
      Host reduced("saga", p.objective(), {{"learning_rate", rate}});
      Host plain("gradient_descent", p.objective(), {{"learning_rate", rate}});
      random_steps(reduced, k, std::to_string(run));
      random_steps(plain, k, std::to_string(run));
      saga += p.distance(reduced.x) / kRuns;
      sgd += p.distance(plain.x) / kRuns;
    }
    const double bound = std::pow(rho, k) * constant;
    EXPECT_LE(saga, bound) << "after " << k;
    if (k == 2000) {
      EXPECT_GT(sgd, bound) << "the bound says something";
    }
  }
}

TEST(Saga, FirstStepsByHand) {
  // The table starts as the gradients at x_0, so the first step is along the full gradient; then
  // the sample drawn has left its new gradient behind.
  const LeastSquares p;
  Host host("saga", p.objective(), {{"learning_rate", 0.1}});
  std::vector<std::vector<double>> phi(kN, std::vector<double>(3));
  std::vector<double> x = host.x, g(3);
  for (std::size_t i = 0; i < kN; ++i) (void)p.one(i, x, phi[i]);
  // Repeats within a batch see the same old entry.
  for (const std::vector<std::uint64_t>& batch :
       std::vector<std::vector<std::uint64_t>>{{3}, {3}, {7, 1}, {5, 5, 2}, {3}}) {
    std::vector<double> v(3);
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t i = 0; i < kN; ++i) v[j] += phi[i][j] / kN;
    auto next = phi;
    for (const std::uint64_t i : batch) {
      (void)p.one(i, x, g);
      for (std::size_t j = 0; j < 3; ++j)
        v[j] += (g[j] - phi[i][j]) / static_cast<double>(batch.size());
      next[i] = g;
    }
    phi = next;
    for (std::size_t j = 0; j < 3; ++j) x[j] -= 0.1 * v[j];
    step_on(host, batch);
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(host.x[j], x[j], 1e-14);
  }
  EXPECT_EQ(host.oracle.sample_gradients, kN + 8) << "a pass at the start, then the batches";
}

TEST(Saga, WithAllSamplesInABatchIsGradientDescent) {
  const LeastSquares p;
  const double rate = 0.5 / p.largest;
  Host saga("saga", p.objective(), {{"learning_rate", rate}});
  Host plain("gradient_descent", p.objective(), {{"learning_rate", rate}});
  for (int k = 0; k < 60; ++k) {
    saga.steps(1);  // ticket 0
    plain.steps(1);
    for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(saga.x[j], plain.x[j], 1e-14);
  }
}

TEST(Saga, RefusesATableThatIsTooLargeAndSaysHowLarge) {
  Objective large = LeastSquares().objective();
  large.start = std::vector<double>(1000);
  large.samples.count = 1000;
  try {
    Host host("saga", large, {{"memory_limit", 7}});  // 8e6 bytes are 7.6 MiB
    FAIL() << "accepted";
  } catch (const std::runtime_error& refused) {
    EXPECT_STREQ(refused.what(),
                 "init: a table of N = 1000 samples by n = 1000 variables takes 8 MiB, and "
                 "memory_limit = 7 is less");
  }
  EXPECT_NO_THROW(Host("saga", large, {{"memory_limit", 8}}));
  EXPECT_THROW(Host("saga", ravine::test::rosenbrock()), std::runtime_error) << "no samples";
}

TEST(VarianceReduction, ContinuesAfterARestoreBitForBit) {
  const LeastSquares p;
  for (const char* plugin : {"svrg", "saga"}) {
    Host host(plugin, p.objective());
    random_steps(host, 13, "");
    Host other(plugin, p.objective());
    ASSERT_EQ(other.restore(host.save(), 1), RAVINE_OK);
    other.x = host.x;
    random_steps(host, 30, "more");
    random_steps(other, 30, "more");
    EXPECT_EQ(host.x, other.x) << plugin;
  }
}

}  // namespace
