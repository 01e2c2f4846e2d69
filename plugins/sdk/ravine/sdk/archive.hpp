// Saving and restoring an optimizer's state through one function of its class:
//   template <class Archive> void state(Archive& archive) { archive(m_, v_, t_); }
// What a step computes before it reads (scratch) and what the settings give do not belong in it.
// The bytes: a label (who wrote them, for which n), the values, and a checksum over all of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ravine/plugin.h"
#include "ravine/sdk/array.hpp"

namespace ravine::sdk {

/// FNV-1a in 64 bits (Fowler, Noll and Vo): damage is found, forgery is not the concern.
class Checksum {
 public:
  void add(const void* data, std::uint64_t count) {
    const auto* at = static_cast<const unsigned char*>(data);
    for (std::uint64_t i = 0; i < count; ++i) sum_ = (sum_ ^ at[i]) * 0x100000001b3U;
  }
  void add(std::string_view text) { add(text.data(), text.size()); }
  [[nodiscard]] std::uint64_t sum() const { return sum_; }

 private:
  std::uint64_t sum_ = 0xcbf29ce484222325U;
};

/// Who wrote a state: another optimizer, version, number of settings or n makes another label.
inline std::uint64_t state_label(const ravine_optimizer& optimizer, std::uint64_t n) {
  Checksum label;
  label.add("ravine state 1 ");
  label.add(optimizer.id);
  label.add(" ");
  label.add(optimizer.version);
  label.add(&optimizer.parameter_count, sizeof optimizer.parameter_count);
  label.add(&n, sizeof n);
  return label.sum();
}

/// Writes plain values and vectors of them to a sink; the first failure sticks.
class Writer {
 public:
  Writer(const ravine_sink& sink, std::uint64_t label) : sink_(sink) { put(label); }
  template <class... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }
  void require(bool) {}
  /// Writes the checksum; how the whole went.
  [[nodiscard]] std::int32_t finish() {
    put(checksum_.sum());
    return status_;
  }

 private:
  void bytes(const void* data, std::uint64_t count) {
    checksum_.add(data, count);
    if (status_ == RAVINE_OK && count > 0) status_ = sink_.write(&sink_, data, count);
  }
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    bytes(&value, sizeof value);
  }
  void put(const Vector& values) {
    put<std::uint64_t>(values.size());
    bytes(values.data(), values.size() * sizeof(double));
  }
  template <class T>
  void put(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put<std::uint64_t>(values.size());
    bytes(values.data(), values.size() * sizeof(T));
  }
  const ravine_sink& sink_;
  Checksum checksum_;
  std::int32_t status_ = RAVINE_OK;
};

/// Reads what Writer wrote. A vector keeps the length that it has: another length is damage (or
/// other settings), so garbage can never make us allocate.
class Reader {
 public:
  Reader(const ravine_source& source, std::uint64_t label) : source_(source) {
    std::uint64_t found = 0;
    get(found);
    require(found == label);
  }
  template <class... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  /// Refuses the state unless `holds`: for values that index something.
  void require(bool holds) {
    if (status_ == RAVINE_OK && !holds) status_ = RAVINE_FAILED;
  }
  /// RAVINE_OK if all was read, the checksum fits, and the source is at its end.
  [[nodiscard]] std::int32_t finish() {
    const std::uint64_t expected = checksum_.sum();
    std::uint64_t found = 0;
    get(found);
    require(found == expected);
    char extra = 0;
    std::uint64_t got = 0;
    if (status_ == RAVINE_OK) status_ = source_.read(&source_, &extra, 1, &got);
    require(got == 0);
    return status_;
  }

 private:
  void bytes(void* data, std::uint64_t count) {
    auto* at = static_cast<char*>(data);
    for (std::uint64_t left = count; status_ == RAVINE_OK && left > 0;) {
      std::uint64_t got = 0;
      status_ = source_.read(&source_, at, left, &got);
      require(got > 0 && got <= left);
      if (status_ != RAVINE_OK) return;
      at += got;
      left -= got;
    }
    if (status_ == RAVINE_OK) checksum_.add(data, count);
  }
  template <class T>
  void get(T& value) {
    static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
    bytes(&value, sizeof value);
  }
  void get(Vector& values) {
    std::uint64_t count = 0;
    get(count);
    require(count == values.size());
    bytes(values.data(), values.size() * sizeof(double));
  }
  template <class T>
  void get(std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::uint64_t count = 0;
    get(count);
    require(count == values.size());
    bytes(values.data(), values.size() * sizeof(T));
  }
  const ravine_source& source_;
  Checksum checksum_;
  std::int32_t status_ = RAVINE_OK;
};

}  // namespace ravine::sdk
