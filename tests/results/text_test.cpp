#include "results/render/text.hpp"

#include <gtest/gtest.h>

namespace ravine::results {
namespace {

TEST(Text, NothingThatSteersATerminalPasses) {
  EXPECT_EQ(sanitize("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
  EXPECT_EQ(sanitize("a\r\nb\tc\x07\x7f"), "a\\x0d\\x0ab\\x09c\\x07\\x7f");
  EXPECT_EQ(sanitize(std::string_view("nul\0!", 5)), "nul\\x00!");
  EXPECT_EQ(sanitize("c1 \xc2\x9b"), "c1 \\x9b");                    // CSI as one character
  EXPECT_EQ(sanitize("turn \xe2\x80\xae now"), "turn \\u202e now");  // right-to-left override
  EXPECT_EQ(sanitize("\xef\xbb\xbfmark"), "\\ufeffmark");
}

TEST(Text, WhatIsNotUtf8IsSpeltOut) {
  EXPECT_EQ(sanitize("\xff\xfe"), "\\xff\\xfe");
  EXPECT_EQ(sanitize("cut \xe2\x82"), "cut \\xe2\\x82");
  EXPECT_EQ(sanitize("overlong \xc0\xaf"), "overlong \\xc0\\xaf");
  EXPECT_EQ(sanitize("overlong \xe0\x80\xaf"), "overlong \\xe0\\x80\\xaf");
  EXPECT_EQ(sanitize("surrogate \xed\xa0\x80"), "surrogate \\xed\\xa0\\x80");
  EXPECT_EQ(sanitize("beyond \xf5\x80\x80\x80"), "beyond \\xf5\\x80\\x80\\x80");
}

TEST(Text, OrdinaryTextStaysAsItIs) {
  for (const char* text :
       {"", "adam(step_size=0.1)", "Łojasiewicz", "∇ 1e-4", "µs", "最適化", "🙂"}) {
    EXPECT_EQ(sanitize(text), text);
  }
}

TEST(Text, WidthIsThatOfTheScreen) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("µs – ∞"), 6U);
  EXPECT_EQ(display_width("最適化"), 6U);
  EXPECT_EQ(display_width("🙂"), 2U);
  EXPECT_EQ(display_width("e\xcc\x81"), 1U);  // e and a combining acute
  EXPECT_EQ(display_width("\xff"), 1U);
}

TEST(Text, WrapsAtBlanksAndInsideLongNames) {
  EXPECT_EQ(wrap_text("one two three", 7), "one two\nthree");
  EXPECT_EQ(wrap_text("one two three", 100), "one two three");
  EXPECT_EQ(wrap_text("abcdefgh", 3), "abc\ndef\ngh");
  EXPECT_EQ(wrap_text("heavy_ball(momentum=0.9)", 12), "heavy_ball\n(momentum=0.\n9)");
  EXPECT_EQ(wrap_text("最適化", 5), "最適\n化");
  EXPECT_EQ(wrap_text("a b", 2, "|"), "a|b");
  EXPECT_EQ(wrap_text("最", 1), "最");  // does not fit, and does not loop
}

}  // namespace
}  // namespace ravine::results
