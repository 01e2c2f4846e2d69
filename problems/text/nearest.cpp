#include "problems/text/nearest.hpp"

#include <algorithm>
#include <vector>

namespace ravine::problems {
namespace {

std::string folded(std::string_view word) {
  std::string result(word);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return result;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> d((a.size() + 1) * width);
  for (std::size_t i = 0; i <= a.size(); ++i) d[i * width] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[(i - 1) * width + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      const std::size_t shifted = std::min(d[(i - 1) * width + j], d[i * width + j - 1]) + 1;
      std::size_t& best = d[i * width + j];
      best = std::min(replaced, shifted);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, d[(i - 2) * width + j - 2] + 1);
    }
  }
  return d.back();
}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  const std::string wanted = folded(word);
  std::string result;
  std::size_t least = 0;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(wanted, folded(candidate));
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t allowed = std::max<std::size_t>(longer > 1 ? 1 : 0, longer / 3);
    if (distance <= allowed && (result.empty() || distance < least)) {
      result = candidate;
      least = distance;
    }
  }
  return result;
}

std::string suggestion(std::string_view word, std::span<const std::string> known) {
  const std::string near = nearest(word, known);
  if (!near.empty()) return ", did you mean '" + near + "'?";
  std::string list;
  for (const std::string& candidate : known) list += (list.empty() ? "" : ", ") + candidate;
  return ", known are: " + (list.empty() ? "none" : list);
}

}  // namespace ravine::problems
