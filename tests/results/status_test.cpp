#include "results/status.hpp"

#include <gtest/gtest.h>

namespace ravine::results {
namespace {

TEST(Status, EveryNameReadsBack) {
  for (std::int32_t code = 0; code <= static_cast<std::int32_t>(Status::infrastructure); ++code) {
    const auto status = static_cast<Status>(code);
    EXPECT_NE(name_of(status), "unknown") << code;
    EXPECT_EQ(status_from_name(name_of(status)), status);
  }
  for (const TargetKind kind : {TargetKind::relative, TargetKind::gradient, TargetKind::metric}) {
    EXPECT_EQ(target_kind_from_name(name_of(kind)), kind);
  }
  for (const HitRule rule : {HitRule::iterate, HitRule::evaluation}) {
    EXPECT_EQ(hit_rule_from_name(name_of(rule)), rule);
  }
}

TEST(Status, NamesAreThoseOfTheProtocol) {
  EXPECT_EQ(name_of(Status::converged_early), "converged-early");
  EXPECT_EQ(name_of(Status::hit), "hit");
  EXPECT_EQ(name_of(TargetKind::gradient), "gradient");
  EXPECT_EQ(name_of(HitRule::evaluation), "evaluation");
}

TEST(Status, StrangersAreToldApart) {
  EXPECT_EQ(status_from_name("Hit"), std::nullopt);
  EXPECT_EQ(status_from_name(""), std::nullopt);
  EXPECT_EQ(name_of(static_cast<Status>(99)), "unknown");
}

}  // namespace
}  // namespace ravine::results
