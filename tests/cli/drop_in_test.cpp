// A plugin compiled by hand and dropped in takes part without another word.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <utility>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

/// Compiles plugins/minimal/minimal.c under another id, as its first comment says how.
void compile_minimal(const Sandbox& sandbox, const std::string& id,
                     const std::filesystem::path& library) {
  std::string text = read_file(RAVINE_SOURCE_DIR "/plugins/minimal/minimal.c");
  const std::string old = ".id = \"minimal\"";
  ASSERT_NE(text.find(old), std::string::npos);
  text.replace(text.find(old), old.size(), ".id = \"" + id + "\"");
  const std::string source = sandbox.other(id + ".c");
  std::ofstream(source) << text;
  std::filesystem::create_directories(library.parent_path());
  const std::string compile = "'" RAVINE_C_COMPILER "' -shared -fPIC -I'" RAVINE_SOURCE_DIR
                              "/plugins/abi' '" +
                              source + "' -o '" + library.string() + "'";
  ASSERT_EQ(std::system(compile.c_str()), 0) << compile;
}

TEST(DropIn, APluginInTheUsersFolderHasARow) {
  const Sandbox sandbox;
  compile_minimal(sandbox, "my_first", sandbox.user_plugins() / "my_first.so");
  sandbox.write("small.toml", small_suite());
  const Outcome run = sandbox.ravine({"run", "small.toml"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.err.find("warning"), std::string::npos) << run.err;
  EXPECT_NE(run.out.find("\nmy_first "), std::string::npos) << run.out;
  for (const auto& [format, row] :
       {std::pair("terminal", "\nmy_first "), std::pair("markdown", "\n| my\\_first | "),
        std::pair("csv", ",my_first,")}) {
    const Outcome table = sandbox.ravine({"table", "small.db", "--format", format});
    EXPECT_NE(table.out.find(row), std::string::npos) << table.out;
  }
  EXPECT_EQ(sql(sandbox.work() / "small.db",
                "SELECT count(*), settings FROM trial WHERE optimizer = 'my_first'"),
            "2|{\"learning_rate\":\"0.01\"}\n");
  const Outcome list = sandbox.ravine({"list", "optimizers", "my_first"});
  EXPECT_NE(list.out.find("from " + (sandbox.user_plugins() / "my_first.so").string()),
            std::string::npos)
      << list.out;
}

TEST(DropIn, TwoPluginsOfOneIdAreRefusedByNameAndOnlyWhereTheIdIsAsked) {
  const Sandbox sandbox;
  const auto library = sandbox.user_plugins() / "other.so";
  compile_minimal(sandbox, "adam", library);
  sandbox.write("small.toml", small_suite());
  const Outcome run = sandbox.ravine({"run", "small.toml"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("small.toml:22:"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("two plugins offer \"adam\""), std::string::npos) << run.err;
  EXPECT_NE(run.err.find(library.string()), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("adam.so"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("remove one, or give it another id"), std::string::npos) << run.err;
  EXPECT_EQ(sandbox.files_in_work(), std::vector<std::string>{"small.toml"});
  const Outcome trace = sandbox.ravine({"trace", "lbfgs", "quadratic"});
  EXPECT_EQ(trace.exit_code, 0) << trace.err;
}

TEST(DropIn, ACopyOfAPluginIsTheSamePlugin) {
  const Sandbox sandbox;
  compile_minimal(sandbox, "my_first", sandbox.user_plugins() / "my_first.so");
  std::filesystem::copy(sandbox.user_plugins() / "my_first.so", sandbox.work() / "copy.so");
  sandbox.write("small.toml", small_suite());
  const Outcome run = sandbox.ravine({"run", "small.toml", "--plugin", "copy.so"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(
      sql(sandbox.work() / "small.db", "SELECT count(*) FROM trial WHERE optimizer = 'my_first'"),
      "2\n");
}

}  // namespace
}  // namespace ravine::test
