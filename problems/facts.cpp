#include "problems/facts.hpp"

#include <algorithm>

namespace ravine::problems {

std::uint64_t whole(const Parameters& parameters, const std::string& name) {
  return static_cast<std::uint64_t>(parameters.at(name).number);
}

double real(const Parameters& parameters, const std::string& name) {
  return parameters.at(name).number;
}

ParameterSpec dimension_parameter(double minimum, const std::string& default_value) {
  return {"n", ParameterType::integer, default_value, minimum, 1e7, {}, "number of variables"};
}

Facts plain_facts(const Family& family, std::uint64_t n) {
  Facts facts;
  facts.family = family.id;
  facts.revision = family.revision;
  facts.citation = family.citation;
  facts.n = n;
  facts.constants["n"] = static_cast<double>(n);
  facts.blocks = {{"x", 0, {n}, BlockRole::generic, false}};
  facts.stages = {{"objective", 0, false}};
  facts.offers_hessian_vectors = true;
  facts.offers_hessian = n <= kDenseHessianLimit;
  return facts;
}

Answer admit(const Facts& facts, const Objective& objective, std::span<const double> x) {
  if (objective.stage >= facts.stages.size() || x.size() != facts.n) return Answer::failed;
  if (objective.full) return Answer::ok;
  if (facts.sample_count == 0) return Answer::not_supported;
  const auto exists = [&](std::uint64_t sample) {
    return facts.fresh_samples || sample < facts.sample_count;
  };
  const bool valid = !objective.samples.empty() && std::ranges::all_of(objective.samples, exists);
  return valid ? Answer::ok : Answer::failed;
}

}  // namespace ravine::problems
