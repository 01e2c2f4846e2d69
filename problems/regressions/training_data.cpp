#include <algorithm>
#include <cmath>
#include <numeric>

#include "problems/data/data_sets.hpp"
#include "problems/data/idx_rows.hpp"
#include "problems/facts.hpp"
#include "problems/regressions/linear_model.hpp"

namespace ravine::problems {
namespace {

constexpr const char* kGenerated = "generated";

/// What says how data are generated changes nothing of a file's: a table headed "n = 5" would be
/// wrong.
void refuse_generators(const Family& family, const Parameters& parameters) {
  const Parameters defaults = complete_parameters(family, {});
  for (const char* name : {"n", "samples", "condition", "rotation", "noise"})
    if (const auto found = parameters.find(name);
        found != parameters.end() && !(found->second == defaults.at(name)))
      throw ProblemError("parameter '" + std::string(name) + "' of problem '" + family.id +
                         "' is of generated data: leave it out beside a file");
}

}  // namespace

std::vector<ParameterSpec> regression_parameters(const std::string& noise, double most_noise,
                                                 const std::string& noise_meaning,
                                                 const std::string& l2) {
  using enum ParameterType;
  using Spec = ParameterSpec;
  return {
      Spec{"data",
           text,
           kGenerated,
           0,
           0,
           {},
           "'generated', or a file .csv, .svm, .libsvm, .idx or -ubyte (.gz)"},
      Spec{"label",
           text,
           "last",
           0,
           0,
           {},
           "a CSV file's label column by name, 'last' for that; of IDX images the file of their "
           "labels"},
      Spec{"n", integer, "20", 1, 1e7, {}, "features; generated data only"},
      Spec{"samples", integer, "1000", 1, 1e8, {}, "N; generated data only, and fresh of an epoch"},
      Spec{"condition", ParameterType::real, "100", 1, 1e12, {}, "of the features' covariance"},
      Spec{"rotation", choice, "none", 0, 0, rotation_names(), "of the covariance's axes"},
      Spec{"noise", ParameterType::real, noise, 0, most_noise, {}, noise_meaning},
      Spec{"l2", ParameterType::real, l2, 0, 1e6, {}, "factor of half the squared weights"},
      Spec{"sampling",
           choice,
           "recycled",
           0,
           0,
           {"recycled", "fresh"},
           "batches from the training samples, or from new ones for ever; generated data only"},
  };
}

std::unique_ptr<TrainingData> training_data(const Family& family, const Parameters& parameters,
                                            const Instance& instance, DataSets& data,
                                            LabelRule rule, std::uint64_t classes) {
  auto result = std::make_unique<TrainingData>();
  result->fresh = parameters.at("sampling").text == "fresh";
  const std::string& path = parameters.at("data").text;
  if (path != kGenerated) {
    if (result->fresh)
      throw ProblemError("sampling = \"fresh\" of problem '" + family.id +
                         "' needs data = \"generated\": a file has no more samples than it has");
    refuse_generators(family, parameters);
    const std::string& label = parameters.at("label").text;
    result->path = path;
    const std::string named = label == "last" ? "" : label;
    result->rows = data.rows(path, named);
    if (is_idx(path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path))
      result->items = idx_labels_file(path, named);
    return result;
  }
  const std::uint64_t n = whole(parameters, "n");
  const std::uint64_t samples = whole(parameters, "samples");
  if (n > kMostDrawn / samples)
    throw ProblemError("problem '" + family.id + "' draws n * samples numbers, at most " +
                       std::to_string(kMostDrawn) + ": samples = " + std::to_string(samples) +
                       " needs n of at most " + std::to_string(kMostDrawn / samples));
  result->noise = problems::real(parameters, "noise");
  const std::string& rotation = parameters.at("rotation").text;
  if (rotation == "dense" && n > kDenseRotationLimit)
    throw ProblemError("rotation 'dense' of problem '" + family.id + "' is for n of at most " +
                       std::to_string(kDenseRotationLimit) + ", not " + std::to_string(n) +
                       ": write rotation = \"hadamard\"");
  const GeneratedSpec spec{n,
                           problems::real(parameters, "condition"),
                           rotation,
                           rule,
                           classes,
                           result->noise,
                           instance.seed};
  result->training = std::make_unique<Generator>(spec, "training");
  result->evaluation = std::make_unique<Generator>(spec, "evaluation");
  result->drawn.draw(*result->training, samples);
  result->rows = result->drawn.view();
  return result;
}

void refuse_label(const TrainingData& data, std::uint64_t row, const std::string& allowed) {
  std::string label = std::to_string(data.rows.labels[row]);
  label.erase(label.find_last_not_of('0') + 1);
  if (label.ends_with('.')) label.pop_back();
  const std::string place = data.items.empty() ? data.path + "', line " : data.items + "', item ";
  throw ProblemError("data file '" + place + std::to_string(data.rows.lines[row]) +
                     ": the label is " + label + ", expected " + allowed);
}

std::vector<double> signs_of(const TrainingData& data) {
  const auto labels = data.rows.labels;
  // The smaller of the two says which convention it is; a file of one class has it unsaid.
  const double least = *std::ranges::min_element(labels);
  const double low = least <= -1                             ? -1
                     : least < 1                             ? 0
                     : *std::ranges::max_element(labels) > 1 ? 1
                                                             : -1;
  const double high = low == -1 ? 1 : low + 1;
  std::vector<double> signs(labels.size());
  for (std::uint64_t i = 0; i < labels.size(); ++i) {
    if (labels[i] != low && labels[i] != high)
      refuse_label(data, i, "two classes: -1 and 1, 0 and 1, or 1 and 2");
    signs[i] = labels[i] == low ? -1 : 1;
  }
  return signs;
}

std::uint64_t evaluation_count(std::uint64_t columns) {
  return std::clamp<std::uint64_t>((std::uint64_t{1} << 23) / columns, 1000, 100'000);
}

std::vector<double> regression_start(const Instance& instance, std::uint64_t n,
                                     std::uint64_t columns, bool from_zero) {
  std::vector<double> w(n, 0.0);
  if (from_zero && instance.index == 0) return w;
  const Stream start(instance.seed, "regression/start");
  for (std::uint64_t j = 0; j < n; ++j)
    w[j] = start.normal(j) / std::sqrt(static_cast<double>(columns));
  return w;
}

}  // namespace ravine::problems
