// NIST's models of the exponential class, as in the files.
#include "problems/nist/model.hpp"

namespace ravine::problems::nist {
namespace {

using std::exp, std::expm1, std::pow;

// y = b1 (1 - exp(-b2 x)); expm1 keeps the digits that 1 - exp() cancels.
struct Saturation {
  static constexpr std::size_t kParameters = 2;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return -b[0] * expm1(-b[1] * x[0]);
  }
};

struct Chwirut {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return exp(-b[0] * x[0]) / (b[1] + b[2] * x[0]);
  }
};

struct Lanczos {
  static constexpr std::size_t kParameters = 6;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * exp(-b[1] * x[0]) + b[2] * exp(-b[3] * x[0]) + b[4] * exp(-b[5] * x[0]);
  }
};

struct Gauss {
  static constexpr std::size_t kParameters = 8;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const T u = (x[0] - b[3]) / b[4];
    const T v = (x[0] - b[6]) / b[7];
    return b[0] * exp(-b[1] * x[0]) + b[2] * exp(-(u * u)) + b[5] * exp(-(v * v));
  }
};

// log y = b1 - b2 x1 exp(-b3 x2)
struct Nelson {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] - b[1] * x[0] * exp(-b[2] * x[1]);
  }
};

struct Mgh17 {
  static constexpr std::size_t kParameters = 5;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] + b[1] * exp(-b[3] * x[0]) + b[2] * exp(-b[4] * x[0]);
  }
};

struct Rat42 {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] / (1.0 + exp(b[1] - b[2] * x[0]));
  }
};

struct Rat43 {
  static constexpr std::size_t kParameters = 4;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] / pow(1.0 + exp(b[1] - b[2] * x[0]), 1.0 / b[3]);
  }
};

struct Mgh10 {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    return b[0] * exp(b[1] / (x[0] + b[2]));
  }
};

struct Eckerle {
  static constexpr std::size_t kParameters = 3;
  template <class T>
  T operator()(const T* b, const double* x) const {
    const T u = (x[0] - b[2]) / b[1];
    return b[0] / b[1] * exp(-0.5 * (u * u));
  }
};

}  // namespace

std::vector<Model> exponential_models() {
  Model nelson = model<Nelson>("Nelson");
  nelson.predictors = 2;
  nelson.log_response = true;
  return {model<Saturation>("Misra1a"),
          model<Chwirut>("Chwirut2"),
          model<Chwirut>("Chwirut1"),
          model<Lanczos>("Lanczos3"),
          model<Gauss>("Gauss1"),
          model<Gauss>("Gauss2"),
          nelson,
          model<Mgh17>("MGH17"),
          model<Lanczos>("Lanczos1"),
          model<Lanczos>("Lanczos2"),
          model<Gauss>("Gauss3"),
          model<Saturation>("BoxBOD"),
          model<Rat42>("Rat42"),
          model<Mgh10>("MGH10"),
          model<Eckerle>("Eckerle4"),
          model<Rat43>("Rat43")};
}

}  // namespace ravine::problems::nist
