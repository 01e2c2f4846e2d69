// Compressed files to the last byte, and what may be wrong with them.
#include "problems/data/gzip_file.hpp"

#include <fstream>
#include <iterator>

#include "tests/problems/data/text_support.hpp"

namespace ravine::problems::testing {
namespace {

class GzipFileTest : public ::testing::Test {
 protected:
  static Bytes bytes_at(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  Bytes compressed(const Bytes& bytes) {
    write_gzip(path_, bytes);
    return bytes_at(path_);
  }
  /// What the file holds, read in pieces.
  Bytes read(const Bytes& file, std::size_t piece = 1000) {
    write_plain(path_, file);
    GzipFile reader(path_);
    Bytes all;
    for (;;) {
      Bytes part(piece);
      part.resize(reader.read(part));
      if (part.empty()) return all;
      all.insert(all.end(), part.begin(), part.end());
    }
  }
  std::string refusal(const Bytes& file) {
    return refusal_of(path_, [&] { read(file); });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.file("data");
};

Bytes plus(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Longer than the reader's buffer, compressed too.
Bytes long_bytes() {
  Bytes bytes;
  std::uint32_t state = 1;
  for (int i = 0; i < 300'000; ++i) {
    state = state * 1664525 + 1013904223;
    bytes.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  return bytes;
}

TEST_F(GzipFileTest, ReadsWhatWasWrittenInPiecesOfAnySize) {
  for (const Bytes& bytes : {Bytes{}, Bytes{7}, long_bytes()})
    for (const std::size_t piece : {1U, 999U, 1U << 20}) {
      if (piece == 1 && bytes.size() > 1) continue;
      EXPECT_EQ(read(compressed(bytes), piece), bytes);
      EXPECT_EQ(read(bytes, piece), bytes);
    }
}

TEST_F(GzipFileTest, SeveralPartsAreOne) {
  const Bytes first = long_bytes(), second = {1, 2, 3};
  EXPECT_EQ(read(plus(plus(compressed(first), compressed(second)), compressed({}))),
            plus(first, second));
}

TEST_F(GzipFileTest, RefusesWhatFollowsTheCompressedPart) {
  const std::string behind = " goes on behind its compressed part: expected its end";
  for (const Bytes& bytes : {Bytes{1, 2, 3}, long_bytes()})
    for (const Bytes& junk : {bytes_of("junk"), bytes_of("\x1f\x8c"), Bytes(512, 0), Bytes{0, 0}})
      EXPECT_EQ(refusal(plus(compressed(bytes), junk)), behind);
}

TEST_F(GzipFileTest, RefusesEveryTruncation) {
  const Bytes whole = compressed({1, 2, 3, 4, 5, 6, 7});
  for (std::size_t size = 2; size < whole.size(); ++size)
    EXPECT_EQ(refusal({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}),
              " cannot be decompressed: unexpected end of file");
}

TEST_F(GzipFileTest, RefusesADamagedByte) {
  const Bytes whole = compressed(long_bytes());
  for (const std::size_t at : {std::size_t{2}, whole.size() / 2, whole.size() - 5}) {
    Bytes damaged = whole;
    damaged[at] ^= 0x55;
    EXPECT_TRUE(refusal(damaged).starts_with(" cannot be decompressed: ")) << at;
  }
}

}  // namespace
}  // namespace ravine::problems::testing
