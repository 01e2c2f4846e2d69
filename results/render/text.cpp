#include "results/render/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace ravine::results {
namespace {

struct Range {
  std::uint32_t first, last;
};

// Unicode 15, the parts of UAX #11 (wide, fullwidth) and of general category M that names meet.
constexpr std::array<Range, 11> kWide = {{{0x1100, 0x115F},
                                          {0x231A, 0x231B},
                                          {0x23E9, 0x23F3},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 8> kZero = {{{0x0300, 0x036F},
                                         {0x0483, 0x0489},
                                         {0x0591, 0x05BD},
                                         {0x200B, 0x200D},
                                         {0x1AB0, 0x1AFF},
                                         {0x1DC0, 0x1DFF},
                                         {0x20D0, 0x20FF},
                                         {0xFE00, 0xFE0F}}};
// C0, DEL and C1; line and paragraph separators; bidirectional marks and isolates; the byte order
// mark; tags.
constexpr std::array<Range, 9> kUnsafe = {{{0x00, 0x1F},
                                           {0x7F, 0x9F},
                                           {0x061C, 0x061C},
                                           {0x200E, 0x200F},
                                           {0x2028, 0x202E},
                                           {0x2060, 0x206F},
                                           {0xFEFF, 0xFEFF},
                                           {0xFFF9, 0xFFFB},
                                           {0xE0000, 0xE007F}}};

template <std::size_t kCount>
bool within(const std::array<Range, kCount>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& r) { return r.first <= code && code <= r.last; });
}

struct Character {
  std::uint32_t code = 0;
  std::size_t length = 1;  // bytes
  bool valid = false;
};

std::uint32_t byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

// The first character of a text that is not empty; overlong forms and surrogates are invalid
// (RFC 3629).
Character decode(std::string_view text) {
  const std::uint32_t lead = byte_at(text, 0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {lead, 1, false};
  std::uint32_t code = lead & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80) return {lead, 1, false};
    code = (code << 6U) | (byte_at(text, i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool valid = code >= kLeast[length] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  return valid ? Character{code, length, true} : Character{lead, 1, false};
}

std::size_t width_of(const Character& c) {
  if (!c.valid) return 1;
  if (within(kZero, c.code)) return 0;
  return within(kWide, c.code) ? 2 : 1;
}

bool breaks_after(char c) { return c == ' ' || c == ',' || c == '_'; }

}  // namespace

std::string sanitize(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const Character c = decode(text);
    if (!c.valid || (c.code < 0x100 && within(kUnsafe, c.code))) {
      safe += fmt::format("\\x{:02x}", c.code);
    } else if (within(kUnsafe, c.code)) {
      safe += fmt::format("\\u{:04x}", c.code);
    } else {
      safe.append(text.substr(0, c.length));
    }
    text.remove_prefix(c.length);
  }
  return safe;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character c = decode(text);
    width += width_of(c);
    text.remove_prefix(c.length);
  }
  return width;
}

std::string wrap_text(std::string_view text, std::size_t width, std::string_view separator) {
  std::string wrapped;
  while (display_width(text) > width) {
    std::size_t end = 0, used = 0, good = 0;
    while (end < text.size()) {
      const Character c = decode(text.substr(end));
      if (used + width_of(c) > width) break;
      used += width_of(c);
      end += c.length;
      if (breaks_after(text[end - 1]) ||
          (end < text.size() && (text[end] == ' ' || text[end] == '(')))
        good = end;
    }
    if (good > 0) end = good;
    if (end == 0) break;  // a character wider than the column
    std::string_view piece = text.substr(0, end);
    while (!piece.empty() && piece.back() == ' ') piece.remove_suffix(1);
    wrapped.append(piece).append(separator);
    text.remove_prefix(end);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return wrapped.append(text);
}

}  // namespace ravine::results
