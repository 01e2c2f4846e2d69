// The reader of LIBSVM's format, what the data sets make of files, and every way to be wrong.
#include "problems/data/libsvm.hpp"

#include <algorithm>

#include "problems/data/data_sets.hpp"
#include "tests/problems/data/text_support.hpp"

namespace ravine::problems::testing {
namespace {

using Values = std::vector<double>;

class Libsvm : public ::testing::Test {
 protected:
  RowsInProgress read(const std::string& text) {
    write_plain(path_, bytes_of(text));
    return read_libsvm(path_);
  }
  std::string refusal(const std::string& text) {
    return refusal_of(path_, [&] { read(text); });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("data.svm");
};

TEST_F(Libsvm, ReadsLabelsAndEntries) {
  const RowsInProgress rows = read("+1 1:0.5 4:-2\n-1\n1 3:1e3  \n");
  EXPECT_EQ(rows.columns, 4U);
  EXPECT_EQ(rows.labels, (Values{1, -1, 1}));
  EXPECT_EQ(rows.values, (Values{0.5, -2, 1000}));
  EXPECT_EQ(rows.indices, (std::vector<std::uint32_t>{0, 3, 2}));
  EXPECT_EQ(rows.starts, (std::vector<std::uint64_t>{0, 2, 2, 3}));
}

TEST_F(Libsvm, ForgivesLineEndsCommentsAndEmptyLines) {
  const RowsInProgress rows = read("# made by hand\r\n\r\n 2.5\t1:1#2:2\r\n3 2:1 # 3:1");
  EXPECT_EQ(rows.columns, 2U);
  EXPECT_EQ(rows.labels, (Values{2.5, 3}));
  EXPECT_EQ(rows.lines, (std::vector<std::uint64_t>{3, 4}));
}

TEST_F(Libsvm, RefusesWhatIsNotAFiniteNumber) {
  for (const std::string word : {"abc", "nan", "inf", "1e999", ""})
    EXPECT_EQ(
        refusal("1 1:1\n1 1:2 7:" + word + "\n"),
        ", line 2, column 9: the value of index 7 is '" + word + "', expected a finite number");
  EXPECT_EQ(refusal("1 1:1\nnan 1:2\n"),
            ", line 2, column 1: the label is 'nan', expected a finite number");
  EXPECT_EQ(refusal("1:1 2:1\n"),
            ", line 1, column 1: the label is '1:1', expected a finite number");
}

TEST_F(Libsvm, RefusesIndicesOutOfRangeOrOrder) {
  EXPECT_EQ(refusal("1 0:1\n"), ", line 1, column 3: index 0, expected 1 to 10000000");
  EXPECT_EQ(refusal("1 10000001:1\n"),
            ", line 1, column 3: index 10000001, expected 1 to 10000000");
  EXPECT_EQ(refusal("1 99999999999999999999:1\n"),
            ", line 1, column 3: index 99999999999999999999, expected 1 to 10000000");
  EXPECT_EQ(refusal("1 2:1 2:1\n"),
            ", line 1, column 7: index 2 behind 2, expected ascending indices");
  EXPECT_EQ(refusal("1 5:1 3:1\n"),
            ", line 1, column 7: index 3 behind 5, expected ascending indices");
}

TEST_F(Libsvm, RefusesWhatIsNotAnEntry) {
  for (const std::string word : {"qid", "7", "-1", "1.5"})
    EXPECT_EQ(refusal("1 " + word + " 8:1\n"),
              ", line 1, column 3: found '" + word + "', expected 'index:value'");
  EXPECT_EQ(refusal("1 qid:3 8:1\n"), ", line 1, column 3: found 'qid', expected 'index:value'");
  EXPECT_EQ(refusal("1 3#:1\n"), ", line 1, column 3: found '3', expected 'index:value'");
}

TEST_F(Libsvm, RefusesAFileWithoutSamplesOrFeatures) {
  EXPECT_EQ(refusal("# nothing\n"), " has no samples: expected lines 'label index:value ...'");
  EXPECT_EQ(refusal("1\n2\n"), " has no features: expected some 'index:value'");
}

TEST_F(Libsvm, RefusesMoreValuesThanAllowed) {
  write_plain(path_, bytes_of("1 1:1 2:1\n1 1:1\n"));
  EXPECT_EQ(refusal_of(path_, [&] { read_libsvm(path_, 2); }),
            ", line 2, column 6: more values than the 2 that a file may hold");
}

TEST_F(Libsvm, RefusesDamagedCompression) {
  std::string text;
  for (int i = 0; i < 9999; ++i) text += "1 " + std::to_string(i * 7919 % 10007 + 1) + ":1\n";
  write_gzip(path_, bytes_of(text));
  const auto size = std::filesystem::file_size(path_);
  std::filesystem::resize_file(path_, size - 9);  // into the deflated part
  EXPECT_EQ(refusal_of(path_, [&] { read_libsvm(path_); }),
            " cannot be decompressed: unexpected end of file");
}

TEST_F(Libsvm, DataSetsDecodeAFileOnceInMemoryThatIsShared) {
  DataSets sets(folder_.path());
  read("1 1:0.5 4:-2\n-1 2:3\n");
  const LabelledRows& rows = sets.rows(path_);
  std::filesystem::remove(path_);
  EXPECT_EQ(&sets.rows(path_), &rows);
  EXPECT_TRUE(rows.sparse());
  EXPECT_EQ(rows.count, 2U);
  EXPECT_EQ(rows.columns, 4U);
  EXPECT_TRUE(std::ranges::equal(rows.values, Values{0.5, -2, 3}));
  EXPECT_DEATH(const_cast<double&>(rows.values[0]) = 1, "");  // NOLINT(*-const-cast)
}

TEST_F(Libsvm, DataSetsKeepLabelsOfOneFileApart) {
  DataSets sets(folder_.path());
  const std::string path = folder_.file("data.csv");
  write_plain(path, bytes_of("a,b\n1,2\n"));
  EXPECT_EQ(sets.rows(path, "a").labels[0], 1);
  EXPECT_EQ(sets.rows(path, "b").labels[0], 2);
  EXPECT_FALSE(sets.rows(path).sparse());
}

TEST_F(Libsvm, DataSetsKnowFilesByTheirEndings) {
  DataSets sets(folder_.path());
  const std::string path = folder_.file("data.libsvm.gz");
  write_gzip(path, bytes_of("1 1:1\n"));
  EXPECT_EQ(sets.rows(path).count, 1U);
  EXPECT_EQ(refusal_of(path_, [&] { sets.rows(path_, "y"); }),
            " has no names, so that its label cannot be 'y': LIBSVM's label is what a line begins "
            "with");
  EXPECT_EQ(refusal_of("data.txt", [&] { sets.rows("data.txt"); }),
            " must end in .csv, .svm, .libsvm, .idx or -ubyte (IDX), or in one of these and .gz");
}

}  // namespace
}  // namespace ravine::problems::testing
