#include "problems/text/printable.hpp"

#include <gtest/gtest.h>

namespace ravine::problems::testing {
namespace {

TEST(Printable, EscapesControlCharactersAlone) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("plain 'text' \\ ~"), "plain 'text' \\ ~");
  EXPECT_EQ(printable("größe"), "größe");
  EXPECT_EQ(printable(std::string_view("a\0b\x1b[31m\t\x7f", 10)), "a\\x00b\\x1b[31m\\x09\\x7f");
}

}  // namespace
}  // namespace ravine::problems::testing
