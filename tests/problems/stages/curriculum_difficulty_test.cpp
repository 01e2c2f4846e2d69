// Orders by each measure of difficulty, seen through the weights of a net in stages.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/nets/samples/label_noise.hpp"
#include "problems/nets/samples/points.hpp"
#include "problems/stages/curriculum_measures.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using nets::Batch;
using nets::Part;
using nets::Samples;

nets::PointsSpec spec(std::uint64_t count, std::uint64_t classes = 2) {
  return {{count, 1, 1}, classes, 0, 21};
}

Batch drawn(Samples& samples) {
  Batch batch;
  const std::uint64_t count = samples.count(Part::training);
  samples.fit(batch, static_cast<nets::Index>(count));
  for (std::uint64_t i = 0; i < count; ++i)
    samples.put(Part::training, i, batch, static_cast<nets::Index>(i));
  return batch;
}

TEST(ByClassMean, IsTheRelativeSquaredDistance) {
  const auto samples = nets::blobs(spec(90, 3));
  const Batch batch = drawn(*samples);
  const Difficulty difficulty = by_class_mean(*samples);
  for (int k = 0; k < 3; ++k) {
    Eigen::Vector2d mean = Eigen::Vector2d::Zero();
    for (nets::Index i = k; i < 90; i += 3) mean += batch.inputs.col(i) / 30;
    double spread = 0;
    for (nets::Index i = k; i < 90; i += 3)
      spread += (batch.inputs.col(i) - mean).squaredNorm() / 30;
    for (nets::Index i = k; i < 90; i += 3)
      EXPECT_NEAR(difficulty[static_cast<std::size_t>(i)],
                  (batch.inputs.col(i) - mean).squaredNorm() / spread, 1e-12);
  }
}

// Two blobs about (3, 0) and (-3, 0): the model's line is near x_1 = 0, so that both measures order
// by the distance to it, but for what two dimensions and 400 points leave open.
TEST(ByReference, OrdersByTheSideOfTheLine) {
  const auto samples = nets::blobs(spec(400));
  const Batch batch = drawn(*samples);
  const Difficulty loss = by_reference(*samples, false);
  const Difficulty margin = by_reference(*samples, true);
  int agreeing = 0, pairs = 0;
  for (nets::Index i = 0; i < 400; ++i) {
    const auto at = static_cast<std::size_t>(i);
    // With two classes the loss is log(1 + exp(difficulty by margin)).
    EXPECT_NEAR(loss[at], std::log1p(std::exp(margin[at])), 1e-12);
    EXPECT_GT(loss[at], 0);
    const double side = batch.labels[at] == 0 ? batch.inputs(0, i) : -batch.inputs(0, i);
    for (nets::Index j = 0; j < i; ++j) {
      const auto to = static_cast<std::size_t>(j);
      const double other = batch.labels[to] == 0 ? batch.inputs(0, j) : -batch.inputs(0, j);
      ++pairs;
      if ((side > other) == (margin[at] < margin[to])) ++agreeing;
    }
  }
  EXPECT_GT(agreeing, 0.9 * pairs);
}

TEST(ByReference, IsDeterministic) {
  const auto samples = nets::moons(spec(300));
  EXPECT_EQ(by_reference(*samples, false), by_reference(*samples, false));
}

// Labels that are turned cost more under a model of the others.
TEST(ByReference, FindsWrongLabels) {
  const auto samples = nets::noisy_labels(nets::blobs(spec(400)), 0.1, 4);
  const auto clean = nets::blobs(spec(400));
  const Difficulty loss = by_reference(*samples, false);
  const Difficulty noise = by_noise(*samples, *clean);
  double of_wrong = 0, of_right = 0;
  int wrong = 0;
  for (std::size_t i = 0; i < loss.size(); ++i) {
    const bool turned = noise[i] == std::numeric_limits<double>::infinity();
    wrong += turned ? 1 : 0;
    (turned ? of_wrong : of_right) += loss[i];
  }
  ASSERT_GT(wrong, 5);
  EXPECT_GT(of_wrong / wrong, 10 * of_right / (400 - wrong));
}

TEST(ByNoise, IsTheDistanceToTheOrigin) {
  nets::PointsSpec noisy = spec(100);
  noisy.noise = 0.3;
  const auto samples = nets::moons(noisy);
  const auto clean = nets::moons(spec(100));
  const Difficulty noise = by_noise(*samples, *clean);
  const Batch here = drawn(*samples), there = drawn(*clean);
  double mean = 0;
  for (nets::Index i = 0; i < 100; ++i) {
    const double distance = (here.inputs.col(i) - there.inputs.col(i)).norm();
    EXPECT_EQ(noise[static_cast<std::size_t>(i)], distance);
    mean += distance / 100;
  }
  // Of a normal number's norm in the plane: 0.3 sqrt(pi / 2), within five standard errors.
  EXPECT_NEAR(mean, 0.376, 0.1);
}

class DifficultyTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(Given given, const std::string& data = "blobs") {
    given.insert({{"hidden", word("3")},
                  {"train", number(30)},
                  {"test", number(10)},
                  {"stages", number(3)},
                  {"data", word(data)}});
    return testing::make("mlp_curriculum", given, {0, 1}, data_.sets());
  }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.file(name)) << text;
    return folder_.file(name);
  }

  // The sentence of the refusal, or nothing.
  std::string refusal(const Given& given, const std::string& data = "blobs") {
    try {
      make(given, data);
    } catch (const ProblemError& error) {
      return error.what();
    }
    return {};
  }

  SmallData data_;
  TemporaryFolder folder_;
};

