#include "problems/nets/net_problem.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "problems/facts.hpp"
#include "problems/nets/aligned.hpp"

namespace ravine::problems::nets {
namespace {

constexpr Index kChunk = 256;  // samples converted at once: 1.6 MB of doubles of images, not 376

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
    const double* theta = theta_.of(x.data(), x.size());
    double* sums = gradient == nullptr ? nullptr : sums_.begin(gradient, x.size());
    double loss = 0;
    for_each_chunk(objective, [&](const Pass& pass) {
      loss += net_.forward(theta, batch_, pass).loss;
      if (sums != nullptr) net_.add_gradient(theta, batch_, sums);
    });
    if (value != nullptr) *value = loss + penalty(theta);
    if (sums != nullptr) finish(theta, sums_);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    gradient_.resize(static_cast<Index>(x.size()));  // which only the curvature needs
    return products(objective, x, v, count, hv, [&](const double* theta) {
      net_.add_gradient(theta, batch_, gradient_.data());
      for (std::uint64_t k = 0; k < count; ++k)
        net_.add_hessian_vector(theta, along_[k], batch_, products_[k].sums());
    });
  }

  Answer gauss_newton_vectors(const Objective& objective, std::span<const double> x,
                              const double* v, std::uint64_t count, double* gv) override {
    return products(objective, x, v, count, gv, [&](const double* theta) {
      for (std::uint64_t k = 0; k < count; ++k)
        net_.add_gauss_newton_vector(theta, along_[k], batch_, products_[k].sums());
    });
  }

  Answer sampled_label_gradient(const Objective& objective, std::span<const double> x,
                                std::uint64_t draw, double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const double* theta = theta_.of(x.data(), x.size());
    double* sums = sums_.begin(gradient, x.size());
    const Stream draws(mix64(seed_ ^ mix64(draw)), "nets/sampled labels");
    std::uint64_t first = 0;
    for_each_chunk(objective, [&](const Pass& pass) {
      net_.forward(theta, batch_, pass);
      net_.add_sampled_gradient(theta, batch_, draws, first, sums);
      first += static_cast<std::uint64_t>(batch_.size * net_.layers().outputs());
    });
    finish(theta, sums_);
    return Answer::ok;
  }

  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size()) return Answer::failed;
    const Objective last{facts_.stages.size() - 1};
    const Answer answer = evaluate(last, x, metrics.data(), nullptr);
    if (answer != Answer::ok) return answer;
    const double* theta = theta_.of(x.data(), x.size());
    batch_.weights.resize(0);
    batch_.factor = 1;
    if (net_.couples_samples()) collect(theta);
    std::size_t next = 1;
    for (const auto& [part, name] : judged()) {
      Network::Outcome outcome;
      for_each_of(part, samples_.count(part), kChunk, [&] {
        const Network::Outcome chunk = net_.forward(theta, batch_, {Mode::evaluation, 0});
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
  using Weights = Eigen::Map<const Eigen::VectorXd>;

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
    const Index chunk = chunk_of(objective);
    Pass pass;
    if (net_.couples_samples()) pass.key = key_of(objective);
    make_room(chunk);
    batch_.factor = scale(objective);
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
      if (++batch_.size == chunk) {
        flush([&] { use(pass); });
        pass.key = mix64(pass.key);
      }
    }
    flush([&] { use(pass); });
  }

  // A batch whose samples are coupled is one chunk; the slices of a full objective are of even
  // size.
  [[nodiscard]] Index chunk_of(const Objective& objective) const {
    if (!net_.couples_samples()) return kChunk;
    const auto count = static_cast<Index>(size_of(objective));
    if (!objective.full) return count;
    const Index slices = (count + kChunk - 1) / kChunk;
    return (count + slices - 1) / slices;
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
  void collect(const double* theta) {
    const std::uint64_t count = std::min(kFrozen, facts_.sample_count);
    for_each_of(Part::training, count, static_cast<Index>(count), [&] {
      net_.forward(theta, batch_, {Mode::collecting, seed_});
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
    const double* theta = theta_.of(x.data(), x.size());
    directions_.resize(std::max(directions_.size(), count));
    products_.resize(directions_.size());
    along_.resize(directions_.size());
    for (std::uint64_t k = 0; k < count; ++k) {
      along_[k] = directions_[k].of(v + k * x.size(), x.size());
      products_[k].begin(out + k * x.size(), x.size());
    }
    for_each_chunk(objective, [&](const Pass& pass) {
      net_.forward(theta, batch_, pass);
      add(theta);
    });
    for (std::uint64_t k = 0; k < count; ++k) finish(along_[k], products_[k]);
    return Answer::ok;
  }

  // 1 / (|B| mean W).
  [[nodiscard]] double scale(const Objective& objective) const {
    const double mean = parts_.curriculum.weight ? parts_.curriculum.mean[objective.stage] : 1;
    return 1 / (static_cast<double>(size_of(objective)) * mean);
  }

  [[nodiscard]] double penalty(const double* theta) const {
    if (parts_.l2 == 0) return 0;
    double squares = 0;
    for (const Block& block : facts_.blocks)
      if (!block.exempt_from_decay)
        squares += Weights(theta + block.offset, size(block)).squaredNorm();
    return 0.5 * parts_.l2 * squares;
  }

  // sums += l2 * (the weights' part of direction), and out with them.
  void finish(const double* direction, const AlignedSums& sums) const {
    if (parts_.l2 != 0)
      for (const Block& block : facts_.blocks)
        if (!block.exempt_from_decay)
          Eigen::Map<Eigen::VectorXd>(sums.sums() + block.offset, size(block)) +=
              parts_.l2 * Weights(direction + block.offset, size(block));
    sums.finish();
  }

  [[nodiscard]] static Index size(const Block& block) {
    Index count = 1;
    for (const std::uint64_t side : block.shape) count *= static_cast<Index>(side);
    return count;
  }

  NetParts parts_;
  Network& net_;
  Samples& samples_;
  std::uint64_t seed_;
  Facts facts_;
  Batch batch_;
  AlignedVector theta_;
  AlignedSums sums_;
  Eigen::VectorXd gradient_;  ///< scratch of Hessian products
  std::vector<AlignedVector> directions_;
  std::vector<const double*> along_;
  std::vector<AlignedSums> products_;
};

}  // namespace

std::unique_ptr<Problem> net_problem(const Family& family, const Instance& instance,
                                     NetParts parts) {
  return std::make_unique<NetProblem>(family, instance, std::move(parts));
}

}  // namespace ravine::problems::nets
