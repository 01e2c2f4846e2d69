#include "problems/stages/curriculum_measures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "problems/nets/losses/softmax.hpp"

namespace ravine::problems {
namespace {

using nets::Batch;
using nets::Index;
using nets::Part;
using nets::Samples;

constexpr Index kBatch = 128;
constexpr std::uint64_t kSteps = 1000;  // of the reference model; at least one pass

// Calls use(first) for all training samples in batches, in order.
template <class Use>
void for_batches(Samples& samples, Batch& batch, Use use) {
  const std::uint64_t count = samples.count(Part::training);
  samples.fit(batch, kBatch);
  for (std::uint64_t first = 0; first < count; first += kBatch) {
    batch.size = static_cast<Index>(std::min<std::uint64_t>(kBatch, count - first));
    for (Index j = 0; j < batch.size; ++j)
      samples.put(Part::training, first + static_cast<std::uint64_t>(j), batch, j);
    use(first);
  }
}

Index label_of(const Batch& batch, Index j) {
  return static_cast<Index>(batch.labels[static_cast<std::size_t>(j)]);
}

}  // namespace

Difficulty by_class_mean(Samples& samples) {
  nets::Matrix means = nets::Matrix::Zero(samples.features(), samples.classes());
  Eigen::VectorXd counts = Eigen::VectorXd::Zero(samples.classes());
  Eigen::VectorXd spread = counts;
  Difficulty distance(samples.count(Part::training));
  std::vector<Index> label(distance.size());
  Batch batch;
  for_batches(samples, batch, [&](std::uint64_t first) {
    for (Index j = 0; j < batch.size; ++j) {
      label[first + static_cast<std::uint64_t>(j)] = label_of(batch, j);
      means.col(label_of(batch, j)) += batch.inputs.col(j);
      counts[label_of(batch, j)] += 1;
    }
  });
  for (Index k = 0; k < counts.size(); ++k) means.col(k) /= std::max(counts[k], 1.0);
  for_batches(samples, batch, [&](std::uint64_t first) {
    for (Index j = 0; j < batch.size; ++j) {
      const Index k = label_of(batch, j);
      const double d = (batch.inputs.col(j) - means.col(k)).squaredNorm();
      distance[first + static_cast<std::uint64_t>(j)] = d;
      spread[k] += d / counts[k];
    }
  });
  for (std::size_t i = 0; i < distance.size(); ++i)
    if (spread[label[i]] > 0) distance[i] /= spread[label[i]];
  return distance;
}

Difficulty by_reference(Samples& samples, bool margin) {
  Difficulty difficulty(samples.count(Part::training));
  Batch batch;
  double squares = 0;
  for_batches(samples, batch,
              [&](std::uint64_t) { squares += batch.inputs.leftCols(batch.size).squaredNorm(); });
  // Below what the curvature of the loss allows, which is at most half the mean of 1 + |x|^2.
  const double rate = 1 / (1 + squares / static_cast<double>(difficulty.size()));
  nets::Matrix w = nets::Matrix::Zero(samples.classes(), samples.features());
  Eigen::VectorXd b = Eigen::VectorXd::Zero(samples.classes());
  nets::Matrix z, p;
  const auto predict = [&] {
    z.noalias() = w * batch.inputs.leftCols(batch.size);
    z.colwise() += b;
    p.resizeLike(z);
    nets::softmax_columns(z, 1, p);
  };
  for (std::uint64_t steps = 0; steps < kSteps;)
    for_batches(samples, batch, [&](std::uint64_t) {
      predict();
      for (Index j = 0; j < batch.size; ++j) p(label_of(batch, j), j) -= 1;
      const double step = rate / static_cast<double>(batch.size);
      w.noalias() -= step * p * batch.inputs.leftCols(batch.size).transpose();
      b -= step * p.rowwise().sum();
      ++steps;
    });
  for_batches(samples, batch, [&](std::uint64_t first) {
    predict();
    for (Index j = 0; j < batch.size; ++j) {
      const Index label = label_of(batch, j);
      const double own = z(label, j), largest = z.col(j).maxCoeff();
      double& of = difficulty[first + static_cast<std::uint64_t>(j)];
      // The margin is measured to the best of the others.
      z(label, j) = margin ? -std::numeric_limits<double>::infinity() : own;
      of = margin ? z.col(j).maxCoeff() - own
                  : std::log((z.col(j).array() - largest).exp().sum()) - (own - largest);
    }
  });
  return difficulty;
}

Difficulty by_noise(Samples& samples, Samples& clean) {
  Difficulty distance(samples.count(Part::training));
  Batch batch, origin;
  clean.fit(origin, 1);
  for_batches(samples, batch, [&](std::uint64_t first) {
    for (Index j = 0; j < batch.size; ++j) {
      const std::uint64_t i = first + static_cast<std::uint64_t>(j);
      clean.put(Part::training, i, origin, 0);
      distance[i] = label_of(batch, j) == label_of(origin, 0)
                        ? (batch.inputs.col(j) - origin.inputs.col(0)).norm()
                        : std::numeric_limits<double>::infinity();
    }
  });
  return distance;
}

}  // namespace ravine::problems
