// Records made by hand, and folders that vanish with the test.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "results/dataset.hpp"
#include "results/store.hpp"

namespace ravine::results {

/// A fresh folder below the system's temporary one, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Every field set, to values that are easily lost: NaN, infinities, the largest integers, quotes,
/// line breaks, markup and escape sequences.
TrialRecord full_record(const std::string& id = "0123456789abcdef0123456789abcdef");
Measurement full_measurement();
Provenance full_provenance();

/// A run of `optimizer` on "valley", n = 2, judged at the relative targets 1e-1, 1e-3 and 1e-6, of
/// which it meets the first ones, one for each of `iterations`, at twice that oracle cost.
TrialRecord simple_record(const std::string& optimizer, std::uint64_t seed,
                          const std::vector<std::uint64_t>& iterations);
/// With step times of 3, 2 and 1 units for step, oracle and optimizer.
Measurement timed_measurement(const TrialRecord& trial, double unit_in_seconds,
                              const std::string& machine = "m1");

/// The kind of the StoreError that `action` throws; empty if it throws none.
template <typename Action>
std::optional<StoreErrorKind> error_of(Action&& action, std::string* sentence = nullptr) {
  try {
    action();
  } catch (const StoreError& error) {
    if (sentence != nullptr) *sentence = error.what();
    return error.kind();
  }
  return std::nullopt;
}

}  // namespace ravine::results
