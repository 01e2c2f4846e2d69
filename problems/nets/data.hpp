// The data of a family of nets that classifies, from its parameters.
#pragma once

#include <memory>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/samples.hpp"

namespace ravine::problems::nets {

/// train, validation, test and label_noise.
std::vector<ParameterSpec> count_parameters();
/// data, classes and noise: sets of points beside the images.
std::vector<ParameterSpec> set_parameters();

/// Fashion-MNIST by count_parameters(). Throws ProblemError where the set has fewer.
std::unique_ptr<Samples> images_of(const Family& family, const Parameters& parameters,
                                   const Instance& instance, DataSets& data);

/// What set_parameters() ask for.
std::unique_ptr<Samples> samples_of(const Family& family, const Parameters& parameters,
                                    const Instance& instance, DataSets& data);

}  // namespace ravine::problems::nets
