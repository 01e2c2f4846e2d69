// What the regressions refuse, and in which words; sparse and dense files of the same samples.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/problems/data/text_support.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class RegressionData : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) {
    write_plain(folder_.file(name), bytes_of(text));
    return folder_.file(name);
  }
  std::unique_ptr<Problem> make(const std::string& family, const Given& given) {
    DataSets& sets = *kept_.emplace_back(std::make_unique<DataSets>(folder_.path()));
    return testing::make(family, given, {0, 11}, sets);
  }
  std::string refusal(const std::string& family, const Given& given) {
    try {
      make(family, given);
    } catch (const ProblemError& error) {
      return error.what();
    }
    return "accepted";
  }

  TemporaryFolder folder_;
  std::vector<std::unique_ptr<DataSets>> kept_;  // a file is decoded once in each
};

TEST_F(RegressionData, LabelsOfTwoClassesAreSignsInThreeConventions) {
  Vector values;
  for (const char* pair :
       {"-1 1:2\n1 1:3\n", "0 1:2\n1 1:3\n", "1 1:2\n2 1:3\n", "+1 1:-2\n+1 1:3\n"}) {
    const std::string path = file("two.svm", pair);
    const auto problem = make("logistic_regression", {{"data", word(path)}, {"l2", number(0)}});
    values.push_back(value(*problem, {}, {1.5}));
  }
  const double expected = (std::log1p(std::exp(3.0)) + std::log1p(std::exp(-4.5))) / 2;
  for (const double f : values) EXPECT_DOUBLE_EQ(f, expected);
}

TEST_F(RegressionData, OtherLabelsAreRefusedWithTheirLine) {
  for (const char* family : {"logistic_regression", "perceptron_criterion"}) {
    const std::string path = file("two.svm", "-1 1:2\n\n1 1:3\n0.5 1:2\n");
    EXPECT_EQ(
        refusal(family, {{"data", word(path)}}),
        "data file '" + path +
            "', line 4: the label is 0.5, expected two classes: -1 and 1, 0 and 1, or 1 and 2");
    const std::string three = file("three.csv", "1,0\n1,1\n1,2\n");
    EXPECT_EQ(refusal(family, {{"data", word(three)}}),
              "data file '" + three +
                  "', line 3: the label is 2, expected two classes: -1 and 1, 0 and 1, or 1 and 2");
  }
}

TEST_F(RegressionData, ClassesAreWholeNumbersFromZero) {
  const auto expect_refusal = [&](const std::string& label) {
    const std::string path = file("classes.csv", "1,0\n1,2\n4," + label + "\n");
    EXPECT_EQ(refusal("softmax_regression", {{"data", word(path)}}),
              "data file '" + path + "', line 3: the label is " + label +
                  ", expected a class, a whole number from 0 to 999");
  };
  for (const char* label : {"-1", "1.5", "1000"}) expect_refusal(label);
  const std::string path = file("classes.csv", "1,0\n1,2\n3,1\n");
  EXPECT_EQ(make("softmax_regression", {{"data", word(path)}})->facts().n, 3U);
}

TEST_F(RegressionData, ClassesWithoutASampleAreRefusedUnlessTheirNumberIsSaid) {
  const std::string path = file("gap.csv", "1,0\n2,7\n");
  EXPECT_EQ(refusal("softmax_regression", {{"data", word(path)}}),
            "data file '" + path +
                "' has no sample of class 1, but one of class 7: number the classes from 0 without "
                "a gap, or write classes = 8");
  for (const double classes : {8, 10, 1000})
    EXPECT_EQ(make("softmax_regression", {{"data", word(path)}, {"classes", number(classes)}})
                  ->facts()
                  .constants.at("K"),
              classes);
  EXPECT_EQ(refusal("softmax_regression", {{"data", word(path)}, {"classes", number(7)}}),
            "data file '" + path +
                "', line 2: the label is 7, expected a class, a whole number from 0 to 6: classes "
                "= 7");
  const std::string from_one = file("from_one.csv", "1,1\n2,2\n");
  EXPECT_EQ(refusal("softmax_regression", {{"data", word(from_one)}}),
            "data file '" + from_one +
                "' has no sample of class 0, but one of class 2: number the classes from 0 without "
                "a gap, or write classes = 3");
  EXPECT_EQ(refusal("softmax_regression", {{"classes", number(1)}}),
            "parameter 'classes' of problem 'softmax_regression' is 0 or an integer from 2 to "
            "1000, not 1");
}

TEST_F(RegressionData, ASingleClassIsNoClassification) {
  const auto expect_refusal = [&](const std::string& label, double classes) {
    const std::string path = file("one.csv", "1," + label + "\n2," + label + "\n");
    EXPECT_EQ(refusal("softmax_regression", {{"data", word(path)}, {"classes", number(classes)}}),
              "data file '" + path + "' has samples of class " + label +
                  " alone, expected two classes or more");
  };
  expect_refusal("0", 0);
  expect_refusal("0", 5);
  expect_refusal("3", 0);
  expect_refusal("3", 5);
}

