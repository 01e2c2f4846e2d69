// The reader of NIST's files: one that is right, and every way to be wrong.
#include "problems/nist/file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "problems/family.hpp"
#include "tests/problems/support/nist.hpp"

namespace ravine::problems::testing {
namespace {

class NistFile : public ::testing::Test {
 protected:
  NistFile() {
    std::ifstream in(std::string(kNistData) + "/DanWood.dat", std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    good_ = all.str();
  }
  void SetUp() override {
    if (!nist_missing().empty()) GTEST_SKIP() << nist_missing();
    ASSERT_FALSE(good_.empty()) << "there is no " << kNistData << "/DanWood.dat";
  }

  void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }

  [[nodiscard]] std::string replaced(const std::string& old, const std::string& by) const {
    std::string text = good_;
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), by);
  }

  // What the text is refused with, behind "data file 'PATH'".
  [[nodiscard]] std::string refusal(const std::string& text) const {
    write(text);
    try {
      nist::read_file(path_);
    } catch (const ProblemError& error) {
      const std::string prefix = "data file '" + path_ + "'";
      const std::string message = error.what();
      EXPECT_TRUE(message.starts_with(prefix)) << message;
      return message.substr(prefix.size());
    }
    return "accepted";
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("DanWood.dat");
  std::string good_;
};

TEST_F(NistFile, IsReadWhole) {
  write(good_);
  const nist::File file = nist::read_file(path_);
  EXPECT_EQ(file.set, "DanWood");
  EXPECT_EQ(file.starts[0], (std::vector<double>{1, 5}));
  EXPECT_EQ(file.starts[1], (std::vector<double>{0.7, 4}));
  EXPECT_EQ(file.certified, (std::vector<double>{7.6886226176E-01, 3.8604055871E+00}));
  EXPECT_EQ(file.deviations, (std::vector<double>{1.8281973860E-02, 5.1726610913E-02}));
  EXPECT_EQ(file.residual_sum, 4.3173084083E-03);
  EXPECT_EQ(file.predictors, 1U);
  EXPECT_EQ(file.y, (std::vector<double>{2.138, 3.421, 3.597, 4.340, 4.882, 5.660}));
  EXPECT_EQ(file.x, (std::vector<double>{1.309, 1.471, 1.490, 1.565, 1.611, 1.680}));
}

TEST_F(NistFile, HasRowsOfTwoPredictorsInOrder) {
  const nist::File file = nist::read_file(std::string(kNistData) + "/Nelson.dat");
  EXPECT_EQ(file.predictors, 2U);
  ASSERT_EQ(file.y.size(), 128U);
  ASSERT_EQ(file.x.size(), 256U);
  EXPECT_EQ(file.y[4], 15.5);
  EXPECT_EQ(file.x[8], 1);
  EXPECT_EQ(file.x[9], 225);
}

TEST_F(NistFile, MayHaveTheLineEndsOfDosAndNoneAtItsEnd) {
  std::string dos;
  for (const char c : good_) dos += c == '\n' ? "\r\n" : std::string(1, c);
  write(dos);
  const nist::File file = nist::read_file(path_);
  EXPECT_EQ(file.certified, (std::vector<double>{7.6886226176E-01, 3.8604055871E+00}));
  EXPECT_EQ(file.x.back(), 1.68);
  write(good_.substr(0, good_.find_last_not_of(" \r\n") + 1));
  EXPECT_EQ(nist::read_file(path_).x.back(), 1.68);
  EXPECT_EQ(refusal(good_ + "\r\n \n"), "accepted");
}

TEST_F(NistFile, MayHaveItsPartsInOtherLinesThatItsHeaderSays) {
  std::string longer = replaced("(lines 41 to 42)", "(lines 42 to 43)");
  const auto move = [&](const std::string& old, const std::string& by) {
    longer.replace(longer.find(old), old.size(), by);
  };
  move("(lines 41 to 47)", "(lines 42 to 48)");
  move("(lines 61 to 66)", "(lines 62 to 67)");
  move("Procedure:", "A line more.\nProcedure:");
  EXPECT_EQ(refusal(longer), "accepted");
}

TEST_F(NistFile, ThatIsMissingIsNamed) {
  try {
    nist::read_file(path_);
    FAIL() << "there is no file yet";
  } catch (const ProblemError& error) {
    EXPECT_EQ(std::string(error.what()),
              "data file '" + path_ + "' cannot be opened: No such file or directory");
  }
}

TEST_F(NistFile, OfAnotherFormatIsRefused) {
  EXPECT_EQ(refusal(""), " has no line 'Dataset Name: ...': it is not in NIST's format");
  EXPECT_EQ(refusal(replaced("1 Predictor", "1 Variable")),
            " has no line 'N Predictor ...': it is not in NIST's format");
  EXPECT_EQ(refusal(replaced("Certified Values  (lines", "Values  (lines")),
            " has no line 'Certified Values (lines A to B)': it is not in NIST's format");
}

TEST_F(NistFile, WithAWrongHeaderIsToldTheLine) {
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 61 - 66)")),
            ", line 7: expected 'Data (lines A to B)', found '(lines 61 - 66)'");
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 66 to 61)")),
            ", line 7: no lines are from 66 to 61");
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 61 to 6x)")),
            ", line 7: the last line is '6x', expected a finite number");
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 61 to 99)")),
            ", line 7: 'Data' are said to end in line 99, but the file ends in 66");
  EXPECT_EQ(refusal(replaced("1 Predictor", "3 Predictor")),
            ", line 26: expected 1 or 2 predictors, found 3");
}

