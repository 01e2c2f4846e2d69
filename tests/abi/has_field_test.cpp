// RAVINE_HAS: whether a struct, as its filler knows it, reaches past a field.
#include <gtest/gtest.h>

#include <cstddef>

#include "ravine/plugin.h"

namespace {

TEST(Has, IsTrueFromTheFieldsLastByteOn) {
  constexpr std::uint64_t kEnd = offsetof(ravine_optimizer, run) + sizeof(ravine_optimizer::run);
  ravine_optimizer optimizer{};
  for (std::uint64_t size = 0; size <= sizeof optimizer + 64; ++size) {
    optimizer.struct_size = size;
    EXPECT_EQ(RAVINE_HAS(&optimizer, run), size >= kEnd) << "struct_size " << size;
  }
}

TEST(Has, HoldsForEveryFieldOfAStructOfToday) {
  ravine_host host{};
  host.struct_size = sizeof host;
  EXPECT_TRUE(RAVINE_HAS(&host, struct_size));
  EXPECT_TRUE(RAVINE_HAS(&host, extension));
}

TEST(Has, TakesAnyPointerExpression) {
  ravine_step steps[2] = {};
  steps[0].struct_size = sizeof(ravine_step);
  steps[1].struct_size = 8;
  const ravine_step* p = steps;
  EXPECT_TRUE(RAVINE_HAS(p + 0, epoch));
  EXPECT_FALSE(RAVINE_HAS(p + 1, epoch));
  EXPECT_TRUE(RAVINE_HAS(p + 1, struct_size));
}

}  // namespace
