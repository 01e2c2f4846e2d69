#include "harness/suite/glob.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ravine::harness {
namespace {

TEST(Glob, TextWithoutMarksMatchesItselfAlone) {
  EXPECT_TRUE(matches("adam", "adam"));
  EXPECT_FALSE(matches("adam", "adamw"));
  EXPECT_FALSE(matches("adamw", "adam"));
  EXPECT_FALSE(matches("adam", "Adam"));
  EXPECT_TRUE(matches("", ""));
  EXPECT_FALSE(matches("", "a"));
}

TEST(Glob, StarStandsForAnyCharactersOrNone) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("quadratic*", "quadratic"));
  EXPECT_TRUE(matches("quadratic*", "quadratic n=100"));
  EXPECT_FALSE(matches("quadratic*", "a quadratic"));
  EXPECT_TRUE(matches("*quad*n=*", "a quadratic n=100"));
  EXPECT_TRUE(matches("a*b*c", "abbbc"));
  EXPECT_TRUE(matches("*ab", "aab"));
  EXPECT_TRUE(matches("a*ab*b", "aababb"));
  EXPECT_FALSE(matches("a*ab*c", "aababb"));
  EXPECT_TRUE(matches("**", "x"));
}

TEST(Glob, QuestionMarkStandsForOneCharacterOfUtf8) {
  EXPECT_TRUE(matches("adam?", "adamw"));
  EXPECT_FALSE(matches("adam?", "adam"));
  EXPECT_FALSE(matches("adam?", "adamww"));
  EXPECT_TRUE(matches("?=10", "κ=10"));
  EXPECT_TRUE(matches("*?=10", "quadratic κ=10"));
  EXPECT_FALSE(
      matches("?"
              "?=10",
              "κ=10"));
}

TEST(Glob, NothingElseIsSpecial) {
  EXPECT_TRUE(matches("[a].+\\", "[a].+\\"));
  EXPECT_FALSE(matches("[a]", "a"));
  EXPECT_FALSE(matches(".", "a"));
}

TEST(Glob, ManyStarsDoNotExplode) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(matches(pattern + "b", std::string(20000, 'a')));
  EXPECT_TRUE(matches(pattern, std::string(20000, 'a')));
}

}  // namespace
}  // namespace ravine::harness
