#include "problems/data/text_lines.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

#include "problems/family.hpp"
#include "problems/text/printable.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;
constexpr std::size_t kLongest = std::size_t{1} << 26;  // the most columns there may be, in short

}  // namespace

TextLines::TextLines(const std::string& path) : path_(path), file_(path) {}

void TextLines::fail(const std::string& what) const {
  throw ProblemError("data file '" + path_ + "' " + printable(what));
}

void TextLines::fail(const char* at, const std::string& what) const {
  throw ProblemError("data file '" + path_ + "', line " + std::to_string(number_) + ", column " +
                     std::to_string(at - line_.data() + 1) + ": " + printable(what));
}

// Moves what is left to the front and reads behind it.
bool TextLines::refill() {
  if (exhausted_) return false;
  if (begin_ > 0)
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  end_ -= begin_;
  begin_ = 0;
  if (end_ > kLongest)
    fail("has a line " + std::to_string(number_ + 1) + " of more than 64 MiB: expected lines");
  if (buffer_.size() < end_ + kBlock) buffer_.resize(std::max(end_ + kBlock, 2 * buffer_.size()));
  const std::size_t got =
      file_.read({reinterpret_cast<std::uint8_t*>(buffer_.data()) + end_, kBlock});
  exhausted_ = got == 0;
  end_ += got;
  return got > 0;
}

bool TextLines::next() {
  std::size_t searched = begin_;
  for (;;) {
    const char* from = buffer_.data() + searched;
    const auto* newline = end_ == searched
                              ? nullptr
                              : static_cast<const char*>(std::memchr(from, '\n', end_ - searched));
    if (newline != nullptr) {
      line_ = {buffer_.data() + begin_, newline};
      begin_ = static_cast<std::size_t>(newline - buffer_.data()) + 1;
      break;
    }
    const std::size_t seen = end_ - begin_;
    if (!refill()) {
      if (begin_ == end_) return false;
      line_ = {buffer_.data() + begin_, end_ - begin_};
      begin_ = end_;
      break;
    }
    searched = begin_ + seen;
  }
  ++number_;
  if (line_.ends_with('\r')) line_.remove_suffix(1);
  return true;
}

double TextLines::finite(const char*& at, const std::string& what, std::string_view ends) const {
  const char* end = line_.data() + line_.size();
  const char* stop = std::find_first_of(at, end, ends.begin(), ends.end());
  const char* from = at != stop && *at == '+' && at + 1 != stop && at[1] != '-' ? at + 1 : at;
  double value = 0;
  const auto [behind, error] = std::from_chars(from, stop, value);
  if (error != std::errc{} || behind != stop || !std::isfinite(value)) {
    constexpr std::ptrdiff_t kShown = 40;
    fail(at, what + " is '" + std::string(at, std::min(stop, at + std::min(kShown, stop - at))) +
                 "', expected a finite number");
  }
  at = stop;
  return value;
}

}  // namespace ravine::problems
