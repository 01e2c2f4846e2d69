#include "harness/suite/scan.hpp"

#include <algorithm>

namespace ravine::harness::parsing {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_beyond_ascii(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// Past the text of one line whose opening quote is at `at`.
std::size_t end_of_line_text(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == quote) return i + 1;
    if (text[i] == '\\' && quote == '"') ++i;
  }
  return kNone;
}

struct BlockEnd {
  std::size_t end = kNone;
  std::size_t misplaced = kNone;
};

/// Past the text between triple quotes, the first of which is at `at`.
BlockEnd end_of_block_text(std::string_view text, std::size_t at) {
  const std::string_view quotes = text.substr(at, 3);
  for (std::size_t i = at + 3; i < text.size(); ++i) {
    if (text.substr(i, 3) == quotes) {
      i += 3;
      // Up to two more quotes belong to the text.
      for (int more = 0; more < 2 && i < text.size() && text[i] == quotes[0]; ++more) ++i;
      return {i, kNone};
    }
    if (text[i] != '\\' || quotes[0] == '\'') continue;
    const std::size_t next = text.find_first_not_of(" \t\r\n", i + 1);
    if (next != kNone && is_beyond_ascii(text[next])) return {kNone, next};
    if (next == i + 1) ++i;
  }
  return {};
}

}  // namespace

Place place_at(std::string_view text, std::size_t offset, const std::string& file) {
  Place place{file, 1, 1};
  const std::size_t begin = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  for (std::size_t i = begin; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

std::size_t first_misplaced_character(std::string_view text) {
  std::size_t i = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (i < text.size()) {
    if (is_beyond_ascii(text[i])) return i;
    if (text[i] == '#') {
      i = text.find('\n', i);
    } else if (text[i] != '"' && text[i] != '\'') {
      ++i;
    } else if (i + 2 < text.size() && text[i + 1] == text[i] && text[i + 2] == text[i]) {
      const BlockEnd block = end_of_block_text(text, i);
      if (block.misplaced != kNone) return block.misplaced;
      i = block.end;
    } else {
      i = end_of_line_text(text, i);
    }
  }
  return kNone;
}

}  // namespace ravine::harness::parsing
