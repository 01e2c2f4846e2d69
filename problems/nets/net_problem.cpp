#include "problems/nets/net_problem.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "problems/facts.hpp"

namespace ravine::problems::nets {
namespace {

constexpr Index kChunk = 256;  // samples converted at once: 1.6 MB of doubles of images, not 376

Eigen::Map<const Eigen::VectorXd> vector_at(const double* data, std::size_t n) {
  return {data, static_cast<Index>(n)};
}

class NetProblem final : public Problem {
 public:
  NetProblem(const Family& family, const Instance& instance, NetParts parts)
      : parts_(std::move(parts)),
        net_(*parts_.net),
        samples_(*parts_.samples),
        seed_(instance.seed) {
    const Index outputs = samples_.classes() > 0 ? samples_.classes() : samples_.targets();
    if (net_.layers().inputs() != samples_.features() || net_.layers().outputs() != outputs)
      throw std::logic_error("a net does not fit its samples");
    facts_ = plain_facts(family, static_cast<std::uint64_t>(net_.parameter_count()));
    facts_.x0 = parts_.start;
    facts_.blocks = net_.blocks();
    facts_.sample_count = samples_.count(Part::training);
    facts_.constants["N"] = static_cast<double>(facts_.sample_count);
    facts_.offers_hessian = false;
    facts_.offers_gauss_newton = true;
    facts_.offers_sampled_labels = true;
    facts_.stages = parts_.curriculum.stages;
    facts_.metrics = {{"train_loss", "1", false}};  // the objective of the last stage, l2 included
    for (const auto& [part, name] : judged()) {
      facts_.metrics.push_back({name + "_loss", "1", false});  // the mean loss alone
      if (samples_.classes() > 0) facts_.metrics.push_back({name + "_accuracy", "1", true});
    }
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    theta_ = vector_at(x.data(), x.size());
    sum_.setZero(theta_.size());
    double loss = 0;
    for_each_chunk(objective, [&](const Pass& pass) {
      loss += net_.forward(theta_, batch_, pass).loss;
      if (gradient != nullptr) net_.add_gradient(theta_, batch_, sum_);
    });
    if (value != nullptr) *value = scale(objective) * loss + penalty();
    if (gradient != nullptr) write(objective, theta_, sum_, gradient);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    return products(objective, x, v, count, hv, [&](const auto& directions, auto& sums) {
      net_.add_gradient(theta_, batch_, sum_);
      for (std::uint64_t k = 0; k < count; ++k)
        net_.add_hessian_vector(theta_, directions[k], batch_, sums[k]);
    });
  }

  Answer gauss_newton_vectors(const Objective& objective, std::span<const double> x,
                              const double* v, std::uint64_t count, double* gv) override {
    return products(objective, x, v, count, gv, [&](const auto& directions, auto& sums) {
      for (std::uint64_t k = 0; k < count; ++k)
        net_.add_gauss_newton_vector(theta_, directions[k], batch_, sums[k]);
    });
  }

  Answer sampled_label_gradient(const Objective& objective, std::span<const double> x,
                                std::uint64_t draw, double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    theta_ = vector_at(x.data(), x.size());
    sum_.setZero(theta_.size());
    const Stream draws(mix64(seed_ ^ mix64(draw)), "nets/sampled labels");
    std::uint64_t first = 0;
    for_each_chunk(objective, [&](const Pass& pass) {
      net_.forward(theta_, batch_, pass);
      net_.add_sampled_gradient(theta_, batch_, draws, first, sum_);
      first += static_cast<std::uint64_t>(batch_.size * net_.layers().outputs());
    });
    write(objective, theta_, sum_, gradient);
    return Answer::ok;
  }

  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size()) return Answer::failed;
    const Objective last{facts_.stages.size() - 1};
    const Answer answer = evaluate(last, x, metrics.data(), nullptr);
    if (answer != Answer::ok) return answer;
    batch_.weights.resize(0);
    if (net_.couples_samples()) collect();
    std::size_t next = 1;
    for (const auto& [part, name] : judged()) {
      Network::Outcome outcome;
      for_each_of(part, samples_.count(part), kChunk, [&] {
        const Network::Outcome chunk = net_.forward(theta_, batch_, {Mode::evaluation, 0});
        outcome.loss += chunk.loss;
        outcome.correct += chunk.correct;
      });
      const auto count = static_cast<double>(samples_.count(part));
      metrics[next++] = outcome.loss / count;
      if (samples_.classes() > 0) metrics[next++] = static_cast<double>(outcome.correct) / count;
    }
    return Answer::ok;
  }

 private:
  using Vectors = std::vector<Eigen::VectorXd>;

  [[nodiscard]] std::vector<std::pair<Part, std::string>> judged() const {
    std::vector<std::pair<Part, std::string>> all;
    if (samples_.count(Part::validation) > 0) all.emplace_back(Part::validation, "validation");
    if (samples_.count(Part::test) > 0) all.emplace_back(Part::test, "test");
    return all;
  }

  [[nodiscard]] double weight(std::uint64_t stage, std::uint64_t sample) const {
    return parts_.curriculum.weight ? parts_.curriculum.weight(stage, sample) : 1;
  }

  [[nodiscard]] std::uint64_t size_of(const Objective& objective) const {
    return objective.full ? facts_.sample_count : objective.samples.size();
  }

