#include "problems/data/data_sets.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <fstream>
#include <numeric>
#include <string>

#include <algorithm>
#include <array>
#include <filesystem>

#include "problems/family.hpp"
#include "tests/problems/support/small_data.hpp"

namespace ravine::problems::testing {
namespace {

class DataSetsTest : public ::testing::Test {
 protected:
  DataSetsTest() { write_small_data(folder_); }

  std::string refusal() {
    try {
      DataSets(folder_.path()).fashion_mnist();
    } catch (const ProblemError& error) {
      return error.what();
    }
    return "accepted";
  }

  void write_labels(const Bytes& labels) {
    write_plain(folder_.file("train-labels-idx1-ubyte"),
                idx_bytes({static_cast<std::uint32_t>(labels.size())}, labels));
  }

  TemporaryFolder folder_;
};

TEST_F(DataSetsTest, LoadsOnceAndKeeps) {
  DataSets sets(folder_.path());
  const ImageSet& set = sets.fashion_mnist();
  EXPECT_EQ(set.classes, 10U);
  EXPECT_EQ(set.train.count, kSmallTrain);
  EXPECT_EQ(set.test.count, kSmallTest);
  EXPECT_EQ(set.train.pixels.size(), std::size_t{kSmallTrain} * kSmallSide * kSmallSide);
  std::filesystem::remove_all(folder_.path());
  EXPECT_EQ(&sets.fashion_mnist(), &set);
}

TEST_F(DataSetsTest, AMissingFileNamesThePackage) {
  std::filesystem::remove(folder_.file("train-images-idx3-ubyte.gz"));
  EXPECT_EQ(refusal(), "data file '" + folder_.file("train-images-idx3-ubyte.gz") +
                           "' is missing: install Debian's package dataset-fashion-mnist, or put "
                           "the four files of Fashion-MNIST there");
}

TEST_F(DataSetsTest, RefusesAnotherNumberOfLabels) {
  write_labels(Bytes(399, 1));
  EXPECT_EQ(refusal(), "the training set has 400 images, but 399 labels");
}

TEST_F(DataSetsTest, RefusesALabelBeyondNine) {
  Bytes labels(400, 1);
  labels[17] = 10;
  write_labels(labels);
  EXPECT_EQ(refusal(), "the training set has the label 10, expected 0 to 9");
}

TEST_F(DataSetsTest, RefusesTestImagesOfAnotherSize) {
  write_gzip(folder_.file("t10k-images-idx3-ubyte.gz"),
             idx_bytes({kSmallTest, 5, 5}, Bytes(std::size_t{kSmallTest} * 25, 0)));
  EXPECT_EQ(refusal(),
            "training images in '" + folder_.path() + "' have 36 pixels, but test images 25");
}

TEST_F(DataSetsTest, DerivedNumbersAreComputedOnce) {
  DataSets sets(folder_.path());
  int calls = 0;
  const auto fill = [&](std::span<std::uint32_t> out) {
    ++calls;
    std::ranges::fill(out, 5U);
  };
  const auto first = sets.derived("fives", 3, fill);
  const auto second = sets.derived("fives", 3, fill);
  sets.derived("others", 3, fill);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(first.data(), second.data());
  EXPECT_TRUE(std::ranges::equal(first, std::array{5U, 5U, 5U}));
}

/// KiB of the mapping around an address that this process alone holds, as the system counts them.
std::uint64_t private_kib(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  bool inside = false;
  std::uint64_t kib = 0;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (std::sscanf(line.c_str(), "%zx-%zx ", &begin, &end) == 2)  // NOLINT(cert-err34-c)
      inside = begin <= wanted && wanted < end;
    else if (inside && line.starts_with("Private_"))
      kib += std::stoull(line.substr(line.find(':') + 1));
  }
  return kib;
}

// A small one and one of huge pages: a child that has read every byte holds no page of its own.
TEST(SharedBytes, AreReadByChildrenWithoutACopy) {
  for (const std::size_t size : {std::size_t{4096}, std::size_t{9} << 20}) {
    SharedBytes memory(size);
    std::ranges::fill(memory.writable(), std::uint8_t{1});
    memory.seal();
    const pid_t child = fork();
    if (child == 0) {
      const auto bytes = memory.bytes();
      const auto sum = std::accumulate(bytes.begin(), bytes.end(), std::size_t{0});
      _exit(sum != size ? 1 : private_kib(bytes.data()) != 0 ? 2 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0) << size;
  }
}

TEST(SharedBytesDeathTest, AreReadOnlyOnceSealed) {
  SharedBytes memory(4096);
  memory.writable()[0] = 1;
  memory.seal();
  EXPECT_EQ(memory.bytes()[0], 1);
  EXPECT_DEATH(memory.writable()[0] = 2, "");
}

TEST(FashionMnist, IsThePublishedSet) {
  if (!std::filesystem::exists("/usr/share/datasets/fashion-mnist"))
    GTEST_SKIP() << "dataset-fashion-mnist is not installed";
  DataSets sets;
  const ImageSet& set = sets.fashion_mnist();
  EXPECT_EQ(set.train.count, 60000U);
  EXPECT_EQ(set.test.count, 10000U);
  EXPECT_EQ(set.train.pixels_per_image, 784U);
  for (std::uint8_t label = 0; label < 10; ++label) {
    EXPECT_EQ(std::ranges::count(set.train.labels, label), 6000);
    EXPECT_EQ(std::ranges::count(set.test.labels, label), 1000);
  }
}

}  // namespace
}  // namespace ravine::problems::testing
