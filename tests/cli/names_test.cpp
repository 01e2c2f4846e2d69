// Names that are not known, values that are not legal and suites that are damaged: what is wrong,
// where, and what to write instead.
#include <gtest/gtest.h>

#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

/// Each of the parts stands in what the command answers, which is an error of the user's.
void expect_complaint(const Sandbox& sandbox, const Sandbox::Words& words,
                      const std::vector<std::string>& parts) {
  const Outcome outcome = sandbox.ravine(words);
  EXPECT_EQ(outcome.exit_code, 2) << words[0] << " " << words.back() << ": " << outcome.err;
  for (const std::string& part : parts)
    EXPECT_NE(outcome.err.find(part), std::string::npos)
        << part << " is not in the answer to " << words[0] << " ... " << words.back() << ":\n"
        << outcome.err;
  EXPECT_EQ(outcome.err.find(":0:0"), std::string::npos) << outcome.err;
}

struct Wrong {
  Sandbox::Words words;
  std::vector<std::string> parts;
};

TEST(UnknownNames, AreAnsweredWithTheNearestKnownOne) {
  const Sandbox sandbox;
  sandbox.write("small.toml", small_suite());
  ASSERT_EQ(sandbox.ravine({"run", "small.toml"}).exit_code, 0);
  const Wrong all[] = {
      {{"rum", "quick"}, {"rum", "run"}},
      {{"run", "quikc"}, {"\"quikc\"", "'quick'"}},
      {{"run", "small.toml", "--optimizer", "gradient_decent"}, {"gradient_decent", "_descent'"}},
      {{"run", "small.toml", "--problem", "bwol"}, {"bwol", "'bowl'"}},
      {{"trace", "gradient_decent", "quadratic"}, {"\"gradient_decent\"", "'gradient_descent'"}},
      {{"trace", "adam", "quadratik"}, {"\"quadratik\"", "'quadratic'"}},
      {{"trace", "adam", "quadratic", "--set", "beta_1=0.5"}, {"\"beta_1\"", "'beta1'"}},
      {{"trace", "adam", "quadratic", "--problem-set", "kapa=3"}, {"'kapa'", "'kappa'"}},
      {{"trace", "--schedule", "cosin"}, {"\"cosin\"", "'cosine'"}},
      {{"trace", "adam", "quadratic", "--schedule", "{ name = 'step', gama = 0.5 }"},
       {"\"gama\"", "'gamma'"}},
      {{"trace", "adam", "quadratic", "--average", "polyack"}, {"\"polyack\"", "'polyak'"}},
      {{"list", "schedules", "cosin"}, {"\"cosin\"", "'cosine'"}},
      {{"list", "averages", "polyack"}, {"\"polyack\"", "'polyak'"}},
      {{"time", "adm"}, {"\"adm\"", "'adam'"}},
      {{"list", "optimizers", "adm"}, {"\"adm\"", "'adam'"}},
      {{"list", "problems", "quadratik"}, {"\"quadratik\"", "'quadratic'"}},
      {{"list", "suites", "quikc"}, {"\"quikc\"", "'quick'"}},
      {{"table", "small.db", "--optimizer", "adm"}, {"\"adm\"", "adam"}},
      {{"table", "small.db", "--problem", "bwol"}, {"\"bwol\"", "bowl"}},
      {{"table", "small.db", "--target", "1e-9"}, {"\"1e-9\"", "relative 1e-03"}},
      {{"export", "small.db", "--table", "trails"}, {"\"trails\"", "trial"}},
  };
  for (const Wrong& wrong : all) expect_complaint(sandbox, wrong.words, wrong.parts);
}

