// Image classification by a small net: a finite sum of 60000 terms with real data.
#include "problems/nets/mlp.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/layer_maps.hpp"
#include "problems/nets/mlp_facts.hpp"
#include "problems/nets/perceptron.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

constexpr Index kChunk = 256;  // samples converted at once: 1.6 MB of doubles, not 376

Activation activation_of(const Parameters& parameters) {
  return parameters.at("activation").text == "relu" ? Activation::relu : Activation::tanh;
}

std::vector<Index> widths_of(const Parameters& parameters, const ImageSet& set) {
  std::vector<Index> widths = hidden_widths(parameters.at("hidden").text);
  widths.insert(widths.begin(), static_cast<Index>(set.train.pixels_per_image));
  widths.push_back(static_cast<Index>(set.classes));
  return widths;
}

Eigen::Map<const Eigen::VectorXd> vector_at(const double* data, std::size_t n) {
  return {data, static_cast<Index>(n)};
}

class Mlp final : public Problem {
 public:
  Mlp(const Family& family, const Parameters& parameters, const Instance& instance,
      const ImageSet& set, Curriculum curriculum)
      : set_(set),
        curriculum_(std::move(curriculum)),
        test_count_(whole(parameters, "test")),
        l2_(real(parameters, "l2")),
        net_(widths_of(parameters, set), activation_of(parameters), kChunk) {
    facts_ = plain_facts(family, static_cast<std::uint64_t>(net_.parameter_count()));
    facts_.x0 = glorot_start(net_.layers(), activation_of(parameters), instance.seed);
    facts_.blocks = mlp_blocks(net_.layers());
    facts_.sample_count = curriculum_.counts.back();
    facts_.constants["N"] = static_cast<double>(facts_.sample_count);
    facts_.offers_hessian = false;
    facts_.stages = curriculum_.stages;
    facts_.metrics = {{"train_loss", "1", false},  // the objective of the last stage, l2 included
                      {"test_loss", "1", false},   // mean cross-entropy alone
                      {"test_accuracy", "1", true}};
    chunk_.inputs.resize(static_cast<Index>(set.train.pixels_per_image), kChunk);
    chunk_.labels.resize(kChunk);
    for (std::size_t level = 0; level < pixel_.size(); ++level)
      pixel_[level] = static_cast<double>(level) / 255;
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    theta_ = vector_at(x.data(), x.size());
    sum_.setZero(theta_.size());
    double loss = 0;
    for_each_chunk(objective, [&] {
      loss += net_.forward(theta_, chunk_).loss;
      if (gradient != nullptr) net_.add_gradient(theta_, chunk_, sum_);
    });
    if (value != nullptr) *value = scale(objective) * loss + penalty();
    if (gradient != nullptr) write(objective, theta_, sum_, gradient);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    theta_ = vector_at(x.data(), x.size());
    sum_.setZero(theta_.size());  // of gradients, which only the curvature below needs
    std::vector<Eigen::VectorXd> directions;
    std::vector<Eigen::VectorXd> products(count, Eigen::VectorXd::Zero(theta_.size()));
    for (std::uint64_t k = 0; k < count; ++k)
      directions.emplace_back(vector_at(v + k * x.size(), x.size()));
    for_each_chunk(objective, [&] {
      net_.forward(theta_, chunk_);
      net_.add_gradient(theta_, chunk_, sum_);
      for (std::uint64_t k = 0; k < count; ++k)
        net_.add_hessian_vector(theta_, directions[k], chunk_, products[k]);
    });
    for (std::uint64_t k = 0; k < count; ++k)
      write(objective, directions[k], products[k], hv + k * x.size());
    return Answer::ok;
  }

  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size()) return Answer::failed;
    const Objective last{facts_.stages.size() - 1};
    const Answer answer = evaluate(last, x, &metrics[0], nullptr);
    if (answer != Answer::ok) return answer;
    Perceptron::Outcome test;
    const auto add = [&] {
      const Perceptron::Outcome outcome = net_.forward(theta_, chunk_);
      test.loss += outcome.loss;
      test.correct += outcome.correct;
    };
    for (std::uint64_t i = 0; i < test_count_; ++i) append(set_.test, i, add);
    flush(add);
    metrics[1] = test.loss / static_cast<double>(test_count_);
    metrics[2] = static_cast<double>(test.correct) / static_cast<double>(test_count_);
    return Answer::ok;
  }

 private:
  // Calls `use` for every full chunk and for the rest, of the samples with weight 1.
  template <class Use>
  void for_each_chunk(const Objective& objective, Use use) {
    const std::uint64_t active = curriculum_.counts[objective.stage];
    const std::uint64_t count = objective.full ? facts_.sample_count : objective.samples.size();
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t sample = objective.full ? i : objective.samples[i];
      if (active < facts_.sample_count && curriculum_.rank[sample] >= active) continue;
      append(set_.train, sample, use);
    }
    flush(use);
  }

  template <class Use>
  void append(const LabelledImages& images, std::uint64_t sample, Use use) {
    const std::uint64_t size = images.pixels_per_image;
    const std::uint8_t* from = &images.pixels[sample * size];
    double* to = chunk_.inputs.col(chunk_.size).data();
    for (std::uint64_t p = 0; p < size; ++p) to[p] = pixel_[from[p]];
    chunk_.labels[static_cast<std::size_t>(chunk_.size)] = images.labels[sample];
    if (++chunk_.size == kChunk) flush(use);
  }

  template <class Use>
  void flush(Use use) {
    if (chunk_.size > 0) use();
    chunk_.size = 0;
  }

  // (W_i / mean W) / |B| for the samples with W_i = 1.
  [[nodiscard]] double scale(const Objective& objective) const {
    const std::uint64_t count = objective.full ? facts_.sample_count : objective.samples.size();
    const auto active = static_cast<double>(curriculum_.counts[objective.stage]);
    return static_cast<double>(facts_.sample_count) / active / static_cast<double>(count);
  }

  [[nodiscard]] double penalty() const {
    double squares = 0;
    for (const Layer& layer : net_.layers()) squares += weights(layer, theta_).squaredNorm();
    return 0.5 * l2_ * squares;
  }

  // out := scale * sums + l2 * (the weights' part of direction)
  void write(const Objective& objective, const Eigen::VectorXd& direction, Eigen::VectorXd& sums,
             double* out) const {
    sums *= scale(objective);
    for (const Layer& layer : net_.layers())
      weights(layer, sums) += l2_ * weights(layer, direction);
    std::copy_n(sums.data(), facts_.n, out);
  }

  const ImageSet& set_;
  Curriculum curriculum_;
  std::uint64_t test_count_;
  double l2_;
  Perceptron net_;
  Facts facts_;
  std::array<double, 256> pixel_{};  ///< level / 255
  Chunk chunk_;
  Eigen::VectorXd theta_;  ///< scratch: x, aligned
  Eigen::VectorXd sum_;    ///< scratch: summed gradient
};

