// The data of a family of nets that classifies, from its parameters.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/samples/drawn.hpp"

namespace ravine::problems::nets {

/// train, validation and test.
std::vector<ParameterSpec> count_parameters(const std::string& train = "60000",
                                            const std::string& test = "10000");
ParameterSpec label_noise_parameter();
Counts counts_of(const Parameters& parameters);
/// data, classes, noise and label_noise: sets of points beside the images.
std::vector<ParameterSpec> set_parameters();

/// Fashion-MNIST by count_parameters(), without label noise. Throws ProblemError where the set has
/// fewer.
std::unique_ptr<Samples> images_of(const Family& family, const Parameters& parameters,
                                   DataSets& data);

/// The same samples with the label noise asked for.
std::unique_ptr<Samples> with_label_noise(std::unique_ptr<Samples> samples,
                                          const Parameters& parameters, const Instance& instance);

/// What set_parameters() ask for.
std::unique_ptr<Samples> samples_of(const Family& family, const Parameters& parameters,
                                    const Instance& instance, DataSets& data);

}  // namespace ravine::problems::nets
