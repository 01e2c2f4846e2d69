#include "harness/plan/problem_configs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "harness/error.hpp"
#include "harness/hash/sha256.hpp"
#include "harness/plan/settings.hpp"
#include "harness/suite/glob.hpp"
#include "problems/catalog.hpp"
#include "problems/text/nearest.hpp"

namespace ravine::harness {
namespace {

[[noreturn]] void complain(const Place& place, const std::string& text) {
  throw UserError(fmt::format("{}: {}", place.text(), text));
}

problems::Parameters parameters_at(const problems::Family& family, const ProblemEntry& entry,
                                   const std::vector<std::size_t>& at) {
  std::map<std::string, problems::ParameterValue> given;
  for (std::size_t i = 0; i < at.size(); ++i) {
    const Scalar& value = entry.parameters[i].values[at[i]];
    problems::ParameterValue& into = given[entry.parameters[i].name];
    if (const auto* number = std::get_if<double>(&value))
      into = {*number, ""};
    else
      into = {0, std::get<std::string>(value)};
  }
  try {
    return problems::complete_parameters(family, given);
  } catch (const problems::ProblemError& e) {
    complain(at.empty() ? entry.place : entry.parameters.front().place, e.what());
  }
}

std::uint64_t batch_of(const Setting& batch, std::size_t index, const ProblemFacts& facts) {
  const Scalar& value = batch.values[index];
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (*text == "full") return 0;
    complain(batch.place,
             fmt::format("batch = \"{}\": write a number of samples or \"full\"", *text));
  }
  const double size = std::get<double>(value);
  if (size < 0 || size != std::floor(size))
    complain(batch.place, fmt::format("batch = {}: write a whole number of samples", size));
  if (size > 0 && facts.sample_count == 0)
    complain(batch.place, "this problem is not a sum over samples: leave batch out");
  if (size > static_cast<double>(facts.sample_count) && !facts.fresh_samples)
    complain(batch.place, fmt::format("batch = {} is more than the {} samples there are", size,
                                      facts.sample_count));
  return static_cast<std::uint64_t>(size);
}

void check_order(const ProblemEntry& entry, const ProblemConfig& config) {
  const Place& place = entry.batch_order_place ? *entry.batch_order_place : entry.place;
  if (config.facts.fresh_samples && config.batch_size == 0)
    complain(entry.place, "fresh samples come in batches: write batch = 32, say");
  if (!entry.batch_order_place) return;
  if (config.facts.fresh_samples)
    complain(place,
             "fresh samples have no order and no last batch: leave batch_order and "
             "last_batch out");
  if (config.batch_size == 0)
    complain(place,
             "without batches there is no order of them: write batch = 32, say, or leave "
             "batch_order and last_batch out");
}

/// An entry's length of stages is for a problem that has some, at one of its parameters at least.
void check_stages(const Suite& suite, const std::vector<ProblemConfig>& configs) {
  for (const ProblemEntry& entry : suite.problems) {
    const auto of_entry = [&](const ProblemConfig& c) { return c.entry == &entry; };
    const auto staged = [&](const ProblemConfig& c) {
      return of_entry(c) && c.facts.stage_count > 1;
    };
    if (entry.stage_iterations && std::any_of(configs.begin(), configs.end(), of_entry) &&
        std::none_of(configs.begin(), configs.end(), staged))
      complain(entry.place, "stage_iterations: this problem has no stages: leave it out");
  }
}

bool wanted(const ProblemConfig& config, const PlanFilter& filter) {
  if (filter.problems.empty()) return true;
  return std::any_of(filter.problems.begin(), filter.problems.end(),
                     [&](const std::string& pattern) {
                       return matches(pattern, config.label) || matches(pattern, config.family->id);
                     });
}

const problems::Family& family_of(const ProblemEntry& entry) {
  if (const auto* family = problems::find_family(entry.family)) return *family;
  std::vector<std::string> known;
  for (const auto& family : problems::catalog()) known.push_back(family.id);
  complain(entry.place, fmt::format("no problem is called \"{}\"{}", entry.family,
                                    problems::suggestion(entry.family, known)));
}

}  // namespace

std::string parameter_text(const problems::ParameterValue& value) {
  return value.text.empty() ? fmt::format("{}", value.number) : value.text;
}

