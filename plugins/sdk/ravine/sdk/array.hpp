// The vectors that an optimizer keeps.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <utility>

namespace ravine::sdk {

/// n doubles on a cache line's boundary, 0 at first, of a length that never changes. Unlike
/// std::vector it leaves untouched memory to the system, which hands it out zeroed: at a million
/// variables that is a pass over memory saved for each vector. Throws std::bad_alloc.
class Vector {
 public:
  Vector() = default;
  explicit Vector(std::size_t n)
      : n_(n), memory_(n == 0 ? nullptr : std::calloc(n * sizeof(double) + kLine, 1)) {
    if (n == 0) return;
    if (!memory_) throw std::bad_alloc();
    void* at = memory_.get();
    std::size_t space = n * sizeof(double) + kLine;
    data_ = static_cast<double*>(std::align(kLine, n * sizeof(double), at, space));
  }
  Vector(const Vector& other) : Vector(other.n_) { std::copy_n(other.data_, n_, data_); }
  Vector(Vector&& other) noexcept { swap(other); }
  /// Asks for memory only where the lengths differ.
  Vector& operator=(const Vector& other) {
    if (n_ == other.n_) {
      if (this != &other) std::copy_n(other.data_, n_, data_);
    } else {
      Vector(other).swap(*this);
    }
    return *this;
  }
  Vector& operator=(Vector&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Vector() = default;

  void swap(Vector& other) noexcept {
    std::swap(n_, other.n_);
    std::swap(data_, other.data_);
    std::swap(memory_, other.memory_);
  }

  [[nodiscard]] std::size_t size() const { return n_; }
  [[nodiscard]] double* data() { return data_; }
  [[nodiscard]] const double* data() const { return data_; }
  [[nodiscard]] double* begin() { return data_; }
  [[nodiscard]] double* end() { return data_ + n_; }
  [[nodiscard]] const double* begin() const { return data_; }
  [[nodiscard]] const double* end() const { return data_ + n_; }
  [[nodiscard]] double& operator[](std::size_t i) { return data_[i]; }
  [[nodiscard]] const double& operator[](std::size_t i) const { return data_[i]; }

 private:
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  static constexpr std::size_t kLine = 64;
  std::size_t n_ = 0;
  double* data_ = nullptr;
  std::unique_ptr<void, Free> memory_;
};

}  // namespace ravine::sdk
