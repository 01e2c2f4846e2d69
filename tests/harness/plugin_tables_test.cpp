// Every field of a plugin's tables is checked, and a broken one is named.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "harness/plugin/describe.hpp"
#include "harness/plugin/info_json.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;

ravine_parameter good_parameter() {
  ravine_parameter p{};
  p.struct_size = sizeof p;
  p.name = "rate";
  p.meaning = p.unit = p.condition = "";
  p.default_value = 0.5;
  p.minimum = 0;
  p.maximum = HUGE_VAL;
  p.open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM;
  p.tune_low = 0.1;
  p.tune_high = 1;
  return p;
}

struct Tables {
  ravine_parameter parameter = good_parameter();
  ravine_parameter second = good_parameter();
  std::array<const ravine_parameter*, 2> parameters{&parameter, &second};
  ravine_optimizer optimizer = test::blank_optimizer();
  Tables() {
    second.name = "other";
    optimizer.parameters = parameters.data();
    optimizer.parameter_count = 2;
    optimizer.step = [](void*, const ravine_oracle*, const ravine_step*, double*) {
      return std::int32_t{0};
    };
  }
};

std::string complaint_of(const std::function<void(Tables&)>& damage) {
  Tables tables;
  damage(tables);
  try {
    (void)harness::describe_optimizer(&tables.optimizer);
    return "none";
  } catch (const harness::Malformed& e) {
    return e.what();
  }
}

bool names(const std::string& complaint, const std::string& field) {
  return complaint.find(field) != std::string::npos;
}

TEST(PluginTables, SoundOnesAreTaken) {
  EXPECT_EQ(complaint_of([](Tables&) {}), "none");
}

TEST(PluginTables, AnyStructSizeFromV1ToTheLargestIsRead) {
  for (std::uint64_t size = 0; size < 70000; size += 4) {
    const bool legal = size >= sizeof(ravine_optimizer) && size <= 65536 && size % 8 == 0;
    const std::string complaint = complaint_of([&](Tables& t) { t.optimizer.struct_size = size; });
    EXPECT_EQ(complaint == "none", legal) << size << ": " << complaint;
    EXPECT_TRUE(legal || names(complaint, "ravine_optimizer.struct_size")) << complaint;
  }
}

TEST(PluginTables, EachBrokenFieldIsNamed) {
  const std::vector<std::pair<std::string, std::function<void(Tables&)>>> cases{
      {".id", [](Tables& t) { t.optimizer.id = ""; }},
      {".id", [](Tables& t) { t.optimizer.id = "Upper"; }},
      {".id", [](Tables& t) { t.optimizer.id = nullptr; }},
      {".name", [](Tables& t) { t.optimizer.name = nullptr; }},
      {".name has a control character", [](Tables& t) { t.optimizer.name = "a\x1b[31mb"; }},
      {".name is not UTF-8", [](Tables& t) { t.optimizer.name = "\xC3("; }},
      {".name is not UTF-8", [](Tables& t) { t.optimizer.name = "\xC0\x80"; }},
      {".version", [](Tables& t) { t.optimizer.version = nullptr; }},
      {".summary", [](Tables& t) { t.optimizer.summary = nullptr; }},
      {".paper", [](Tables& t) { t.optimizer.paper = "a\nb"; }},
      {".create is NULL", [](Tables& t) { t.optimizer.create = nullptr; }},
      {".destroy is NULL", [](Tables& t) { t.optimizer.destroy = nullptr; }},
      {".init is NULL", [](Tables& t) { t.optimizer.init = nullptr; }},
      {"step and run are both NULL", [](Tables& t) { t.optimizer.step = nullptr; }},
      {"save and restore",
       [](Tables& t) {
         t.optimizer.save = [](void*, const ravine_sink*) { return std::int32_t{0}; };
       }},
      {"report iterations", [](Tables& t) { t.optimizer.traits = RAVINE_REPORTS_ITERATIONS; }},
      {".parameters", [](Tables& t) { t.optimizer.parameters = nullptr; }},
      {".parameters", [](Tables& t) { t.optimizer.parameter_count = UINT64_MAX; }},
      {"parameters[1] is NULL", [](Tables& t) { t.parameters[1] = nullptr; }},
      {"two parameters are called \"rate\"", [](Tables& t) { t.second.name = "rate"; }},
      {".type is 9", [](Tables& t) { t.parameter.type = 9; }},
      {".scale is -1", [](Tables& t) { t.parameter.scale = -1; }},
      {".role is 3", [](Tables& t) { t.parameter.role = 3; }},
      {".default_value is 0", [](Tables& t) { t.parameter.default_value = 0; }},
      {".default_value is nan", [](Tables& t) { t.parameter.default_value = std::nan(""); }},
      {".default_value is 0.5: write a whole number",
       [](Tables& t) { t.parameter.type = RAVINE_INTEGER; }},
      {"upside down", [](Tables& t) { std::swap(t.parameter.minimum, t.parameter.maximum); }},
      {"range worth tuning", [](Tables& t) { t.parameter.tune_low = -1; }},
      {"range worth tuning", [](Tables& t) { t.parameter.tune_high = 0.01; }},
      {".choices", [](Tables& t) { t.parameter.type = RAVINE_CHOICE; }},
      {"needs_extensions", [](Tables& t) { t.optimizer.needs_extension_count = 1; }},
  };
  for (const auto& [field, damage] : cases) {
    const std::string complaint = complaint_of(damage);
    EXPECT_TRUE(names(complaint, field)) << field << " -> " << complaint;
  }
}

TEST(PluginTables, SurviveTheWayBetweenProcesses) {
  Tables tables;
  harness::PluginInfo info;
  info.path = "/some/where.so";
  info.optimizers = {harness::describe_optimizer(&tables.optimizer)};
  info.notes = {"a note"};
  const auto back = harness::plugin_info_from_json(harness::to_json(info));
  ASSERT_EQ(back.optimizers.size(), 1U);
  EXPECT_EQ(back.optimizers[0].parameters[0].maximum, HUGE_VAL);
  EXPECT_EQ(back.optimizers[0].parameters[1].name, "other");
  EXPECT_EQ(back.optimizers[0].needs, RAVINE_GRADIENT);
  EXPECT_TRUE(back.optimizers[0].steps);
  EXPECT_FALSE(back.optimizers[0].runs);
  EXPECT_EQ(back.notes, info.notes);
}

}  // namespace
