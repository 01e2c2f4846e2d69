// The host's buffer for a point.
#pragma once

#include <algorithm>
#include <cstddef>
#include <new>
#include <span>

namespace ravine::harness {

/// n doubles aligned to 64 bytes with a tail that nobody may write.
class Point {
 public:
  explicit Point(std::size_t n) : Point(n, nullptr) { std::fill(data_, data_ + n, 0.0); }
  explicit Point(std::span<const double> values) : Point(values.size(), nullptr) {
    std::copy(values.begin(), values.end(), data_);
  }
  ~Point() { ::operator delete(data_, kAlignment); }
  Point(const Point&) = delete;
  Point& operator=(const Point&) = delete;
  [[nodiscard]] double* data() const { return data_; }
  [[nodiscard]] std::span<double> span() const { return {data_, n_}; }
  [[nodiscard]] bool intact() const {
    return std::all_of(data_ + n_, data_ + n_ + kTail, [](double v) { return v == kPoison; });
  }

 private:
  static constexpr std::size_t kTail = 8;
  static constexpr double kPoison = -2.5e300;
  static constexpr std::align_val_t kAlignment{64};
  Point(std::size_t n, std::nullptr_t)
      : n_(n),
        data_(static_cast<double*>(::operator new((n + kTail) * sizeof(double), kAlignment))) {
    std::fill(data_ + n, data_ + n + kTail, kPoison);
  }

  std::size_t n_;
  double* data_;
};

}  // namespace ravine::harness