TEST_F(NistFile, WithAWrongNumberIsToldTheLine) {
  // As in a copy of Roszman1.dat that is widely spread.
  EXPECT_EQ(refusal(replaced("7.6886226176E-01", "1.20196866396-0")),
            ", line 41: the certified value of b1 is '1.20196866396-0', expected a finite number");
  EXPECT_EQ(refusal(replaced("6 Observations", "7 Observations")),
            ", line 27: says 7 observations, but the data are 6");
  EXPECT_EQ(refusal(replaced("2 Parameters (b1 and b2)", "3 Parameters (b1 to b3)")),
            ", line 32: says 3 parameters, but starting values are for 2");
  for (const std::string deviation : {"0", "0E+00", "-1.8281973860E-02"})
    EXPECT_EQ(refusal(replaced("1.8281973860E-02", deviation)),
              ", line 41: the standard deviation of b1 is '" + deviation +
                  "', expected a positive number");
  EXPECT_EQ(refusal(replaced("1.8281973860E-02", std::string("1\0", 2))),
            ", line 41: the standard deviation of b1 is '1\\x00', expected a finite number");
  EXPECT_EQ(refusal(replaced("4.3173084083E-03", "nan")),
            ", line 44: 'Residual Sum of Squares:' is 'nan', expected a finite number");
  EXPECT_EQ(refusal(replaced("1.309", "1,309")).substr(0, 41),
            ", line 61: predictor 1 is '1,309E0', expe");
  EXPECT_EQ(refusal(replaced("  b2 =", "  b3 =")).substr(0, 55),
            ", line 42: expected 'b2 = start 1, start 2, certified v");
}

TEST_F(NistFile, ThatContradictsItselfIsToldTheLine) {
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 61 to 65)")),
            ", line 66: goes on after the data, which end in line 65");
  EXPECT_EQ(refusal(good_.substr(0, good_.rfind('\n', good_.size() - 2) + 1)),
            ", line 7: 'Data' are said to end in line 66, but the file ends in 65");
  const std::string row = good_.substr(good_.find('\n', good_.find("\nData:  y") + 1) + 1);
  EXPECT_EQ(refusal(good_ + row.substr(0, row.find('\n') + 1)),
            ", line 67: goes on after the data, which end in line 66");
  EXPECT_EQ(refusal(replaced("(lines 61 to 66)", "(lines 60 to 66)")).substr(0, 58),
            ", line 60: expected a response and 1 predictor, found 'Dat");
  EXPECT_EQ(refusal(replaced("(lines 41 to 47)", "(lines 41 to 43)")),
            ", line 6: expected 'Residual Sum of Squares:' in lines 41 to 43");
  const std::string count = "Number of Observations:                            ";
  EXPECT_EQ(refusal(replaced(count + "6", count + "7")),
            ", line 47: 'Number of Observations:' is 7, but the data are 6");
  EXPECT_EQ(refusal(replaced("4.3173084083E-03", "4.3173083083E-03")),
            ", line 45: 'Residual Standard Deviation:' does not fit the residual sum of squares, "
            "which makes it 0.032853113659");
}

TEST_F(NistFile, MustFitTheModelOfItsSet) {
  const auto refused = [&](const std::string& set, const std::string& text) -> std::string {
    std::ofstream(folder_.file(set + ".dat"), std::ios::binary) << text;
    DataSets none;
    try {
      make("nist", {{"folder", word(folder_.path())}, {"set", word(set)}}, {}, none);
    } catch (const ProblemError& error) {
      return std::string(error.what()).substr(std::string(error.what()).find("': ") + 3);
    }
    return "accepted";
  };
  EXPECT_EQ(refused("DanWood", good_), "accepted");
  EXPECT_NE(refused("DanWood", replaced("7.6886226176E-01", "7.7886226176E-01")), "accepted")
      << "a certified value that is not";
  EXPECT_NE(refused("DanWood", replaced("2.138E0", "2.158E0")), "accepted") << "data that are not";
  EXPECT_EQ(refused("ENSO", good_), "is of the data set 'DanWood', not ENSO");
  EXPECT_EQ(refused("ENSO", replaced("Dataset Name:  DanWood", "Dataset Name:  ENSO")),
            "has 2 parameters; the model of ENSO has 9");
  std::filesystem::remove(folder_.file("ENSO.dat"));
  DataSets none;
  try {
    make("nist", {{"folder", word(folder_.path())}, {"set", word("ENSO")}}, {}, none);
    FAIL() << "there is no file any more";
  } catch (const ProblemError& error) {
    EXPECT_EQ(std::string(error.what()),
              "data file '" + folder_.file("ENSO.dat") +
                  "' is missing: parameter 'folder' says where NIST's files are "
                  "(www.itl.nist.gov/div898/strd)");
  }
}

}  // namespace
}  // namespace ravine::problems::testing
