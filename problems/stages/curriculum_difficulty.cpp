#include "problems/stages/curriculum_difficulty.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/data/difficulty.hpp"
#include "problems/facts.hpp"
#include "problems/nets/data.hpp"
#include "problems/stages/curriculum_measures.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

void write_ranks(std::span<const double> difficulty, std::span<std::uint32_t> rank) {
  std::vector<std::uint32_t> order(rank.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return difficulty[i]; });
  for (std::uint32_t place = 0; place < order.size(); ++place) rank[order[place]] = place;
}

[[noreturn]] void refuse(const Family& family, const std::string& name, const std::string& what) {
  throw ProblemError("parameter '" + name + "' of problem '" + family.id + "' " + what);
}

void check(const Family& family, const Parameters& parameters) {
  const std::string& measure = parameters.at("difficulty").text;
  const std::string& set = parameters.at("data").text;
  const bool file = measure == "file";
  if (file != (parameters.at("difficulty_file").text != "none"))
    refuse(family, "difficulty_file",
           file ? "must name a file where difficulty = file"
                : "is read where difficulty = file, and difficulty is " + measure);
  if (set == "two_spirals" && !file && measure != "noise")
    refuse(family, "difficulty",
           "is noise or file where data = two_spirals, not " + measure +
               ": the spirals' means coincide, and no line separates them");
  const bool disturbed = real(parameters, "label_noise") > 0 || set == "blobs" ||
                         (set != "fashion_mnist" && real(parameters, "noise") > 0);
  if (measure == "noise" && !disturbed)
    refuse(family, "difficulty",
           "cannot be noise where data = " + set + " have none: set label_noise" +
               (set == "fashion_mnist" ? "" : " or noise"));
}

// What ranks depend on, in words.
std::string key_of(const Parameters& parameters, const Instance& instance) {
  const auto text = [&](const char* name) { return parameters.at(name).text + " "; };
  const auto value = [&](const char* name) { return decimal(real(parameters, name)) + " "; };
  std::string key = "rank by " + text("difficulty") + text("difficulty_file") + text("data") +
                    value("train") + value("label_noise");
  if (parameters.at("data").text != "fashion_mnist") key += value("classes") + value("noise");
  const bool drawn =
      parameters.at("data").text != "fashion_mnist" || real(parameters, "label_noise") > 0;
  return drawn ? key + std::to_string(instance.seed) : key;
}

}  // namespace

std::vector<ParameterSpec> difficulty_parameters() {
  using enum ParameterType;
  return {{"difficulty",
           choice,
           "class_mean",
           0,
           0,
           {"class_mean", "reference_loss", "margin", "noise", "file"},
           "of a sample: distance to its class mean, loss or margin of a linear model, noise, or "
           "the user's"},
          {"difficulty_file",
           text,
           "none",
           0,
           0,
           {},
           "a line a training sample: CSV with the difficulty last, or LIBSVM with it first"}};
}

std::span<const std::uint32_t> ranks_of(const Family& family, const Parameters& parameters,
                                        const Instance& instance, DataSets& data,
                                        nets::Samples& samples) {
  check(family, parameters);
  const std::string& measure = parameters.at("difficulty").text;
  const std::uint64_t count = samples.count(nets::Part::training);
  std::span<const double> given;
  if (measure == "file") {
    given = data.rows(parameters.at("difficulty_file").text).labels;
    if (given.size() != count)
      refuse(family, "difficulty_file",
             "names a file with " + std::to_string(given.size()) +
                 " numbers, expected one for each of train = " + std::to_string(count));
  }
  Parameters pure = parameters;  // the same samples with their true labels
  pure["label_noise"].number = 0;
  return data.derived(key_of(parameters, instance), count, [&](std::span<std::uint32_t> rank) {
    if (measure == "file") {
      write_ranks(given, rank);
    } else if (measure == "noise") {
      pure["noise"].number = -1;  // blobs add 1 of their own
      write_ranks(by_noise(samples, *nets::samples_of(family, pure, instance, data)), rank);
    } else if (measure != "class_mean") {
      write_ranks(by_reference(samples, measure == "margin"), rank);
    } else if (parameters.at("data").text == "fashion_mnist") {
      rank_by_difficulty(data.fashion_mnist().train, data.fashion_mnist().classes, rank);
    } else {
      write_ranks(by_class_mean(*nets::samples_of(family, pure, instance, data)), rank);
    }
  });
}

}  // namespace ravine::problems
