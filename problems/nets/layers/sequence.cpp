#include "problems/nets/layers/sequence.hpp"

#include <cctype>
#include <stdexcept>
#include <utility>

namespace ravine::problems::nets {

Sequence::Sequence(Layers layers, std::string prefix)
    : layers_(std::move(layers)), prefix_(std::move(prefix)), offsets_{0} {
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    if (l > 0 && layers_[l]->inputs() != layers_[l - 1]->outputs())
      throw std::logic_error("layers of a net do not fit each other");
    offsets_.push_back(offsets_.back() + layers_[l]->parameter_count());
  }
}

std::vector<Block> Sequence::blocks() const {
  std::vector<Block> all;
  int number = 0;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    std::vector<Block> own = layers_[l]->blocks();
    if (own.empty()) continue;
    ++number;
    for (Block& block : own) {
      const bool nested = std::isdigit(static_cast<unsigned char>(block.name.back())) != 0;
      block.name = prefix_ + (nested ? "r" + std::to_string(number) + "_" + block.name
                                     : block.name + std::to_string(number));
      block.offset += static_cast<std::uint64_t>(offsets_[l]);
      all.push_back(std::move(block));
    }
  }
  return all;
}

std::vector<Fan> Sequence::fans() const {
  std::vector<Fan> all;
  for (std::size_t l = 0; l < layers_.size(); ++l)
    for (Fan fan : layers_[l]->fans()) {
      fan.offset += static_cast<std::uint64_t>(offsets_[l]);
      all.push_back(fan);
    }
  return all;
}

bool Sequence::couples_samples() const {
  for (const auto& layer : layers_)
    if (layer->couples_samples()) return true;
  return false;
}

void Sequence::begin(const Pass& pass) {
  for (const auto& layer : layers_) layer->begin(pass);
}

void Sequence::fit(Kept& kept) const {
  if (!kept.empty() && kept.front().cols() >= columns_) return;
  kept.clear();
  for (std::size_t l = 0; l + 1 < layers_.size(); ++l)
    kept.emplace_back(layers_[l]->outputs(), columns_);
}

void Sequence::forward(const double* theta, const In& x, Out y) {
  columns_ = x.cols();
  fit(y_);
  const std::size_t last = layers_.size() - 1;
  for (std::size_t l = 0; l <= last; ++l) {
    const In below = l == 0 ? x : output(l - 1);
    layers_[l]->forward(theta + offsets_[l], below, l == last ? y : y_[l].leftCols(columns_));
  }
}

void Sequence::backward(const double* theta, const In& x, const In& y, const In& dy, Out* dx,
                        double* gradient) {
  fit(dy_);
  const std::size_t last = layers_.size() - 1;
  for (std::size_t l = last + 1; l-- > 0;) {
    const In below = l == 0 ? x : output(l - 1);
    const In above = l == last ? y : output(l);
    const In slope = l == last ? dy : derivative(l);
    if (l == 0) {
      layers_[l]->backward(theta, below, above, slope, dx, gradient);
    } else {
      Out down = dy_[l - 1].leftCols(columns_);
      layers_[l]->backward(theta + offsets_[l], below, above, slope, &down, gradient + offsets_[l]);
    }
  }
}

void Sequence::tangent(const double* theta, const double* v, const In& x, const In& y, const In* rx,
                       Out ry) {
  fit(ry_);
  const std::size_t last = layers_.size() - 1;
  for (std::size_t l = 0; l <= last; ++l) {
    const In below = l == 0 ? x : output(l - 1);
    const In above = l == last ? y : output(l);
    Out out = l == last ? ry : Out(ry_[l].leftCols(columns_));
    if (l == 0) {
      layers_[l]->tangent(theta, v, below, above, rx, out);
    } else {
      const In moved = ry_[l - 1].leftCols(columns_);
      layers_[l]->tangent(theta + offsets_[l], v + offsets_[l], below, above, &moved, out);
    }
  }
}

void Sequence::tangent_backward(const double* theta, const double* v, const In& x, const In& y,
                                const In& dy, const In* rx, const In& ry, const In& rdy, Out* rdx,
                                double* hv) {
  fit(rdy_);
  const std::size_t last = layers_.size() - 1;
  for (std::size_t l = last + 1; l-- > 0;) {
    const In below = l == 0 ? x : output(l - 1);
    const In above = l == last ? y : output(l);
    const In slope = l == last ? dy : derivative(l);
    const In moved_above = l == last ? ry : In(ry_[l].leftCols(columns_));
    const In moved_slope = l == last ? rdy : In(rdy_[l].leftCols(columns_));
    if (l == 0) {
      layers_[l]->tangent_backward(theta, v, below, above, slope, rx, moved_above, moved_slope, rdx,
                                   hv);
    } else {
      const In moved = ry_[l - 1].leftCols(columns_);
      Out down = rdy_[l - 1].leftCols(columns_);
      layers_[l]->tangent_backward(theta + offsets_[l], v + offsets_[l], below, above, slope,
                                   &moved, moved_above, moved_slope, &down, hv + offsets_[l]);
    }
  }
}

}  // namespace ravine::problems::nets
