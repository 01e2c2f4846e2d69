#include "harness/plan/problem_facts.hpp"

#include <cmath>
#include <numeric>

#include "harness/error.hpp"
#include "harness/hash/sha256.hpp"
#include "problems/data/data_sets.hpp"

namespace ravine::harness {
namespace {

/// Enough samples to tell data sets apart, few enough to cost nothing.
constexpr std::uint64_t kHashedSamples = 64;

std::string instance_hash(problems::Problem& problem, const std::string& data_hash) {
  const auto& facts = problem.facts();
  std::vector<std::uint64_t> samples(std::min(facts.sample_count, kHashedSamples));
  std::iota(samples.begin(), samples.end(), 0);
  const problems::Objective objective{facts.stages.size() - 1, samples, samples.empty()};
  std::vector<double> bits(facts.x0);
  std::vector<double> gradient(facts.n);
  double value = 0;
  if (problem.evaluate(objective, facts.x0, &value, gradient.data()) == problems::Answer::ok) {
    bits.push_back(value);
    bits.insert(bits.end(), gradient.begin(), gradient.end());
  }
  std::string bytes(reinterpret_cast<const char*>(bits.data()), bits.size() * sizeof(double));
  bytes += data_hash;
  return hex(sha256(bytes), 32);
}

double distance(std::span<const double> a, std::span<const double> b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

std::string_view text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string DataHash::of(problems::DataSets& data) {
  std::string all;
  for (const auto& use : data.take_uses()) {
    std::string& hash = hashes_[use.name];
    if (hash.empty())
      for (const auto& bytes : use.bytes) hash += hex(sha256(text(bytes)));
    all += hash;
  }
  return all;
}

ProblemFacts facts_of(const problems::Family& family, const problems::Parameters& parameters,
                      const problems::Instance& instance, problems::DataSets& data,
                      DataHash& data_hash) {
  try {
    data.take_uses();  // of whoever was before
    const auto problem = family.make(parameters, instance, data);
    const auto& facts = problem->facts();
    ProblemFacts known;
    known.n = facts.n;
    known.sample_count = facts.sample_count;
    known.fresh_samples = facts.fresh_samples;
    known.stage_count = facts.stages.size();
    known.has_f_star = facts.f_star.has_value();
    known.rounding_floor = facts.rounding_floor;
    known.constants = facts.constants;
    known.shape = facts.shape;
    if (!facts.x_star.empty()) known.constants["R"] = distance(facts.x0, facts.x_star);
    for (const auto& metric : facts.metrics) known.metrics.push_back(metric.name);
    known.hash = instance_hash(*problem, data_hash.of(data));
    return known;
  } catch (const problems::ProblemError& e) {
    throw UserError(e.what());
  }
}

}  // namespace ravine::harness
