#include "problems/data/idx.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "problems/data/idx_rows.hpp"
#include "problems/family.hpp"
#include "tests/problems/support/small_data.hpp"

namespace ravine::problems::testing {
namespace {

class Idx : public ::testing::Test {
 protected:
  // What reading these bytes is refused with, without the file's name.
  std::string refusal(const Bytes& bytes, std::size_t dimensions = 2) {
    write_plain(path_, bytes);
    return refusal_of_file(dimensions);
  }

  std::string refusal_of_file(std::size_t dimensions = 2) {
    try {
      read_idx(path_, dimensions);
    } catch (const ProblemError& error) {
      const std::string prefix = "data file '" + path_ + "' ";
      const std::string message = error.what();
      EXPECT_TRUE(message.starts_with(prefix)) << message;
      return message.substr(prefix.size());
    }
    return "accepted";
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("array");
  Bytes good_ = idx_bytes({2, 3}, {1, 2, 3, 4, 5, 255});
};

TEST_F(Idx, ReadsPlainAndCompressedFilesAlike) {
  for (const auto write : {write_plain, write_gzip}) {
    write(path_, good_);
    const IdxArray array = read_idx(path_, 2);
    EXPECT_EQ(array.shape, (std::vector<std::uint64_t>{2, 3}));
    EXPECT_TRUE(std::ranges::equal(array.values.bytes(), Bytes{1, 2, 3, 4, 5, 255}));
  }
}

TEST_F(Idx, ImagesAreRowsWithTheirLabels) {
  const std::string images = folder_.file("my-images-idx3-ubyte"),
                    labels = folder_.file("my-labels-idx1-ubyte");
  write_plain(images, idx_bytes({2, 1, 3}, {0, 51, 255, 1, 2, 3}));
  write_plain(labels, idx_bytes({2}, {7, 0}));
  for (const RowsInProgress& rows : {read_idx_rows(images, ""), read_idx_rows(images, labels)}) {
    EXPECT_EQ(rows.columns, 3U);
    EXPECT_EQ(rows.values, (std::vector<double>{0, 0.2, 1, 1 / 255.0, 2 / 255.0, 3 / 255.0}));
    EXPECT_EQ(rows.labels, (std::vector<double>{7, 0}));
    EXPECT_EQ(rows.lines, (std::vector<std::uint64_t>{1, 2}));
  }
  write_plain(labels, idx_bytes({3}, {7, 0, 1}));
  EXPECT_THROW(read_idx_rows(images, ""), ProblemError) << "a label too many";
  std::filesystem::rename(images, path_);
  EXPECT_THROW(read_idx_rows(path_, ""), ProblemError) << "no name to find the labels by";
}

TEST_F(Idx, RefusesAMissingFile) {
  EXPECT_EQ(refusal_of_file(), "cannot be opened: No such file or directory");
}

TEST_F(Idx, RefusesEveryTruncation) {
  for (std::size_t length = 0; length < good_.size(); ++length) {
    const Bytes part(good_.begin(), good_.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_TRUE(refusal(part).starts_with("is truncated: expected ")) << length;
  }
  EXPECT_EQ(refusal(Bytes(good_.begin(), good_.end() - 2)),
            "is truncated: expected 6 bytes of values, found 4");
}

TEST_F(Idx, RefusesBytesAfterTheValues) {
  good_.push_back(0);
  EXPECT_EQ(refusal(good_), "goes on after its 6 values: expected its end");
}

TEST_F(Idx, RefusesAnotherMagicNumber) {
  good_[1] = 'P';
  EXPECT_EQ(refusal(good_), "is not in IDX format: expected two bytes 0 first");
}

TEST_F(Idx, RefusesAnotherType) {
  good_[2] = 0x0D;
  EXPECT_EQ(refusal(good_), "has values of type 13, expected 8 (unsigned bytes)");
}

TEST_F(Idx, RefusesAnotherNumberOfDimensions) {
  EXPECT_EQ(refusal(good_, 3), "has 2 dimensions, expected 3");
}

TEST_F(Idx, RefusesAbsurdDimensions) {
  EXPECT_EQ(refusal(idx_bytes({2, 0}, {})),
            "has dimension 2 of 0: expected 1 or more, and at most 16 GiB in all");
  EXPECT_EQ(refusal(idx_bytes({0xFFFFFFFF, 0xFFFFFFFF}, {})),
            "has dimension 2 of 4294967295: expected 1 or more, and at most 16 GiB in all");
}

TEST_F(Idx, RefusesDamagedCompression) {
  write_gzip(path_, idx_bytes({1, 3000}, Bytes(3000, 7)));
  const auto size = std::filesystem::file_size(path_);
  std::filesystem::resize_file(path_, size - 12);  // into the deflated part, past the checksum
  const std::string message = refusal_of_file();
  EXPECT_TRUE(message.starts_with("cannot be decompressed: ") ||
              message.starts_with("is truncated: "))
      << message;
}

}  // namespace
}  // namespace ravine::problems::testing