// Images and labels are two files without lines: it is the labels' fault, and an item of theirs.
TEST_F(RegressionData, AWrongLabelOfImagesIsAnItemOfTheLabelsFile) {
  const std::string images = folder_.file("img.idx"), labels = folder_.file("labbad.idx");
  write_plain(images, idx_bytes({3, 1, 2}, {0, 51, 255, 1, 2, 3}));
  write_plain(labels, idx_bytes({3}, {0, 1, 5}));
  const Given given = {{"data", word(images)}, {"label", word(labels)}};
  EXPECT_EQ(refusal("logistic_regression", given),
            "data file '" + labels +
                "', item 3: the label is 5, expected two classes: -1 and 1, 0 and 1, or 1 and 2");
  Given said = given;
  said["classes"] = number(4);
  EXPECT_EQ(refusal("softmax_regression", said),
            "data file '" + labels +
                "', item 3: the label is 5, expected a class, a whole number from 0 to 3: classes "
                "= 4");
  EXPECT_TRUE(refusal("softmax_regression", given)
                  .starts_with("data file '" + labels + "' has no sample of class 2"));
  const std::string found = folder_.file("my-images-idx3-ubyte.gz"),
                    beside = folder_.file("my-labels-idx1-ubyte.gz");
  write_gzip(found, idx_bytes({2, 1, 1}, {0, 51}));
  write_gzip(beside, idx_bytes({2}, {0, 9}));
  EXPECT_TRUE(refusal("perceptron_criterion", {{"data", word(found)}})
                  .starts_with("data file '" + beside + "', item 2: the label is 9"));
}

TEST_F(RegressionData, ReadersSpeakThroughTheFamilies) {
  for (const char* family :
       {"linear_regression", "logistic_regression", "perceptron_criterion", "softmax_regression"}) {
    const std::string path = file("nan.csv", "1,0\nnan,1\n");
    EXPECT_EQ(
        refusal(family, {{"data", word(path)}}),
        "data file '" + path + "', line 2, column 1: field 1 is 'nan', expected a finite number");
    EXPECT_EQ(refusal(family, {{"data", word("none.csv")}}),
              "data file 'none.csv' cannot be opened: No such file or directory");
    EXPECT_EQ(refusal(family, {{"data", word("generate")}}),
              "data file 'generate' must end in .csv, .svm, .libsvm, .idx or -ubyte (IDX), or in "
              "one of these and .gz");
  }
}

TEST_F(RegressionData, ParametersThatContradictAreRefused) {
  const std::string path = file("one.csv", "1,1\n");
  EXPECT_EQ(
      refusal("linear_regression", {{"data", word(path)}, {"sampling", word("fresh")}}),
      "sampling = \"fresh\" of problem 'linear_regression' needs data = \"generated\": a file "
      "has no more samples than it has");
  EXPECT_EQ(
      refusal("linear_regression", {{"data", word(path)}, {"n", number(5)}}),
      "parameter 'n' of problem 'linear_regression' is of generated data: leave it out beside "
      "a file");
  EXPECT_EQ(
      refusal("linear_regression", {{"n", number(1e7)}, {"samples", number(1000)}}),
      "problem 'linear_regression' draws n * samples numbers, at most 134217728: samples = 1000 "
      "needs n of at most 134217");
  EXPECT_EQ(refusal("softmax_regression",
                    {{"n", number(1e6)}, {"samples", number(1)}, {"classes", number(11)}}),
            "problem 'softmax_regression' has features * classes variables, at most 10000000, not "
            "1000000 * 11");
  EXPECT_EQ(refusal("linear_regression", {{"n", number(2001)}, {"rotation", word("dense")}}),
            "rotation 'dense' of problem 'linear_regression' is for n of at most 2000, not 2001: "
            "write rotation = \"hadamard\"");
  EXPECT_EQ(refusal("linear_regression", {{"n", number(0)}}),
            "parameter 'n' of problem 'linear_regression' is an integer from 1 to 1e+07, not 0");
  EXPECT_EQ(
      refusal("logistic_regression", {{"noise", number(0.6)}}),
      "parameter 'noise' of problem 'logistic_regression' is a number from 0 to 0.5, not 0.6");
}

// The same samples as CSV and in LIBSVM's format, one all zeros.
TEST_F(RegressionData, SparseAndDenseFilesAreOneProblem) {
  const std::string dense = file("same.csv", "0,2,0,1\n1,0,-3,0\n0,0,0,1\n4,5,6,1\n0.5,0,0,0\n");
  const std::string sparse = file("same.svm", "1 2:2\n0 1:1 3:-3\n1\n1 1:4 2:5 3:6\n0 1:0.5\n");
  for (const char* family :
       {"linear_regression", "logistic_regression", "perceptron_criterion", "softmax_regression"}) {
    const auto one = make(family, {{"data", word(dense)}, {"l2", number(0.25)}});
    const auto two = make(family, {{"data", word(sparse)}, {"l2", number(0.25)}});
    const Vector x = generic_point(*one);
    const Vector v = normal_vector(x.size(), 2, "direction");
    EXPECT_NEAR(value(*one, {}, x), value(*two, {}, x), 1e-14);
    EXPECT_LE(max_norm(plus(gradient(*one, {}, x), -1, gradient(*two, {}, x))), 1e-14);
    EXPECT_LE(max_norm(plus(hessian_vector(*one, {}, x, v), -1, hessian_vector(*two, {}, x, v))),
              1e-13);
    if (one->facts().f_star) {
      EXPECT_NEAR(*one->facts().f_star, *two->facts().f_star, 1e-14);
    }
  }
}

}  // namespace
}  // namespace ravine::problems::testing