  // Calls `use` for every full chunk of the objective's samples, and for the rest; those of weight
  // 0 cost nothing.
  template <class Use>
  void for_each_chunk(const Objective& objective, Use use) {
    const std::uint64_t count = size_of(objective);
    const Index chunk = net_.couples_samples() ? static_cast<Index>(count) : kChunk;
    Pass pass;
    if (net_.couples_samples()) pass.key = key_of(objective);
    make_room(chunk);
    if (parts_.curriculum.weight) {
      if (batch_.weights.size() < chunk) batch_.weights.resize(batch_.inputs.cols());
    } else {
      batch_.weights.resize(0);
    }
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t sample = objective.full ? i : objective.samples[i];
      if (parts_.curriculum.weight) {
        const double w = weight(objective.stage, sample);
        if (w == 0) continue;
        batch_.weights[batch_.size] = w;
      }
      samples_.put(Part::training, sample, batch_, batch_.size);
      if (++batch_.size == chunk) flush([&] { use(pass); });
    }
    flush([&] { use(pass); });
  }

  template <class Use>
  void for_each_of(Part part, std::uint64_t count, Index chunk, Use use) {
    make_room(chunk);
    for (std::uint64_t i = 0; i < count; ++i) {
      samples_.put(part, i, batch_, batch_.size);
      if (++batch_.size == chunk) flush(use);
    }
    flush(use);
  }

  void make_room(Index chunk) {
    samples_.fit(batch_, chunk);
    batch_.size = 0;
  }

  template <class Use>
  void flush(Use use) {
    if (batch_.size > 0) use();
    batch_.size = 0;
  }

  // Statistics for evaluation, of a batch that is always the same.
  void collect() {
    const std::uint64_t count = std::min(kFrozen, facts_.sample_count);
    for_each_of(Part::training, count, static_cast<Index>(count), [&] {
      net_.forward(theta_, batch_, {Mode::collecting, seed_});
    });
  }

  // Of the samples in their order: the same batch sees the same noise.
  [[nodiscard]] std::uint64_t key_of(const Objective& objective) const {
    std::uint64_t key = mix64(seed_ + objective.stage);
    if (!objective.full)
      for (const std::uint64_t sample : objective.samples) key = mix64(key ^ (sample + 1));
    return key;
  }

  template <class Add>
  Answer products(const Objective& objective, std::span<const double> x, const double* v,
                  std::uint64_t count, double* out, Add add) {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    theta_ = vector_at(x.data(), x.size());
    sum_.setZero(theta_.size());  // of gradients, which only the curvature needs
    directions_.resize(std::max(directions_.size(), count));
    products_.resize(directions_.size());
    for (std::uint64_t k = 0; k < count; ++k) {
      directions_[k] = vector_at(v + k * x.size(), x.size());
      products_[k].setZero(theta_.size());
    }
    for_each_chunk(objective, [&](const Pass& pass) {
      net_.forward(theta_, batch_, pass);
      add(directions_, products_);
    });
    for (std::uint64_t k = 0; k < count; ++k)
      write(objective, directions_[k], products_[k], out + k * x.size());
    return Answer::ok;
  }

  // 1 / (|B| mean W).
  [[nodiscard]] double scale(const Objective& objective) const {
    const double mean = parts_.curriculum.weight ? parts_.curriculum.mean[objective.stage] : 1;
    return 1 / (static_cast<double>(size_of(objective)) * mean);
  }

  [[nodiscard]] double penalty() const {
    double squares = 0;
    for (const Block& block : facts_.blocks)
      if (!block.exempt_from_decay) squares += part(theta_, block).squaredNorm();
    return 0.5 * parts_.l2 * squares;
  }

  // out := scale * sums + l2 * (the weights' part of direction)
  void write(const Objective& objective, const Eigen::VectorXd& direction, Eigen::VectorXd& sums,
             double* out) const {
    sums *= scale(objective);
    if (parts_.l2 != 0)
      for (const Block& block : facts_.blocks)
        if (!block.exempt_from_decay)
          sums.segment(static_cast<Index>(block.offset), size(block)) +=
              parts_.l2 * part(direction, block);
    std::copy_n(sums.data(), facts_.n, out);
  }

  [[nodiscard]] static Index size(const Block& block) {
    Index count = 1;
    for (const std::uint64_t side : block.shape) count *= static_cast<Index>(side);
    return count;
  }

  [[nodiscard]] static Eigen::Ref<const Eigen::VectorXd> part(const Eigen::VectorXd& theta,
                                                              const Block& block) {
    return theta.segment(static_cast<Index>(block.offset), size(block));
  }

  NetParts parts_;
  Network& net_;
  Samples& samples_;
  std::uint64_t seed_;
  Facts facts_;
  Batch batch_;
  Eigen::VectorXd theta_;  ///< scratch: x, aligned
  Eigen::VectorXd sum_;    ///< scratch: summed gradient
  Vectors directions_, products_;
};

}  // namespace

std::unique_ptr<Problem> net_problem(const Family& family, const Instance& instance,
                                     NetParts parts) {
  return std::make_unique<NetProblem>(family, instance, std::move(parts));
}

}  // namespace ravine::problems::nets
