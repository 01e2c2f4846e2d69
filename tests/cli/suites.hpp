// Suites and data that the tests write for themselves: a few milliseconds a trial.
#pragma once

#include <filesystem>
#include <string>

namespace ravine::test {

/// Two convex quadratics, gradient descent, Adam and L-BFGS: six trials. What a trial may spend is
/// set so that a hung one is killed after 1 s and the harness's 2 s of grace, and one that eats
/// memory is stopped at 128 MiB.
std::string small_suite();

/// Every kind of problem (instances, repetitions, stages, mini-batches) and of optimizer: 50 trials
/// and more. Needs the files of write_small_data.
std::string broad_suite();

/// `count` trials of 200 iterations each, all of whose points the trace keeps room for.
std::string long_suite(int count);

/// Four IDX files under Fashion-MNIST's names: 90 and 45 images of 6 x 6 pixels in ten classes, of
/// which the brightest column tells the class.
void write_small_data(const std::filesystem::path& folder);

}  // namespace ravine::test
