// A suite as its TOML file says it, checked for form but not yet against plugins and problems.
// The format is documented in problems/suites/README.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ravine::harness {

/// Where something stands in a suite's file: "suite.toml:12:5".
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  [[nodiscard]] std::string text() const;
};

/// A number, or a text: a choice's name or an expression in the problem's constants ("2/(mu+L)").
using Scalar = std::variant<double, std::string>;

/// A setting with all values that it takes in turn: one, or a sweep over a list or range.
struct Setting {
  std::string name;
  std::vector<Scalar> values;  ///< never empty
  Place place;                 ///< of the name
  Place value_place{};         ///< of the value, or of the list or range
};

/// Limits of a trial. What is absent falls back to the suite's, then to the defaults.
struct Budget {
  std::optional<std::uint64_t> iterations;
  std::optional<double> oracle;   ///< gradient equivalents
  std::optional<double> seconds;  ///< a safety net: a trial that it stops counts as a miss
};

/// What a trial is asked to reach.
struct Targets {
  std::optional<std::vector<double>> relative;
  std::optional<std::vector<double>> gradient;
  std::vector<std::pair<std::string, std::vector<double>>> metrics;  ///< "test_accuracy" -> levels
  Place place;
};

/// Cost of each kind of question, in gradient equivalents (protocol.md, "Oracle cost").
struct OracleWeights {
  double value = 1.0 / 3.0;
  double gradient = 1.0;
  double hessian_vector = 2.0;
  double hessian_per_n = 2.0;    ///< a dense Hessian costs this times n
  double partial_times_n = 1.0;  ///< a partial derivative costs this divided by n
};

/// When the judge looks: at every `every`-th iteration, and at each of the first `first` ones.
struct JudgeRule {
  std::uint64_t every = 1;
  std::uint64_t first = 1;
  bool value = false;                ///< on batches too, where metrics stand in for it otherwise
  std::uint64_t gradient_error = 0;  ///< batches at x0 whose gradient is compared with the full one
};

/// How mini-batches are taken from a finite sum: consecutive slices of a fresh permutation each
/// epoch, slices in the order of the data, or every sample drawn from all.
enum class BatchOrder : std::int32_t { shuffled, sequential, replacement };

/// How suites and records call them, by their numbers.
inline constexpr std::array<const char*, 3> kBatchOrderNames{"shuffled", "sequential",
                                                             "replacement"};

/// What a trial's batches are drawn from, and how.
struct BatchRule {
  std::uint64_t sample_count = 0;  ///< 0: no samples
  std::uint64_t size = 0;          ///< at most sample_count; 0: steps get the full objective
  BatchOrder order = BatchOrder::shuffled;
  bool drop_last = false;  ///< what does not fill a batch at the end of an epoch is left out of it
  bool fresh = false;      ///< every batch holds samples that were never drawn before
};

struct ProblemEntry {
  std::string family;
  std::string label;  ///< "" to make one from the family and its swept parameters
  std::vector<Setting> parameters;
  std::vector<std::uint64_t> instances{0};
  std::optional<std::vector<std::uint64_t>> seeds;
  std::optional<Setting>
      batch;  ///< mini-batch sizes, numbers, 0 for the full objective; absent: that
  BatchOrder batch_order = BatchOrder::shuffled;
  bool drop_last_batch = false;
  std::optional<Place> batch_order_place;  ///< where the order or the last batch is said
  Budget budget;
  Targets targets;
  std::optional<JudgeRule> judge;
  std::optional<std::uint64_t> stage_iterations;  ///< iterations in each stage but the last
  Place place;                                    ///< of the family
};

/// Something chosen by name, with parameters of its own: a schedule, an average.
struct NamedPart {
  std::string name;
  std::vector<Setting> parameters;
  Place place;  ///< of the name
};

struct OptimizerEntry {
  std::string id;
  std::string label;  ///< "" to make one from the id and its swept settings
  std::vector<Setting> settings;
  std::vector<std::string> on;        ///< problems by family or label, with * and ?; empty: all
  std::vector<std::string> not_on;    ///< problems to leave out
  Place place;                        ///< of the id
  std::optional<NamedPart> schedule;  ///< of the learning rate; absent: constant
  std::optional<NamedPart> average;   ///< of the iterates, which is judged; absent: none
};

struct Suite {
  std::string name;
  std::string description;
  std::string file;
  std::string hash;  ///< of the file's bytes, hexadecimal; "" where it came from elsewhere
  std::vector<std::uint64_t> seeds{0};
  Budget budget;
  Targets targets;
  OracleWeights weights;
  JudgeRule judge;
  double divergence = 1e6;          ///< diverged when f - f* > this times max(1, f0 - f*)
  std::uint64_t memory_mib = 4096;  ///< limit of a worker's own data
  std::vector<ProblemEntry> problems;
  std::vector<OptimizerEntry> optimizers;
};

}  // namespace ravine::harness
