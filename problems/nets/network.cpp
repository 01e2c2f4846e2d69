#include "problems/nets/network.hpp"

#include <utility>

#include "problems/linear/fixed_blocking.hpp"

namespace ravine::problems::nets {

Network::Network(std::unique_ptr<Sequence> layers, std::unique_ptr<Loss> loss,
                 std::vector<Head> heads)
    : layers_(std::move(layers)), loss_(std::move(loss)), heads_(std::move(heads)) {
  fix_eigen_blocking();
  add_exit(*layers_, *loss_);
  for (Head& head : heads_) {
    add_exit(*head.layers, *head.loss);
    exits_.back().weight = head.weight;
    exits_.back().tap = head.tap;
    exits_.back().layer = head.layer;
  }
}

void Network::add_exit(Sequence& layers, Loss& loss) {
  Exit exit;
  exit.layers = &layers;
  exit.loss = &loss;
  exit.offset = count_;
  exits_.push_back(std::move(exit));
  count_ += layers.parameter_count();
}

std::vector<Block> Network::blocks() const {
  std::vector<Block> all;
  for (const Exit& exit : exits_)
    for (Block block : exit.layers->blocks()) {
      block.offset += static_cast<std::uint64_t>(exit.offset);
      all.push_back(std::move(block));
    }
  return all;
}

std::vector<Fan> Network::fans() const {
  std::vector<Fan> all;
  for (const Exit& exit : exits_)
    for (Fan fan : exit.layers->fans()) {
      fan.offset += static_cast<std::uint64_t>(exit.offset);
      all.push_back(fan);
    }
  return all;
}

In Network::input_of(const Exit& exit, const Batch& batch) const {
  if (exit.tap == nullptr) return batch.inputs.leftCols(columns_);
  return layers_->output(exit.layer);
}

Network::Outcome Network::forward(const double* theta, const Batch& batch, const Pass& pass) {
  columns_ = batch.size;
  for (Eigen::VectorXd* losses : {&losses_, &head_losses_})
    if (losses->size() < columns_) losses->resize(columns_);
  Outcome outcome;
  for (Exit& exit : exits_) {
    if (exit.tap != nullptr && pass.mode == Mode::evaluation) continue;
    if (exit.z.cols() < columns_) {
      for (Matrix* matrix : {&exit.z, &exit.dz, &exit.rz, &exit.rdz})
        matrix->resize(exit.layers->outputs(), columns_);
      if (exit.tap != nullptr)
        for (Matrix* matrix : {&exit.tap->other_dy, &exit.tap->other_rdy})
          matrix->resize(exit.tap->outputs(), columns_);
    }
    exit.layers->begin(pass);
    Out z = exit.z.leftCols(columns_);
    exit.layers->forward(theta + exit.offset, input_of(exit, batch), z);
    Eigen::VectorXd& losses = exit.tap == nullptr ? losses_ : head_losses_;
    exit.loss->values(z, batch, losses);
    for (Index j = 0; j < columns_; ++j)
      outcome.loss += exit.weight * batch.factor *
                      (batch.weights.size() > 0 ? batch.weights[j] : 1) * losses[j];
    if (exit.tap == nullptr) outcome.correct = exit.loss->correct(batch);
  }
  return outcome;
}

void Network::weigh(const Exit& exit, const Batch& batch, Out dz) const {
  const double factor = exit.weight * batch.factor;
  if (factor != 1) dz *= factor;
  if (batch.weights.size() == 0) return;
  for (Index j = 0; j < columns_; ++j) dz.col(j) *= batch.weights[j];
}

// Heads first: what they send back enters the net's own pass at their taps.
void Network::backward(const double* theta, const Batch& batch, double* gradient) {
  for (auto exit = exits_.rbegin(); exit != exits_.rend(); ++exit) {
    const In z = exit->z.leftCols(columns_);
    weigh(*exit, batch, exit->dz.leftCols(columns_));
    const In dz = exit->dz.leftCols(columns_);
    const double* own = theta + exit->offset;
    double* sums = gradient + exit->offset;
    if (exit->tap == nullptr) {
      exit->layers->backward(own, input_of(*exit, batch), z, dz, nullptr, sums);
    } else {
      Out down = exit->tap->other_dy.leftCols(columns_);
      exit->layers->backward(own, input_of(*exit, batch), z, dz, &down, sums);
    }
  }
}

void Network::add_gradient(const double* theta, const Batch& batch, double* gradient) {
  for (Exit& exit : exits_)
    exit.loss->gradient(exit.z.leftCols(columns_), batch, exit.dz.leftCols(columns_));
  backward(theta, batch, gradient);
}

void Network::add_sampled_gradient(const double* theta, const Batch& batch, const Stream& draws,
                                   std::uint64_t first, double* gradient) {
  for (Exit& exit : exits_)
    exit.loss->sampled_gradient(exit.z.leftCols(columns_), draws, first,
                                exit.dz.leftCols(columns_));
  backward(theta, batch, gradient);
}

void Network::tangent(const double* theta, const double* v, const Batch& batch) {
  for (Exit& exit : exits_) {
    const In z = exit.z.leftCols(columns_);
    Out rz = exit.rz.leftCols(columns_);
    const double* own = theta + exit.offset;
    const double* along = v + exit.offset;
    if (exit.tap == nullptr) {
      exit.layers->tangent(own, along, input_of(exit, batch), z, nullptr, rz);
    } else {
      const In moved = layers_->moved(exit.layer);
      exit.layers->tangent(own, along, input_of(exit, batch), z, &moved, rz);
    }
  }
}

void Network::add_hessian_vector(const double* theta, const double* v, const Batch& batch,
                                 double* hv) {
  tangent(theta, v, batch);
  for (auto exit = exits_.rbegin(); exit != exits_.rend(); ++exit) {
    const In z = exit->z.leftCols(columns_);
    const In rz = exit->rz.leftCols(columns_);
    exit->loss->curvature(z, rz, exit->rdz.leftCols(columns_));
    weigh(*exit, batch, exit->rdz.leftCols(columns_));
    const In dz = exit->dz.leftCols(columns_);
    const In rdz = exit->rdz.leftCols(columns_);
    const double* own = theta + exit->offset;
    const double* along = v + exit->offset;
    double* sums = hv + exit->offset;
    if (exit->tap == nullptr) {
      exit->layers->tangent_backward(own, along, input_of(*exit, batch), z, dz, nullptr, rz, rdz,
                                     nullptr, sums);
    } else {
      const In moved = layers_->moved(exit->layer);
      Out down = exit->tap->other_rdy.leftCols(columns_);
      exit->layers->tangent_backward(own, along, input_of(*exit, batch), z, dz, &moved, rz, rdz,
                                     &down, sums);
    }
  }
}

void Network::add_gauss_newton_vector(const double* theta, const double* v, const Batch& batch,
                                      double* gv) {
  tangent(theta, v, batch);
  for (Exit& exit : exits_)
    exit.loss->curvature(exit.z.leftCols(columns_), exit.rz.leftCols(columns_),
                         exit.dz.leftCols(columns_));
  backward(theta, batch, gv);
}

}  // namespace ravine::problems::nets
