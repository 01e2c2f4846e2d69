// Memory that forked processes share: written once, then read-only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ravine::problems {

/// An anonymous mapping, to be filled and sealed before a fork: children read the same pages, and
/// nothing is copied. Owns the mapping; movable.
class SharedBytes {
 public:
  SharedBytes() = default;
  /// `size` bytes of 0. Throws std::bad_alloc when the system refuses them.
  explicit SharedBytes(std::size_t size);
  SharedBytes(SharedBytes&& other) noexcept;
  SharedBytes& operator=(SharedBytes&& other) noexcept;
  SharedBytes(const SharedBytes&) = delete;
  SharedBytes& operator=(const SharedBytes&) = delete;
  ~SharedBytes();

  /// To fill it, before seal().
  [[nodiscard]] std::span<std::uint8_t> writable() { return {data_, size_}; }

  /// From now on a write ends the process, so that no plugin can change another trial's data.
  void seal();

  [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {data_, size_}; }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  void* mapped_ = nullptr;  ///< what the system gave: data_ lies within, aligned for huge pages
  std::size_t mapped_size_ = 0;
};

}  // namespace ravine::problems
