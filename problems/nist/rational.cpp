// NIST's models of the rational class, as in the files, by Horner's rule.
#include "problems/nist/model.hpp"

namespace ravine::problems::nist {
namespace {

struct Kirby {
  static constexpr std::size_t kParameters = 5;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const double t = x[0];
    return (b[0] + (b[1] + b[2] * t) * t) / (1.0 + (b[3] + b[4] * t) * t);
  }
};

struct Cubic {
  static constexpr std::size_t kParameters = 7;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const double t = x[0];
    return (b[0] + (b[1] + (b[2] + b[3] * t) * t) * t) / (1.0 + (b[4] + (b[5] + b[6] * t) * t) * t);
  }
};

struct Mgh09 {
  static constexpr std::size_t kParameters = 4;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const double t = x[0];
    return b[0] * (t * t + t * b[1]) / (t * t + t * b[2] + b[3]);
  }
};

}  // namespace

std::vector<Model> rational_models() {
  return {model<Kirby>("Kirby2"), model<Cubic>("Hahn1"), model<Mgh09>("MGH09"),
          model<Cubic>("Thurber")};
}

}  // namespace ravine::problems::nist