// W_i / mean W of the samples in a stage, from a net without stages.
Vector relative_weights(Problem& staged, std::uint64_t stage) {
  Vector weights;
  const std::uint64_t last = staged.facts().stages.size() - 1;
  for (std::uint64_t i = 0; i < staged.facts().sample_count; ++i) {
    const std::vector<std::uint64_t> one = {i};
    const Vector& x = staged.facts().x0;
    weights.push_back(value(staged, {stage, one, false}, x) / value(staged, {last, one, false}, x));
  }
  return weights;
}

TEST_F(DifficultyTest, OfTheUserOrders) {
  std::string csv = "number,difficulty\n", svm;
  for (int i = 0; i < 30; ++i) {
    const std::string difficulty = std::to_string((i * 7) % 30);
    csv += std::to_string(i) + "," + difficulty + "\n";
    svm += difficulty + " 1:1\n";
  }
  for (const std::string& path : {write("d.csv", csv), write("d.svm", svm)}) {
    const Given file = {{"difficulty", word("file")}, {"difficulty_file", word(path)}};
    const Vector weights = relative_weights(*make(file), 0);
    Given anti = file;
    anti["order"] = word("hardest_first");
    const Vector opposite = relative_weights(*make(anti), 0);
    for (std::uint64_t i = 0; i < 30; ++i) {
      EXPECT_NEAR(weights[i], i * 7 % 30 < 10 ? 3 : 0, 1e-12);
      EXPECT_NEAR(opposite[i], i * 7 % 30 >= 20 ? 3 : 0, 1e-12);
    }
  }
}

TEST_F(DifficultyTest, OfEveryMeasureOrders) {
  for (const char* measure : {"class_mean", "reference_loss", "margin", "noise"})
    for (const char* data : {"blobs", "moons", "fashion_mnist"})
      for (const char* schedule : {"steps", "ramp", "stochastic"}) {
        Given given = {{"difficulty", word(measure)}, {"schedule", word(schedule)}};
        given["label_noise"] = number(0.2);
        const auto problem = make(given, data);
        const Vector first = relative_weights(*problem, 0);
        EXPECT_NEAR(max_norm(relative_weights(*problem, 2)), 1, 1e-12);
        EXPECT_GT(*std::ranges::max_element(first), *std::ranges::min_element(first));
        double mean = 0;
        for (const double w : first) mean += w / 30;
        EXPECT_NEAR(mean, 1, 1e-12) << measure << " " << data << " " << schedule;
      }
}

TEST_F(DifficultyTest, NoneIsNoCurriculum) {
  const auto problem = make({{"order", word("none")}});
  ASSERT_EQ(problem->facts().stages.size(), 3U);
  const Vector x = generic_point(*problem);
  EXPECT_EQ(value(*problem, {0}, x), value(*problem, {2}, x));
  EXPECT_EQ(gradient(*problem, {1}, x), gradient(*problem, {2}, x));
}

TEST_F(DifficultyTest, WeightsOfTheUserAreChecked) {
  std::string good, falling, flat, large;
  for (int i = 0; i < 30; ++i) {
    good += i < 10 ? "1,1,1\n" : i < 20 ? "0,0.5,1\n" : "0,0,1\n";
    falling += i == 4 ? "1,0.5,1\n" : "0.25,0.25,1\n";
    flat += i < 15 ? "0.5,1,1\n" : "0.5,0.5,1\n";  // grows, and loses entropy
    large += i == 7 ? "0.5,2,1\n" : "0.5,1,1\n";
  }
  const auto given = [&](const std::string& name, const std::string& text) {
    return Given{{"schedule", word("file")}, {"weights_file", word(write(name, text))}};
  };
  const Vector second = relative_weights(*make(given("good.csv", good)), 1);
  EXPECT_NEAR(second[0], 2, 1e-12);
  EXPECT_NEAR(second[12], 1, 1e-12);
  EXPECT_EQ(second[25], 0);
  const auto says = [&](const std::string& name, const std::string& text, const char* what) {
    const std::string sentence = refusal(given(name, text));
    EXPECT_NE(sentence.find(what), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("'weights_file'"), std::string::npos) << sentence;
  };
  says("falling.csv", falling, "sample 4 falls from 1 to 0.5 in stage 1");
  says("flat.csv", flat, "entropy of the samples' distribution does not rise in stage 1");
  says("large.csv", large, "sample 7 is 2, and not in [0, 1], in stage 1");
  says("short.csv", "1,1,1\n", "1 lines of 3 numbers, expected train = 30 lines of stages = 3");
}

TEST_F(DifficultyTest, RefusesWhatMakesNoSense) {
  const auto says = [&](const Given& given, const char* data, const char* what) {
    const std::string sentence = refusal(given, data);
    EXPECT_NE(sentence.find(what), std::string::npos) << sentence;
  };
  for (const char* measure : {"class_mean", "reference_loss", "margin"})
    says({{"difficulty", word(measure)}}, "two_spirals",
         "is noise or file where data = two_spirals");
  for (const char* data : {"moons", "two_spirals", "fashion_mnist"})
    says({{"difficulty", word("noise")}}, data, "set label_noise");
  says({{"difficulty", word("file")}}, "blobs", "must name a file where difficulty = file");
  says({{"difficulty_file", word("d.csv")}}, "blobs", "is read where difficulty = file");
  says({{"schedule", word("file")}}, "blobs", "must name a file where schedule = file");
  says({{"schedule", word("file")}, {"order", word("none")}}, "blobs", "goes by samples");
  says({{"weights_file", word("w.csv")}}, "blobs", "is read where schedule = file");
  const std::string two = write("two.csv", "0,1\n0,2\n");
  says({{"difficulty", word("file")}, {"difficulty_file", word(two)}}, "blobs",
       "2 numbers, expected one for each of train = 30");
}

}  // namespace
}  // namespace ravine::problems::testing