std::uint64_t instance_seed(const problems::Family& family, const problems::Parameters& parameters,
                            std::uint64_t instance, std::uint64_t repetition) {
  std::string text = fmt::format("instance\nfamily={} revision={}\n", family.id, family.revision);
  for (const auto& [name, value] : parameters)
    if (std::none_of(
            family.parameters.begin(), family.parameters.end(),
            [&id = name](const auto& spec) { return spec.of_measuring && spec.name == id; }))
      text += fmt::format("{}={}\n", name, parameter_text(value));
  return seed_of(text + fmt::format("instance={}\nrepetition={}\n", instance, repetition));
}

std::string label_suffix(const std::vector<Setting>& settings, const std::vector<std::size_t>& at,
                         Which which) {
  std::string suffix;
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (which == Which::all || (settings[i].values.size() > 1) == (which == Which::swept))
      suffix += fmt::format(" {}={}", settings[i].name, scalar_text(settings[i].values[at[i]]));
  return suffix;
}

std::vector<results::Setting> swept_of(const std::vector<Setting>& settings,
                                       const std::vector<std::size_t>& at) {
  std::vector<results::Setting> swept;
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (settings[i].values.size() > 1)
      swept.push_back({settings[i].name, scalar_text(settings[i].values[at[i]])});
  return swept;
}

std::vector<ProblemConfig> problem_configs(const Suite& suite, problems::DataSets& data,
                                           const PlanFilter& filter) {
  std::vector<ProblemConfig> configs;
  std::map<std::string, std::string> meaning_of_label;
  std::vector<std::string> labels;
  DataHash data_hash;
  for (const ProblemEntry& entry : suite.problems) {
    const problems::Family& family = family_of(entry);
    const std::vector<std::uint64_t>& own = entry.seeds ? *entry.seeds : suite.seeds;
    const auto& seeds = filter.seeds.empty() ? own : filter.seeds;
    for_each_combination(entry.parameters, [&](const std::vector<std::size_t>& at) {
      ProblemConfig config;
      config.entry = &entry;
      config.family = &family;
      config.parameters = parameters_at(family, entry, at);
      const bool named = !entry.label.empty();
      config.label = (named ? entry.label : family.id) +
                     label_suffix(entry.parameters, at, named ? Which::swept : Which::all);
      config.swept = swept_of(entry.parameters, at);
      config.entry_label =
          named ? entry.label : family.id + label_suffix(entry.parameters, at, Which::fixed);
      labels.push_back(config.label);
      if (!wanted(config, filter) && !entry.batch) return;
      for (const std::uint64_t instance : entry.instances) {
        bool known = false;  // its facts
        for (const std::uint64_t seed : seeds) {
          config.seed = seed;
          config.instance = {instance, instance_seed(family, config.parameters, instance, seed)};
          try {
            if (!known)
              config.facts = facts_of(family, config.parameters, config.instance, data, data_hash);
          } catch (const UserError& e) {
            complain(entry.place, e.what());
          }
          known = !family.seed_enters(instance);
          const std::size_t batches = entry.batch ? entry.batch->values.size() : 1;
          for (std::size_t b = 0; b < batches; ++b) {
            ProblemConfig one = config;
            one.batch_size = entry.batch ? batch_of(*entry.batch, b, config.facts) : 0;
            check_order(entry, one);
            const std::string size = one.batch_size == 0 ? "full" : std::to_string(one.batch_size);
            if (entry.batch && (batches > 1 || !named)) one.label += " batch=" + size;
            if (batches > 1)
              one.swept.push_back({"batch", size});
            else if (entry.batch && !named)
              one.entry_label += " batch=" + size;
            std::string meaning = std::to_string(one.batch_size);
            for (const auto& [name, value] : one.parameters)
              meaning += "\n" + name + "=" + parameter_text(value);
            const auto [named_before, fresh] = meaning_of_label.emplace(one.label, meaning);
            if (!fresh && named_before->second != meaning)
              complain(entry.place,
                       fmt::format(
                           "two problems would both be called \"{}\": give each a label of its own",
                           one.label));
            if (wanted(one, filter)) configs.push_back(std::move(one));
          }
        }
      }
    });
  }
  check_stages(suite, configs);
  if (configs.empty() && !filter.problems.empty()) {
    std::vector<std::string> known;
    for (const ProblemEntry& entry : suite.problems) known.push_back(entry.family);
    known.insert(known.end(), labels.begin(), labels.end());
    throw UserError(fmt::format("--problem {}: the suite has no such problem{}",
                                filter.problems.front(),
                                problems::suggestion(filter.problems.front(), known)));
  }
  return configs;
}

}  // namespace ravine::harness
