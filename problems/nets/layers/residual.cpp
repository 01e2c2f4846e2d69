#include "problems/nets/layers/residual.hpp"

#include <stdexcept>
#include <utility>

namespace ravine::problems::nets {
namespace {

class Residual final : public Layer {
 public:
  Residual(std::unique_ptr<Sequence> branch, std::unique_ptr<Sequence> shortcut)
      : branch_(std::move(branch)), shortcut_(std::move(shortcut)) {
    const Index past = shortcut_ ? shortcut_->outputs() : branch_->inputs();
    if (past != branch_->outputs())
      throw std::logic_error("a branch and its shortcut do not fit each other");
  }

  [[nodiscard]] Index inputs() const override { return branch_->inputs(); }
  [[nodiscard]] Index outputs() const override { return branch_->outputs(); }
  [[nodiscard]] Index parameter_count() const override {
    return branch_->parameter_count() + (shortcut_ ? shortcut_->parameter_count() : 0);
  }

  [[nodiscard]] std::vector<Block> blocks() const override {
    return joined(branch_->blocks(), shortcut_ ? shortcut_->blocks() : std::vector<Block>{});
  }
  [[nodiscard]] std::vector<Fan> fans() const override {
    return joined(branch_->fans(), shortcut_ ? shortcut_->fans() : std::vector<Fan>{});
  }
  [[nodiscard]] bool couples_samples() const override {
    return branch_->couples_samples() || (shortcut_ && shortcut_->couples_samples());
  }

  void begin(const Pass& pass) override {
    branch_->begin(pass);
    if (shortcut_) shortcut_->begin(pass);
  }

  void forward(const double* theta, const In& x, Out y) override {
    Out branch = fit(branch_y_, outputs(), x.cols());
    branch_->forward(theta, x, branch);
    if (shortcut_) {
      Out past = fit(past_y_, outputs(), x.cols());
      shortcut_->forward(theta + first(), x, past);
      y = branch + past;
    } else {
      y = branch + x;
    }
  }

  void backward(const double* theta, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* gradient) override {
    branch_->backward(theta, x, branch_y_.leftCols(x.cols()), dy, dx, gradient);
    if (!shortcut_) {
      if (dx != nullptr) *dx += dy;
      return;
    }
    Out down = fit(down_, inputs(), x.cols());
    shortcut_->backward(theta + first(), x, past_y_.leftCols(x.cols()), dy,
                        dx == nullptr ? nullptr : &down, gradient + first());
    if (dx != nullptr) *dx += down;
  }

  void tangent(const double* theta, const double* v, const In& x, const In& /*y*/, const In* rx,
               Out ry) override {
    Out branch = fit(branch_ry_, outputs(), x.cols());
    branch_->tangent(theta, v, x, branch_y_.leftCols(x.cols()), rx, branch);
    ry = branch;
    if (shortcut_) {
      Out past = fit(past_ry_, outputs(), x.cols());
      shortcut_->tangent(theta + first(), v + first(), x, past_y_.leftCols(x.cols()), rx, past);
      ry += past;
    } else if (rx != nullptr) {
      ry += *rx;
    }
  }

  void tangent_backward(const double* theta, const double* v, const In& x, const In& /*y*/,
                        const In& dy, const In* rx, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* hv) override {
    branch_->tangent_backward(theta, v, x, branch_y_.leftCols(x.cols()), dy, rx,
                              branch_ry_.leftCols(x.cols()), rdy, rdx, hv);
    if (!shortcut_) {
      if (rdx != nullptr) *rdx += rdy;
      return;
    }
    Out down = fit(down_, inputs(), x.cols());
    shortcut_->tangent_backward(theta + first(), v + first(), x, past_y_.leftCols(x.cols()), dy, rx,
                                past_ry_.leftCols(x.cols()), rdy, rdx == nullptr ? nullptr : &down,
                                hv + first());
    if (rdx != nullptr) *rdx += down;
  }

 private:
  /// Of the shortcut.
  [[nodiscard]] Index first() const { return branch_->parameter_count(); }

  template <class Part>
  std::vector<Part> joined(std::vector<Part> of_branch, std::vector<Part> of_shortcut) const {
    for (Part& part : of_shortcut) {
      part.offset += static_cast<std::uint64_t>(first());
      of_branch.push_back(std::move(part));
    }
    return of_branch;
  }

  static Out fit(Matrix& kept, Index rows, Index columns) {
    if (kept.cols() < columns) kept.resize(rows, columns);
    return kept.leftCols(columns);
  }

  std::unique_ptr<Sequence> branch_, shortcut_;
  Matrix branch_y_, past_y_, branch_ry_, past_ry_, down_;
};

}  // namespace

std::unique_ptr<Layer> residual(std::unique_ptr<Sequence> branch,
                                std::unique_ptr<Sequence> shortcut) {
  return std::make_unique<Residual>(std::move(branch), std::move(shortcut));
}

}  // namespace ravine::problems::nets
