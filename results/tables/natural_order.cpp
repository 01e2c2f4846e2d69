#include "results/tables/natural_order.hpp"

#include <charconv>

namespace ravine::results {
namespace {

/// Reads the number that starts at `at`, if one does, and goes behind it.
bool read(const std::string& text, std::size_t& at, double& number) {
  if (text[at] < '0' || text[at] > '9') return false;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (error != std::errc()) return false;
  at = static_cast<std::size_t>(end - text.data());
  return true;
}

}  // namespace

bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    std::size_t next_i = i, next_j = j;
    double left = 0, right = 0;
    if (read(a, next_i, left) && read(b, next_j, right)) {
      if (left != right) return left < right;
      i = next_i, j = next_j;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i, ++j;
    }
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;  // "1.0" and "1" are one number and two names
}

}  // namespace ravine::results
