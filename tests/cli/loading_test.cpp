// Libraries that cannot be used: named on the command line an error, found in a folder a warning.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

struct Refusal {
  const char* plugin;
  const char* pattern;  ///< of what is wrong and what to do about it
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.plugin;
}

constexpr Refusal kRefusals[] = {
    {"hangs_in_constructor", "hung and was killed after 5 s while it was loaded: .+"},
    {"aborts_in_constructor", "died of SIGABRT \\(Aborted\\) while it was loaded: .+"},
    {"exits_in_constructor", "exited with code 0 while it was loaded: .+"},
    {"no_entry", "it must export ravine_plugin_v1"},
    {"other_major", "version 2 of the plugin interface.*version 1: build it against"},
    {"null_table", "refused to be loaded: it wants a processor with a hat"},
    {"small_struct", "ravine_optimizer.struct_size is 64: write sizeof"},
    {"no_create", "\"misbehaving\".create is NULL: it is required"},
    {"default_outside_range",
     "\\(strength\\).default_value is 2, outside the legal range \\[0, 1\\]"},
    {"duplicate_ids", "two optimizers are called \"misbehaving\""},
    {"control_characters", "\"misbehaving\".name has a control character at byte 4"},
    {"missing_dependency", "needs libmisbehaving_gone.so, which is not there: install it"},
    {"undefined_symbol", "undefined symbol defined_nowhere: link the library that defines it"},
};

std::string small_suite_in(const Sandbox& sandbox) {
  return sandbox.write("small.toml", small_suite());
}

class Refused : public testing::TestWithParam<Refusal> {};

TEST_P(Refused, NamedOnTheCommandLineEndsTheRunBeforeItBegins) {
  const Sandbox sandbox;
  const std::string plugin = plugin_of_load(GetParam().plugin);
  const Outcome run = sandbox.ravine({"run", small_suite_in(sandbox), "--plugin", plugin});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.err.rfind("error: --plugin " + plugin + ": ", 0), 0U) << run.err;
  EXPECT_TRUE(std::regex_search(run.err, std::regex(GetParam().pattern))) << run.err;
  EXPECT_EQ(run.err.find('\033'), std::string::npos) << "would act on the reader's terminal";
  EXPECT_EQ(sandbox.files_in_work(), std::vector<std::string>{"small.toml"});
  EXPECT_EQ(sandbox.survivors(), std::vector<std::string>());
}

INSTANTIATE_TEST_SUITE_P(Plugin, Refused, testing::ValuesIn(kRefusals),
                         [](const auto& tested) { return std::string(tested.param.plugin); });

TEST(RefusedInAFolder, IsAWarningEachAndTheRunGoesOn) {
  Sandbox sandbox;
  const std::string suite = small_suite_in(sandbox);
  ASSERT_EQ(sandbox.ravine({"run", suite, "--db", "without.db"}).exit_code, 0);
  const auto folder = sandbox.other("found");
  std::filesystem::create_directory(folder);
  for (const Refusal& refusal : kRefusals)
    std::filesystem::copy(plugin_of_load(refusal.plugin), folder);
  std::ofstream(folder / "text.so") << "not a library\n";
  std::ofstream(folder / "text.txt") << "not even called one\n";
  std::filesystem::create_symlink("nowhere", folder / "dangling.so");
  std::filesystem::create_directory(folder / "folder.so");
  sandbox.environment["RAVINE_PLUGIN_PATH"] = folder.string() + ":/nowhere";

  const Outcome run = sandbox.ravine({"run", suite, "--db", "with.db"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::string warning = "warning: plugin left out: " + folder.string() + "/";
  for (const Refusal& refusal : kRefusals) {
    const auto at = run.err.find(warning + refusal.plugin + ".so: ");
    ASSERT_NE(at, std::string::npos) << refusal.plugin << " in " << run.err;
    const std::string line = run.err.substr(at, run.err.find('\n', at) - at);
    EXPECT_TRUE(std::regex_search(line, std::regex(refusal.pattern))) << line;
  }
  EXPECT_NE(run.err.find(warning + "text.so: not a shared library"), std::string::npos) << run.err;
  EXPECT_EQ(run.err.find("text.txt"), std::string::npos) << run.err;
  EXPECT_EQ(results_of(sandbox.work() / "with.db"), results_of(sandbox.work() / "without.db"));
  EXPECT_EQ(sandbox.survivors(), std::vector<std::string>());
}

TEST(NoPlugin, MissingFileEmptyFolderAndTextFileAreErrors) {
  const Sandbox sandbox;
  const std::string suite = small_suite_in(sandbox);
  const std::string text = sandbox.write("text.so", "not a library\n");
  std::filesystem::create_directory(sandbox.other("empty"));
  const std::pair<std::string, std::string> wrong[] = {
      {"nowhere.so", "--plugin nowhere.so: no such file or folder: check the path"},
      {sandbox.other("empty"), ": no library (*.so) in this folder"},
      {text, "text.so: not a shared library (no ELF header): build it with -shared -fPIC"},
      {std::filesystem::read_symlink("/proc/self/exe"), "link it with -shared"},
  };
  for (const auto& [plugin, sentence] : wrong) {
    const Outcome run = sandbox.ravine({"run", suite, "--plugin", plugin});
    EXPECT_EQ(run.exit_code, 2) << run.err;
    EXPECT_NE(run.err.find(sentence), std::string::npos) << run.err;
  }
}

}  // namespace
}  // namespace ravine::test
