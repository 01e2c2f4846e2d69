#include "problems/nets/data.hpp"

#include <string>
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/nets/samples/images.hpp"
#include "problems/nets/samples/label_noise.hpp"
#include "problems/nets/samples/points.hpp"

namespace ravine::problems::nets {
namespace {

void require(const Family& family, const std::string& name, std::uint64_t wanted,
             std::uint64_t available) {
  if (wanted > available)
    throw ProblemError("parameter '" + name + "' of problem '" + family.id + "' is at most " +
                       std::to_string(available) + " with this data set, not " +
                       std::to_string(wanted));
}

}  // namespace

Counts counts_of(const Parameters& parameters) {
  return {whole(parameters, "train"), whole(parameters, "validation"), whole(parameters, "test")};
}

std::vector<ParameterSpec> count_parameters(const std::string& train, const std::string& test) {
  using enum ParameterType;
  return {{"train", integer, train, 1, 1e7, {}, "number of training samples, the first ones"},
          {"validation", integer, "0", 0, 1e7, {}, "number of validation samples, those behind"},
          {"test", integer, test, 1, 1e7, {}, "number of test samples, the first ones"}};
}

ParameterSpec label_noise_parameter() {
  return {"label_noise",
          ParameterType::real,
          "0",
          0,
          1,
          {},
          "share of the training labels replaced by uniform ones"};
}

std::vector<ParameterSpec> set_parameters() {
  using enum ParameterType;
  return {{"data",
           choice,
           "fashion_mnist",
           0,
           0,
           {"fashion_mnist", "two_spirals", "moons", "blobs"},
           "images, or points of a plane"},
          {"classes", integer, "10", 2, 256, {}, "of blobs; spirals and moons have 2"},
          {"noise", ParameterType::real, "0", 0, 1e3, {}, "deviation added to points"},
          label_noise_parameter()};
}

std::unique_ptr<Samples> images_of(const Family& family, const Parameters& parameters,
                                   DataSets& data) {
  const ImageSet& set = data.fashion_mnist();
  const Counts counts = counts_of(parameters);
  require(family, "train", counts.training, set.train.count);
  require(family, "validation", counts.validation, set.train.count - counts.training);
  require(family, "test", counts.test, set.test.count);
  return image_samples(set, counts);
}

std::unique_ptr<Samples> with_label_noise(std::unique_ptr<Samples> samples,
                                          const Parameters& parameters, const Instance& instance) {
  const double share = real(parameters, "label_noise");
  if (share == 0) return samples;
  return noisy_labels(std::move(samples), share, instance.seed);
}

std::unique_ptr<Samples> samples_of(const Family& family, const Parameters& parameters,
                                    const Instance& instance, DataSets& data) {
  const std::string& name = parameters.at("data").text;
  if (name == "fashion_mnist")
    return with_label_noise(images_of(family, parameters, data), parameters, instance);
  PointsSpec spec;
  spec.counts = counts_of(parameters);
  spec.noise = real(parameters, "noise");
  spec.seed = instance.seed;
  if (name == "blobs") spec.classes = whole(parameters, "classes");
  auto points = name == "two_spirals" ? two_spirals(spec)
                : name == "moons"     ? moons(spec)
                                      : blobs(spec);
  return with_label_noise(std::move(points), parameters, instance);
}

}  // namespace ravine::problems::nets
