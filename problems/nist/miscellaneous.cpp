// NIST's models of the miscellaneous class, as in the files.
#include <numbers>

#include "problems/nist/model.hpp"

namespace ravine::problems::nist {
namespace {

using std::atan, std::cos, std::pow, std::sin, std::sqrt;

struct DanWood {
  static constexpr std::size_t kParameters = 2;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * pow(x[0], b[1]);
  }
};

// y = b1 (1 - (1 + b2 x / 2)^-2)
struct Misra1b {
  static constexpr std::size_t kParameters = 2;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const T u = 1.0 + b[1] * x[0] / 2.0;
    return b[0] * (1.0 - 1.0 / (u * u));
  }
};

// y = b1 (1 - (1 + 2 b2 x)^(-1/2))
struct Misra1c {
  static constexpr std::size_t kParameters = 2;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * (1.0 - 1.0 / sqrt(1.0 + 2.0 * b[1] * x[0]));
  }
};

struct Misra1d {
  static constexpr std::size_t kParameters = 2;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * b[1] * x[0] / (1.0 + b[1] * x[0]);
  }
};

struct Roszman {
  static constexpr std::size_t kParameters = 4;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] - b[1] * x[0] - atan(b[2] / (x[0] - b[3])) / std::numbers::pi;
  }
};

struct Enso {
  static constexpr std::size_t kParameters = 9;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const double angle = 2 * std::numbers::pi * x[0];
    const T second = angle / b[3];
    const T third = angle / b[6];
    return b[0] + b[1] * cos(angle / 12) + b[2] * sin(angle / 12) + b[4] * cos(second) +
           b[5] * sin(second) + b[7] * cos(third) + b[8] * sin(third);
  }
};

struct Bennett {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * pow(b[1] + x[0], -1.0 / b[2]);
  }
};

}  // namespace

std::vector<Model> miscellaneous_models() {
  return {model<DanWood>("DanWood"), model<Misra1b>("Misra1b"),  model<Misra1c>("Misra1c"),
          model<Misra1d>("Misra1d"), model<Roszman>("Roszman1"), model<Enso>("ENSO"),
          model<Bennett>("Bennett5")};
}

const std::vector<Model>& models() {
  static const std::vector<Model> all = [] {
    std::vector<Model> list = exponential_models();
    for (const auto& more : {rational_models(), miscellaneous_models()})
      list.insert(list.end(), more.begin(), more.end());
    return list;
  }();
  return all;
}

}  // namespace ravine::problems::nist
