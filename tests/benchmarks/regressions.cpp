// How far a regression's value and gradient are from the memory traffic and the arithmetic that
// they need: each beside a plain loop over the same bytes, in any order and without fixed lanes.
//
// What is needed: every row once where four of them fit into a core's cache, else twice (the margin
// must be known before the gradient is); w once and the gradient once, read and written, for every
// four rows. For softmax the two products of matrices. Of the losses what the C library does: for
// the logistic one an exp and a log1p a sample, for softmax an exp a class and a log a sample; the
// other losses, and the few additions and divisions around those, are no part of it.
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "problems/random/stream.hpp"
#include "tests/benchmarks/shortest.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kCachedBytes = std::size_t{1} << 20;  // of four rows, beside w

struct Shape {
  const char* family;
  double n, samples;
};

std::unique_ptr<Problem> made(const Shape& shape, const std::map<std::string, ParameterValue>& more,
                              DataSets& data) {
  std::map<std::string, ParameterValue> given = {{"n", {shape.n, ""}},
                                                 {"samples", {shape.samples, ""}}};
  if (!more.empty()) given = more;
  const Family& family = *find_family(shape.family);
  return family.make(complete_parameters(family, given), {1, 7}, data);
}

/// Times value and gradient at the start, and `plain`, in turns.
template <class Plain>
void compare(benchmark::State& state, Problem& problem, Plain plain) {
  const std::vector<double> w = problem.facts().x0;
  std::vector<double> g(w.size());
  const Times times = shortest(
      [&] {
        double f = 0;
        problem.evaluate({}, w, &f, g.data());
        benchmark::DoNotOptimize(f);
        benchmark::ClobberMemory();
      },
      [&] {
        benchmark::DoNotOptimize(plain());
        benchmark::ClobberMemory();
      });
  for ([[maybe_unused]] auto step : state) state.SetIterationTime(times.work);
  state.counters["plain_s"] = times.plain;
  state.counters["ratio"] = times.work / times.plain;
}

/// The calls of the C library that a sample's loss needs, if any.
double plain_loss(bool logistic, double margin) {
  return logistic ? std::log1p(std::exp(-margin)) : 0;
}

bool is_logistic(const Shape& shape) { return std::string(shape.family) == "logistic_regression"; }

// Any order of sums will do: the compiler may vectorize it.
double plain_dense(const std::vector<double>& x, std::size_t n, const std::vector<double>& w,
                   const std::vector<double>& margins, bool logistic, std::vector<double>& g) {
  const std::size_t block = 4 * n;
  const bool again = block * sizeof(double) > kCachedBytes;
  Eigen::Map<const Eigen::ArrayXd> along(w.data(), static_cast<Eigen::Index>(n));
  Eigen::Map<Eigen::ArrayXd> into(g.data(), static_cast<Eigen::Index>(n));
  const auto row = [&](std::size_t at) {
    return Eigen::Map<const Eigen::ArrayXd>(&x[at], static_cast<Eigen::Index>(n));
  };
  double sum = 0;
  for (std::size_t at = 0; at + block <= x.size(); at += block) {
    if (again) sum += (row(at) + row(at + n) + row(at + 2 * n) + row(at + 3 * n) + along).sum();
    const bool first = at == 0;
    if (first)
      into = row(at) + row(at + n) + row(at + 2 * n) + row(at + 3 * n);
    else
      into += row(at) + row(at + n) + row(at + 2 * n) + row(at + 3 * n);
    for (std::size_t i = at / n; i < at / n + 4; ++i) sum += plain_loss(logistic, margins[i]);
  }
  return sum;
}

void dense(benchmark::State& state, const Shape& shape) {
  DataSets data;
  const auto problem = made(shape, {}, data);
  const auto n = static_cast<std::size_t>(shape.n);
  const auto samples = static_cast<std::size_t>(shape.samples);
  const bool logistic = is_logistic(shape);
  const std::vector<double> x(n * samples, 1.0);
  const std::vector<double> w(n, 1.0);
  const std::vector<double> margins(samples, 1.0);
  std::vector<double> g(n);
  compare(state, *problem, [&] { return plain_dense(x, n, w, margins, logistic, g); });
}

