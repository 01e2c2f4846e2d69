#include "results/tables/selection.hpp"

#include <gtest/gtest.h>

#include "results/tables/hits_table.hpp"
#include "tests/results/samples.hpp"

namespace ravine::results {
namespace {

// Relative 1e-1, 1e-3, 1e-6 from the sample, and others of which two share a level.
Dataset mixed_data() {
  TrialRecord gd = simple_record("gd", 1, {1, 2, 3});
  gd.optimizer_label = "gd(step=0.1)";
  gd.targets.push_back({"gradient 1e-03", TargetKind::gradient, "", 1e-3, false, false});
  gd.targets.push_back({"gradient 1e-04", TargetKind::gradient, "", 1e-4, false, false});
  TrialRecord net = simple_record("adam", 1, {});
  net.problem = "net";
  net.problem_label = "net, width=8";
  net.targets = {{"test_accuracy 0.8", TargetKind::metric, "test_accuracy", 0.8, true, false},
                 {"test_loss 0.5", TargetKind::metric, "test_loss", 0.5, true, false}};
  return {{gd, net}, {}, {}};
}

std::vector<std::string> headers(const TableOptions& options) {
  std::vector<std::string> all;
  for (const Table& table : hits_tables(mixed_data(), options)) {
    for (std::size_t i = 2; i < table.columns.size(); ++i) all.push_back(table.columns[i].header);
  }
  return all;
}

std::string refusal(const TableOptions& options) {
  try {
    hits_tables(mixed_data(), options);
  } catch (const SelectionError& error) {
    return error.what();
  }
  return "";
}

using Names = std::vector<std::string>;

TEST(Selection, AllTargetsFromLooseToTight) {
  EXPECT_EQ(headers({}), (Names{"test_accuracy 0.8", "test_loss 0.5", "1e-1", "1e-3", "1e-6",
                                "∇ 1e-3", "∇ 1e-4"}));
}

TEST(Selection, TargetsByNameAndByLevel) {
  EXPECT_EQ(headers({{"relative 1e-06"}, {}, {}, ""}), Names{"1e-6"});
  EXPECT_EQ(headers({{"relative 1e-6"}, {}, {}, ""}), Names{"1e-6"});
  EXPECT_EQ(headers({{"1e-6", "0.1"}, {}, {}, ""}), (Names{"1e-1", "1e-6"}));
  EXPECT_EQ(headers({{"0.001"}, {}, {}, ""}), Names{"1e-3"}) << "the deciding one";
  EXPECT_EQ(headers({{"1e-4"}, {}, {}, ""}), Names{"∇ 1e-4"}) << "no deciding one has it";
  EXPECT_EQ(headers({{"gradient 1e-3"}, {}, {}, ""}), Names{"∇ 1e-3"});
  EXPECT_EQ(headers({{}, {}, {}, "test_loss"}), Names{"test_loss 0.5"});
}

TEST(Selection, OptimizersAndProblemsByIdAndLabel) {
  const Names valley = {"1e-1", "1e-3", "1e-6", "∇ 1e-3", "∇ 1e-4"};
  EXPECT_EQ(headers({{}, {"gd"}, {}, ""}), valley);
  EXPECT_EQ(headers({{}, {"gd(step=0.1)"}, {}, ""}), valley);
  EXPECT_EQ(headers({{}, {}, {"net"}, ""}), (Names{"test_accuracy 0.8", "test_loss 0.5"}));
  EXPECT_EQ(headers({{}, {}, {"net, width=8", "valley"}, ""}).size(), 7U);
}

TEST(Selection, UnknownNamesAreAnsweredWithTheKnownOnes) {
  EXPECT_EQ(refusal({{}, {"adm"}, {}, ""}),
            "There is no optimizer \"adm\" among these trials. Known are: adam, gd, gd(step=0.1).");
  EXPECT_NE(refusal({{}, {}, {"vally"}, ""}).find("valley"), std::string::npos);
  EXPECT_NE(refusal({{"1e-7"}, {}, {}, ""}).find("relative 1e-06"), std::string::npos);
  EXPECT_NE(refusal({{}, {}, {}, "accuracy"}).find("test_accuracy"), std::string::npos);
}

TEST(Selection, KnownNamesThatNeverMeet) {
  const std::vector<Table> tables = hits_tables(mixed_data(), {{}, {"gd"}, {"net"}, ""});
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(tables[0].how_to_read,
            "No trial matches this choice of optimizers, problems and targets.");
}

TEST(Selection, TheTightestIsAboveTheRoundingFloorIfAnyIs) {
  std::vector<Target> targets = {{"relative 1e-01", TargetKind::relative, "", 0.1, true, false},
                                 {"relative 1e-03", TargetKind::relative, "", 1e-3, true, false},
                                 {"gradient 1e-09", TargetKind::gradient, "", 1e-9, false, false}};
  ASSERT_NE(tightest(targets), nullptr);
  EXPECT_EQ(tightest(targets)->name, "relative 1e-03");
  targets[1].below_floor = true;
  EXPECT_EQ(tightest(targets)->name, "relative 1e-01");
  EXPECT_EQ(tightest({}), nullptr);
}

}  // namespace
}  // namespace ravine::results
