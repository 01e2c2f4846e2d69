// The reader of CSV: what it accepts, and every way to be wrong.
#include "problems/data/csv.hpp"

#include <sys/stat.h>

#include "tests/problems/data/text_support.hpp"

namespace ravine::problems::testing {
namespace {

using Values = std::vector<double>;

class Csv : public ::testing::Test {
 protected:
  RowsInProgress read(const std::string& text, const std::string& label = "") {
    write_plain(path_, bytes_of(text));
    return read_csv(path_, label);
  }
  std::string refusal(const std::string& text, const std::string& label = "") {
    return refusal_of(path_, [&] { read(text, label); });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("data.csv");
};

TEST_F(Csv, ReadsFeaturesAndTheLastColumnAsLabel) {
  const RowsInProgress rows = read("1,2,3\n-4.5,+6e1,0\n");
  EXPECT_EQ(rows.columns, 2U);
  EXPECT_EQ(rows.values, (Values{1, 2, -4.5, 60}));
  EXPECT_EQ(rows.labels, (Values{3, 0}));
  EXPECT_EQ(rows.lines, (std::vector<std::uint64_t>{1, 2}));
  EXPECT_TRUE(rows.starts.empty());
}

TEST_F(Csv, ReadsTheNamedColumnAsLabel) {
  const RowsInProgress rows = read("\"a\", y ,b\n1,2,3\n4,5,6\n", "y");
  EXPECT_EQ(rows.values, (Values{1, 3, 4, 6}));
  EXPECT_EQ(rows.labels, (Values{2, 5}));
}

TEST_F(Csv, ForgivesLineEndsBlanksEmptyLinesAndAByteOrderMark) {
  const RowsInProgress rows = read(
      "\xEF\xBB\xBF"
      "a,b\r\n\r\n 1 ,\t2\r\n\n3,4");
  EXPECT_EQ(rows.values, (Values{1, 3}));
  EXPECT_EQ(rows.labels, (Values{2, 4}));
  EXPECT_EQ(rows.lines, (std::vector<std::uint64_t>{3, 5}));
}

TEST_F(Csv, ReadsCompressedFilesAndLinesAcrossBlocks) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += std::to_string(i) + "," + std::to_string(i % 7) + "\n";
  write_gzip(path_, bytes_of(text));
  const RowsInProgress rows = read_csv(path_);
  ASSERT_EQ(rows.labels.size(), 200000U);
  for (std::size_t i = 0; i < rows.labels.size(); ++i) {
    ASSERT_EQ(rows.values[i], static_cast<double>(i));
    ASSERT_EQ(rows.labels[i], static_cast<double>(i % 7));
  }
}

TEST_F(Csv, RefusesACompressedFileThatIsCutShort) {
  std::string text;
  for (int i = 0; i < 9999; ++i) text += std::to_string(i * 7919 % 10007) + ",1\n";
  write_gzip(path_, bytes_of(text));
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  EXPECT_EQ(refusal_of(path_, [&] { read_csv(path_); }),
            " cannot be decompressed: unexpected end of file");
}

TEST_F(Csv, RefusesAMissingFile) {
  EXPECT_EQ(refusal_of(path_, [&] { read_csv(path_); }),
            " cannot be opened: No such file or directory");
}

TEST_F(Csv, RefusesAFolder) {
  std::filesystem::create_directory(path_);
  EXPECT_NE(refusal_of(path_, [&] { read_csv(path_); }), "accepted");
}

TEST_F(Csv, RefusesAPipe) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_EQ(refusal_of(path_, [&] { read_csv(path_); }),
            " is a pipe or a device, expected a regular file")
      << "it would wait for ever";
}
TEST_F(Csv, RefusesANameThatSaysCompressedOnly) {
  const std::string path = path_ + ".gz";
  write_plain(path, bytes_of("1,2\n"));
  EXPECT_EQ(refusal_of(path, [&] { read_csv(path); }),
            " is not compressed, though its name ends in .gz: expected gzip's format");
}
TEST_F(Csv, RefusesALabelThatTwoColumnsHave) {
  EXPECT_EQ(refusal("a,b,a\n1,2,3\n", "a"),
            ", line 1, column 1: more than one column is called 'a'");
}
TEST_F(Csv, RefusesWhatIsNotAFiniteNumber) {
  for (const std::string word : {"abc", "nan", "inf", "-inf", "1e999", "0x10", "1.5.2", "", "+-1"})
    EXPECT_EQ(refusal("1,2,3\n4," + word + ",6\n"),
              ", line 2, column 3: field 2 is '" + word + "', expected a finite number");
}

TEST_F(Csv, ShowsControlCharactersOfWhatItQuotes) {
  using namespace std::string_literals;
  EXPECT_EQ(refusal("1,2\n3\0004,5\n"s),
            ", line 2, column 1: field 1 is '3\\x004', expected a finite number");
  EXPECT_EQ(refusal("1,2\n\x1b[31m,5\n"),
            ", line 2, column 1: field 1 is '\\x1b[31m', expected a finite number");
  EXPECT_EQ(refusal("a\0b,c\n1,2\n"s, "ab"),
            ", line 1, column 1: no column is called 'ab', did you mean 'a\\x00b'?");
}

// Little in the file, much in memory: refused before it is there.
TEST_F(Csv, RefusesALineOfMoreThan64MiB) {
  const std::string refused = " has a line 1 of more than 64 MiB: expected lines";
  write_gzip(path_, Bytes((std::size_t{1} << 26) + (std::size_t{1} << 21), '0'));
  EXPECT_EQ(refusal_of(path_, [&] { read_csv(path_); }), refused);
}

TEST_F(Csv, RefusesMoreColumnsThanThereMayBeVariables) {
  std::string commas;
  commas.resize(20'000'000, ',');
  EXPECT_EQ(refusal(commas), ", line 1, column 1: 20000001 columns, expected at most 10000001");
}

TEST_F(Csv, RefusesTwoNumbersInAField) {
  EXPECT_EQ(refusal("1,2\n3 4,5\n"), ", line 2, column 3: expected a comma behind field 1");
}

TEST_F(Csv, RefusesAnotherNumberOfFields) {
  EXPECT_EQ(refusal("1,2,3\n4,5\n"),
            ", line 2, column 4: 2 fields, expected 3 as in the first line");
  EXPECT_EQ(refusal("1,2,3\n4,5,6,7\n"),
            ", line 2, column 6: 4 fields, expected 3 as in the first line");
}

TEST_F(Csv, RefusesAFirstLineOfNamesAndNumbers) {
  EXPECT_EQ(refusal("1,x,3\n4,5,6\n"),
            ", line 1, column 3: field 2 is 'x', expected a finite number");
}

TEST_F(Csv, RefusesALabelThatNoColumnHas) {
  EXPECT_EQ(refusal("a,prize\n1,2\n", "price"),
            ", line 1, column 1: no column is called 'price', did you mean 'prize'?");
  EXPECT_EQ(refusal("1,2\n", "price"),
            ", line 1, column 1: no line of names, expected one with the label 'price'");
}

TEST_F(Csv, RefusesAFileWithoutFeaturesOrSamples) {
  EXPECT_EQ(refusal("1\n2\n"),
            ", line 1, column 1: 1 column, expected features and a label, separated by commas");
  for (const std::string text : {"", "\n\n", "a,b\n"})
    EXPECT_EQ(refusal(text), " has no samples: expected lines of numbers");
}

TEST_F(Csv, RefusesMoreNumbersThanAllowed) {
  write_plain(path_, bytes_of("1,2\n3,4\n5,6\n"));
  EXPECT_EQ(refusal_of(path_, [&] { read_csv(path_, "", 5); }),
            ", line 3, column 1: more numbers than the 5 that a file may hold");
}

}  // namespace
}  // namespace ravine::problems::testing
