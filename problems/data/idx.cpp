#include "problems/data/idx.hpp"

#include <array>
#include <span>

#include "problems/data/gzip_file.hpp"
#include "problems/family.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint8_t kUnsignedByte = 8;
constexpr std::uint64_t kLargest = std::uint64_t{1} << 34;  // bytes; beyond is a damaged header

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path), file_(path) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw ProblemError("data file '" + path_ + "' " + what);
  }

  std::size_t read(std::span<std::uint8_t> out) { return file_.read(out); }

  void read_all(std::span<std::uint8_t> out, const std::string& part) {
    const std::size_t got = read(out);
    if (got != out.size())
      fail("is truncated: expected " + std::to_string(out.size()) + " bytes of " + part +
           ", found " + std::to_string(got));
  }

 private:
  std::string path_;
  GzipFile file_;
};

}  // namespace

IdxArray read_idx(const std::string& path, std::size_t dimensions) {
  Reader reader(path);
  std::array<std::uint8_t, 4> head{};
  reader.read_all(head, "magic number");
  if (head[0] != 0 || head[1] != 0) reader.fail("is not in IDX format: expected two bytes 0 first");
  if (head[2] != kUnsignedByte)
    reader.fail("has values of type " + std::to_string(head[2]) + ", expected 8 (unsigned bytes)");
  if (head[3] != dimensions)
    reader.fail("has " + std::to_string(head[3]) + " dimensions, expected " +
                std::to_string(dimensions));

  IdxArray array;
  std::uint64_t size = 1;
  for (std::size_t d = 0; d < dimensions; ++d) {
    std::array<std::uint8_t, 4> word{};
    reader.read_all(word, "dimensions");
    std::uint64_t extent = 0;
    for (const std::uint8_t byte : word) extent = extent << 8 | byte;
    array.shape.push_back(extent);
    size *= extent;  // below 2^34 times 2^32
    if (extent == 0 || size > kLargest)
      reader.fail("has dimension " + std::to_string(d + 1) + " of " + std::to_string(extent) +
                  ": expected 1 or more, and at most 16 GiB in all");
  }

  array.values = SharedBytes(size);
  reader.read_all(array.values.writable(), "values");
  std::array<std::uint8_t, 1> extra{};
  if (reader.read(extra) != 0)
    reader.fail("goes on after its " + std::to_string(size) + " values: expected its end");
  array.values.seal();
  return array;
}

}  // namespace ravine::problems
