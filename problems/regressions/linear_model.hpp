// Regressions whose samples enter by x'w: what their families share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/regressions/generated.hpp"
#include "problems/regressions/loss.hpp"

namespace ravine::problems {

/// What a regression trains on, and how it is asked to.
struct TrainingData {
  LabelledRows rows;  ///< of a file, in shared memory, or of `drawn`
  std::string path;   ///< empty when generated
  std::string items;  ///< the file of the labels where it is another, of items in place of lines
  DrawnRows drawn;
  std::unique_ptr<Generator> training;    ///< what `drawn` came from; null for a file
  std::unique_ptr<Generator> evaluation;  ///< the same distribution, other samples
  bool fresh = false;
  double noise = 0;
};

/// data, label, n, samples, condition, rotation, noise, l2 and sampling. `noise_meaning` and
/// defaults are the family's.
std::vector<ParameterSpec> regression_parameters(const std::string& noise, double most_noise,
                                                 const std::string& noise_meaning,
                                                 const std::string& l2);

/// Reads the file or draws the samples. Throws ProblemError where parameters contradict each other
/// or ask for more than kMostDrawn numbers.
std::unique_ptr<TrainingData> training_data(const Family& family, const Parameters& parameters,
                                            const Instance& instance, DataSets& data,
                                            LabelRule rule, std::uint64_t classes = 1);

/// Labels of a file that name two classes, as -1 and 1: -1 and 1, 0 and 1, or 1 and 2. Throws
/// ProblemError with the line of any other.
std::vector<double> signs_of(const TrainingData& data);

/// Throws ProblemError with the file and line of the label (of IDX the item), and what is allowed.
[[noreturn]] void refuse_label(const TrainingData& data, std::uint64_t row,
                               const std::string& allowed);

/// Samples on which the risk is measured where it has no closed form: 100,000, or as many as hold
/// 2^23 numbers, at least 1000.
std::uint64_t evaluation_count(std::uint64_t columns);

/// Instance 0 starts at 0, others at standard normal numbers over sqrt(n).
std::vector<double> regression_start(const Instance& instance, std::uint64_t n,
                                     std::uint64_t columns, bool from_zero);

/// f(w) = 1/N sum phi(x_i'w, y_i) + l2/2 |w|^2. With fresh samples the objective of all of them is
/// the risk E phi(x'w, y) + l2/2 |w|^2 itself (margin_risk.hpp), and its minimum is known.
std::unique_ptr<Problem> make_linear_model(const Family& family, const Parameters& parameters,
                                           const Instance& instance, Loss loss,
                                           std::unique_ptr<TrainingData> data);

}  // namespace ravine::problems