std::uint64_t checked_count(const Family& family, const std::string& name, std::uint64_t wanted,
                            std::uint64_t available) {
  if (wanted > available)
    throw ProblemError("parameter '" + name + "' of problem '" + family.id + "' is at most " +
                       std::to_string(available) + " with this data set, not " +
                       std::to_string(wanted));
  return wanted;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = mlp_family();
  const std::uint64_t count = training_count(family, parameters, data);
  return make_mlp(family, parameters, instance, data, {{{"objective", 0, false}}, {count}, {}});
}

}  // namespace

std::vector<ParameterSpec> mlp_parameters() {
  using enum ParameterType;
  return {
      {"hidden", text, "32", 0, 0, {}, "widths of the hidden layers, '64-32'; 'none' for none"},
      {"activation", choice, "tanh", 0, 0, {"tanh", "relu"}, "of the hidden layers"},
      {"train", integer, "60000", 1, 1e9, {}, "number of training samples, the first ones"},
      {"test", integer, "10000", 1, 1e9, {}, "number of test samples, the first ones"},
      {"l2",
       ParameterType::real,
       "0",
       0,
       1e6,
       {},
       "factor of half the squared weights, not biases"},
  };
}

std::uint64_t training_count(const Family& family, const Parameters& parameters, DataSets& data) {
  return checked_count(family, "train", whole(parameters, "train"),
                       data.fashion_mnist().train.count);
}

std::unique_ptr<Problem> make_mlp(const Family& family, const Parameters& parameters,
                                  const Instance& instance, DataSets& data, Curriculum curriculum) {
  const ImageSet& set = data.fashion_mnist();
  checked_count(family, "test", whole(parameters, "test"), set.test.count);
  return std::make_unique<Mlp>(family, parameters, instance, set, std::move(curriculum));
}

Family mlp_family() {
  Family family;
  family.id = "mlp";
  family.summary = "multilayer perceptron with softmax cross-entropy on Fashion-MNIST";
  family.citation =
      "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature "
      "323, 1986, 533-536; data: Xiao, Rasul and Vollgraf, Fashion-MNIST, arXiv:1708.07747";
  family.stochastic = true;
  family.seeded = true;
  family.parameters = mlp_parameters();
  family.make = make;
  return family;
}

}  // namespace ravine::problems