TEST(IllegalValues, OnTheCommandLineAreRefusedWithTheirRange) {
  const Sandbox sandbox;
  const Sandbox::Words trace{"trace", "gradient_descent", "quadratic"};
  const auto with = [&](const std::string& option, const std::string& value) {
    Sandbox::Words words = trace;
    words.insert(words.end(), {option, value});
    return words;
  };
  const Wrong all[] = {
      {with("--set", "learning_rate=-1"), {"learning_rate = -1 is not legal", "(0, inf)"}},
      {with("--set", "learning_rate=0"), {"learning_rate = 0 is not legal", "(0, inf)"}},
      {with("--set", "learning_rate=nan"), {"learning_rate = nan is not legal"}},
      {with("--set", "learning_rate=inf"), {"learning_rate = inf is not legal"}},
      {with("--set", "learning_rate=2/(mu+M)"), {"'M'", "did you mean 'mu'"}},
      {with("--set", "learning_rate"), {"--set learning_rate: write NAME=VALUE"}},
      {with("--problem-set", "n=0"), {"'n'", "0"}},
      {with("--problem-set", "kappa=0.5"), {"'kappa'", "0.5"}},
      {with("--x0", "1,2,3"), {"--x0 has 3 values; the problem has n = 100"}},
      {with("--x0", "1,two"), {"--x0"}},
      {with("--steps", "0"), {"--steps"}},
      {with("--steps", "-3"), {"--steps"}},
      {{"run", "quick", "--jobs", "0"}, {"--jobs"}},
      {{"run", "quick", "--shard", "3/2"}, {"--shard 3/2: write i/n"}},
      {{"run", "quick", "--shard", "0/2"}, {"--shard 0/2: write i/n"}},
      {{"run", "quick", "--seeds", "one"}, {"--seeds"}},
  };
  for (const Wrong& wrong : all) expect_complaint(sandbox, wrong.words, wrong.parts);
  const Outcome steps = sandbox.ravine(with("--steps", "0"));
  EXPECT_LT(steps.err.size(), 200U) << "is a sentence for people: " << steps.err;
}

TEST(DamagedSuites, AreToldWithFileLineAndColumn) {
  const Sandbox sandbox;
  const std::string good = small_suite();
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  const std::pair<std::string, std::vector<std::string>> all[] = {
      {changed("iterations = 200", "iterations = = 200"), {"bad.toml:5:"}},
      {changed("iterations = 200", "iteration = 200"), {"bad.toml:5:1", "'iterations'"}},
      {changed("relative = [1e-1, 1e-3]", "relative = [2]"), {"bad.toml:9:", "relative"}},
      {changed("\"quadratic\"", "\"quadratik\""), {"bad.toml:11:", "'quadratic'"}},
      {changed("kappa = 10", "kapa = 10"), {"bad.toml:13:", "'kappa'"}},
      {changed("n = 5, kappa = 10", "n = 5, kappa = 0.1"), {"bad.toml:13:", "'kappa'"}},
      {changed("id = \"adam\"", "id = \"adm\""), {"bad.toml:22:", "'adam'"}},
      {changed("learning_rate = 0.1", "learning_rat = 0.1"), {"bad.toml:23:9", "'learning_rate'"}},
      {changed("learning_rate = 0.1", "learning_rate = -0.1"),
       {"bad.toml:23:25", "learning_rate = -0.1 is not legal", "(0, inf)"}},
      {changed("learning_rate = 0.1", "learning_rate = nan"), {"bad.toml:23:", "learning_rate"}},
      {changed("\"1/L\"", "\"1/M\""), {"bad.toml:20:", "M"}},
      {good.substr(0, good.size() / 2), {"bad.toml:"}},
      {std::string("\0\xFF\xFE\0", 4), {"bad.toml:1:"}},
      {"", {"bad.toml:1:1"}},
  };
  for (const auto& [text, parts] : all) {
    sandbox.write("bad.toml", text);
    expect_complaint(sandbox, {"run", "bad.toml"}, parts);
  }
  expect_complaint(sandbox, {"run", "nowhere.toml"}, {"nowhere.toml", "No such file"});
  std::filesystem::create_directory(sandbox.work() / "folder.toml");
  expect_complaint(sandbox, {"run", "folder.toml"}, {"folder.toml"});
  EXPECT_EQ(sandbox.files_in_work(), (std::vector<std::string>{"bad.toml", "folder.toml"}));
}

}  // namespace
}  // namespace ravine::test
