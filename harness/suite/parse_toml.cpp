// From text to toml++'s tree, around what toml++ 3.3.0 does not take.
#include "harness/suite/parse_detail.hpp"
#include "harness/suite/scan.hpp"

namespace ravine::harness::parsing {
namespace {

bool breaks_an_assertion(std::string_view text) {
  try {
    (void)toml::parse(text);
  } catch (const TomlAssertion&) {
    return true;
  } catch (const toml::parse_error&) {
    return false;
  }
  return false;
}

/// The character that breaks an assertion of toml++, which says nothing of it: the end of the
/// shortest part of the text that breaks one, found by halving.
std::size_t breaking_character(std::string_view text) {
  std::size_t sound = 0;
  std::size_t broken = text.size();
  while (broken - sound > 1) {
    const std::size_t middle = sound + (broken - sound) / 2;
    (breaks_an_assertion(text.substr(0, middle)) ? broken : sound) = middle;
  }
  return sound;
}

}  // namespace

toml::table parse_toml(std::string_view text, const std::string& file) {
  const std::size_t misplaced = first_misplaced_character(text);
  if (misplaced != std::string_view::npos)
    complain(place_at(text, misplaced, file),
             "not valid TOML: a character beyond ASCII; write it within quotes, and not after a "
             "backslash");
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const toml::source_position begin = error.source().begin;
    complain({file, begin.line, begin.column},
             "not valid TOML: " + std::string(error.description()));
  } catch (const TomlAssertion&) {
    complain(place_at(text, breaking_character(text), file),
             "not valid TOML: unexpected character");
  }
}

}  // namespace ravine::harness::parsing
