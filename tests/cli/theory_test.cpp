// The suite theory: what its tables say.
#include <gtest/gtest.h>

#include "tests/cli/ravine.hpp"

namespace ravine::test {
namespace {

#ifndef RAVINE_SANITIZED
TEST(Theory, HoldsOnItsSuite) {
  const Sandbox sandbox;
  const Outcome run =
      sandbox.start({"run", "theory", "--db", "theory.db", "--jobs", "2", "--no-tables"}).wait(240);
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Outcome theory =
      sandbox.ravine({"table", "theory.db", "--show", "theory", "--format", "markdown"});
  ASSERT_EQ(theory.exit_code, 0) << theory.err;
  EXPECT_EQ(theory.out.find("broken"), std::string::npos) << theory.out;
  for (const char* said : {"rate per iteration", "rate of lambda = 10", "iterations to 1e-12",
                           "after 50 iterations", "of Newton"})
    EXPECT_NE(theory.out.find(said), std::string::npos) << said;
  const Outcome sweeps =
      sandbox.ravine({"table", "theory.db", "--show", "sweeps", "--format", "markdown"});
  ASSERT_EQ(sweeps.exit_code, 0) << sweeps.err;
  for (const char* said :
       {"plane over learning", "length over learning", "over kappa", "eta over learning"})
    EXPECT_NE(sweeps.out.find(said), std::string::npos) << said;
}
#endif

TEST(Tables, OfEveryKindAreMadeOfAnySuite) {
  const Sandbox sandbox;
  sandbox.write("small.toml", R"toml([suite]
name = "small"
[budget]
iterations = 200
[targets]
relative = [1e-2, 1e-6]
[[problem]]
family = "quadratic"
set = { n = 5, kappa = [10, 100] }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = ["1/L", "1.5/L"] }
)toml");
  ASSERT_EQ(sandbox.ravine({"run", "small.toml", "--db", "small.db"}).exit_code, 0);
  for (const char* kind :
       {"overview", "iterations", "cost", "seconds", "time", "sweeps", "theory", "endings"})
    for (const char* format : {"terminal", "markdown"}) {
      const Outcome shown =
          sandbox.ravine({"table", "small.db", "--show", kind, "--format", format});
      EXPECT_EQ(shown.exit_code, 0) << kind << shown.err;
      EXPECT_NE(shown.out.find("1.5/L"), std::string::npos) << kind << shown.out;
    }
}

}  // namespace
}  // namespace ravine::test
