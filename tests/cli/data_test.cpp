// Data sets that are missing or damaged, and one that is not.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/cli/database.hpp"
#include "tests/cli/ravine.hpp"
#include "tests/cli/suites.hpp"

namespace ravine::test {
namespace {

constexpr const char* kSuite = R"([suite]
name = "net"
[budget]
iterations = 5
[targets]
train_loss = [0.01]
[[problem]]
family = "mlp"
set = { hidden = 3, train = 80, test = 40 }
batch = 8
[[optimizer]]
id = "adam"
)";

class Data : public testing::Test {
 protected:
  Data() : folder(sandbox.other("images")) {
    sandbox.write("net.toml", kSuite);
    write_small_data(folder);
  }
  Outcome run() const { return sandbox.ravine({"run", "net.toml", "--data", folder}); }
  void damage(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  void expect_complaint(const std::string& part) const {
    const Outcome outcome = run();
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find(part), std::string::npos) << part << " in " << outcome.err;
    EXPECT_NE(outcome.err.find("net.toml:8:"), std::string::npos) << outcome.err;
    EXPECT_EQ(sandbox.files_in_work(), std::vector<std::string>{"net.toml"});
  }
  Sandbox sandbox;
  std::filesystem::path folder;
};

TEST_F(Data, OfTheUsersOwnIsUsed) {
  const Outcome outcome = run();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(sql(sandbox.work() / "net.db", "SELECT status, count_batches FROM trial"),
            "budget|5\n");
}

TEST_F(Data, AMissingFolderOrFileIsNamedWithThePackage) {
  std::filesystem::remove(folder / "t10k-labels-idx1-ubyte");
  expect_complaint((folder / "t10k-labels-idx1-ubyte").string());
  expect_complaint("dataset-fashion-mnist");
  std::filesystem::remove_all(folder);
  expect_complaint((folder / "train-images-idx3-ubyte").string());
}

TEST_F(Data, ATruncatedFileIsNamed) {
  const std::string images = read_file(folder / "train-images-idx3-ubyte");
  for (const std::size_t kept :
       {std::size_t{0}, std::size_t{2}, std::size_t{9}, images.size() - 1}) {
    damage("train-images-idx3-ubyte", images.substr(0, kept));
    expect_complaint("train-images-idx3-ubyte' is truncated");
  }
}

TEST_F(Data, AFileThatIsNotCompressedAsItsNameSaysIsNamed) {
  // Cut in the middle of what gzip would read: the header of a compressed file and no more.
  damage("train-images-idx3-ubyte.gz", std::string("\x1f\x8b\x08\0\0\0\0\0\0\3", 10));
  expect_complaint("train-images-idx3-ubyte.gz'");
}

TEST_F(Data, FilesThatDoNotFitEachOtherAreNamed) {
  std::filesystem::copy_file(folder / "t10k-labels-idx1-ubyte", folder / "train-labels-idx1-ubyte",
                             std::filesystem::copy_options::overwrite_existing);
  expect_complaint("90 images, but 45 labels");
}

TEST_F(Data, ALabelThatIsNoneIsTold) {
  std::string labels = read_file(folder / "train-labels-idx1-ubyte");
  labels.back() = 77;
  damage("train-labels-idx1-ubyte", labels);
  expect_complaint("label 77");
}

TEST_F(Data, MoreSamplesThanThereAreAreRefused) {
  std::string suite = kSuite;
  sandbox.write("net.toml", suite.replace(suite.find("train = 80"), 10, "train = 91"));
  expect_complaint("90");
}

}  // namespace
}  // namespace ravine::test