/// The products X W and X'D, of 128 rows at a time.
void softmax(benchmark::State& state, const Shape& shape) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  constexpr Eigen::Index kClasses = 10, kRows = 128;
  DataSets data;
  const auto problem = made(shape, {}, data);
  const auto n = static_cast<Eigen::Index>(shape.n);
  const auto samples = static_cast<Eigen::Index>(shape.samples);
  const Matrix x = Matrix::Constant(samples, n, 1.0);
  const Matrix w = Matrix::Constant(n, kClasses, 1.0 / shape.n);
  Matrix z(kRows, kClasses);
  Matrix g(n, kClasses);
  compare(state, *problem, [&] {
    double sum = 0;
    g.setZero();
    for (Eigen::Index i = 0; i < samples; i += kRows) {
      const Eigen::Index rows = std::min(kRows, samples - i);
      z.topRows(rows).noalias() = x.middleRows(i, rows) * w;
      for (Eigen::Index r = 0; r < rows; ++r) {
        for (Eigen::Index k = 0; k < kClasses; ++k) z(r, k) = std::exp(z(r, k));
        sum += std::log(z(r, 0));
      }
      g.noalias() += x.middleRows(i, rows).transpose() * z.topRows(rows);
    }
    return sum;
  });
}

constexpr std::size_t kEntries = 50;  // a sparse row

/// A file in LIBSVM's format in the working folder, for as long as it is needed.
class SparseFile {
 public:
  SparseFile(std::size_t n, std::size_t samples) {
    const Stream stream(1, "benchmark/sparse");
    std::ofstream out(path_);
    std::vector<std::uint64_t> row(kEntries);
    for (std::size_t i = 0; i < samples; ++i) {
      for (std::size_t k = 0; k < kEntries; ++k) row[k] = 1 + stream.below(i * kEntries + k, n);
      std::ranges::sort(row);
      const auto repeated = std::ranges::unique(row);
      out << (i % 2 == 0 ? "+1" : "-1");
      for (auto at = row.begin(); at != repeated.begin(); ++at) out << ' ' << *at << ":0.5";
      out << '\n';
    }
  }
  SparseFile(const SparseFile&) = delete;
  SparseFile& operator=(const SparseFile&) = delete;
  ~SparseFile() { std::remove(path_); }
  [[nodiscard]] const char* path() const { return path_; }

 private:
  const char* path_ = "regressions_benchmark.svm";
};

void sparse(benchmark::State& state, const Shape& shape) {
  const SparseFile file(static_cast<std::size_t>(shape.n), static_cast<std::size_t>(shape.samples));
  DataSets data;
  const auto problem = made(shape, {{"data", {0, file.path()}}, {"l2", {0.001, ""}}}, data);
  const LabelledRows& rows = data.rows(file.path());
  const bool logistic = is_logistic(shape);
  const std::vector<double> w(rows.columns, 1.0);
  const std::vector<double> margins(rows.count, 1.0);
  std::vector<double> g(rows.columns);
  compare(state, *problem, [&] {
    std::ranges::copy(w, g.begin());
    double sum = Eigen::Map<const Eigen::ArrayXd>(w.data(), static_cast<Eigen::Index>(w.size()))
                     .sum();  // the penalty reads them too
    for (std::uint64_t i = 0; i < rows.count; ++i) {
      std::array<double, 4> parts{};  // of which none waits for another
      std::uint64_t k = rows.starts[i];
      for (; k + parts.size() <= rows.starts[i + 1]; k += parts.size())
        for (std::size_t j = 0; j < parts.size(); ++j)
          parts[j] += rows.values[k + j] * w[rows.indices[k + j]];
      for (; k < rows.starts[i + 1]; ++k) parts[0] += rows.values[k] * w[rows.indices[k]];
      sum += (parts[0] + parts[1]) + (parts[2] + parts[3]);
      for (k = rows.starts[i]; k < rows.starts[i + 1]; ++k) g[rows.indices[k]] += rows.values[k];
      sum += plain_loss(logistic, margins[i]);
    }
    return sum;
  });
}

using Measure = void (*)(benchmark::State&, const Shape&);

void add(const char* kind, Measure measure, const Shape& shape) {
  const std::string name = std::string(shape.family) + "/" + kind +
                           "/n:" + std::to_string(static_cast<long>(shape.n)) +
                           "/N:" + std::to_string(static_cast<long>(shape.samples));
  benchmark::RegisterBenchmark(name.c_str(), measure, shape)->UseManualTime()->Iterations(1);
}

}  // namespace
}  // namespace ravine::problems

int main(int argc, char** argv) {
  using namespace ravine::problems;
  benchmark::Initialize(&argc, argv);
  for (const char* family : {"linear_regression", "logistic_regression"}) {
    add("dense", dense, {family, 100, 100'000});
    add("dense", dense, {family, 1000, 10'000});
    add("dense", dense, {family, 10'000, 4000});
    add("dense", dense, {family, 1e6, 40});
    add("dense", dense, {family, 1e7, 8});
    add("sparse", sparse, {family, 10'000, 100'000});
    add("sparse", sparse, {family, 1e6, 100'000});
    add("sparse", sparse, {family, 1e7, 100'000});
  }
  add("dense", dense, {"perceptron_criterion", 1000, 10'000});
  add("dense", softmax, {"softmax_regression", 1000, 10'000});
  add("dense", softmax, {"softmax_regression", 1e6, 128});
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
