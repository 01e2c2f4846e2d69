#include "problems/data/gzip_file.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <vector>

#include "problems/family.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 17;
constexpr std::size_t kAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits
constexpr int kGzip = MAX_WBITS + 16;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw ProblemError("data file '" + path + "' " + what);
}

}  // namespace

struct GzipFile::Stream {
  std::string path;
  std::unique_ptr<std::FILE, CloseFile> file;
  std::vector<std::uint8_t> buffer;
  std::span<std::uint8_t> rest;  ///< of the buffer, not yet used
  bool compressed = false;
  bool between = false;  ///< a compressed part has ended
  bool another = false;  ///< and this is not the first
  z_stream zlib{};

  explicit Stream(const std::string& of) : path(of), buffer(kBuffer) {
    std::error_code error;
    const auto kind = std::filesystem::status(path, error).type();
    if (kind == std::filesystem::file_type::directory) fail(path, "is a folder, expected a file");
    if (std::filesystem::exists(path, error) && kind != std::filesystem::file_type::regular)
      fail(path, "is a pipe or a device, expected a regular file");
    errno = 0;
    file.reset(std::fopen(path.c_str(), "rb"));
    if (!file) fail(path, std::string("cannot be opened: ") + std::strerror(errno));
    refill();
    compressed = rest.size() >= 2 && rest[0] == 0x1F && rest[1] == 0x8B;
    if (path.ends_with(".gz") && !compressed)
      fail(path, "is not compressed, though its name ends in .gz: expected gzip's format");
    if (compressed && inflateInit2(&zlib, kGzip) != Z_OK) fail(path, "needs more memory than is");
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() {
    if (compressed) inflateEnd(&zlib);
  }

  bool refill() {
    errno = 0;
    rest = std::span(buffer).first(std::fread(buffer.data(), 1, buffer.size(), file.get()));
    if (std::ferror(file.get()) != 0)
      fail(path, std::string("cannot be read: ") + std::strerror(errno));
    return !rest.empty();
  }

  std::size_t read_plain(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size() && (!rest.empty() || refill())) {
      const std::size_t size = std::min(rest.size(), out.size() - done);
      std::copy_n(rest.begin(), size, out.begin() + static_cast<std::ptrdiff_t>(done));
      rest = rest.subspan(size);
      done += size;
    }
    return done;
  }

  std::size_t read_compressed(std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
      if (rest.empty() && !refill()) {
        if (between) break;
        fail(path, "cannot be decompressed: unexpected end of file");
      }
      if (between) {
        inflateReset(&zlib);
        between = false;
        another = true;
      }
      done += inflate_some(out.subspan(done, std::min(kAtOnce, out.size() - done)));
    }
    return done;
  }

  std::size_t inflate_some(std::span<std::uint8_t> out) {
    zlib.next_in = rest.data();
    zlib.avail_in = static_cast<uInt>(rest.size());
    zlib.next_out = out.data();
    zlib.avail_out = static_cast<uInt>(out.size());
    const int code = inflate(&zlib, Z_NO_FLUSH);
    rest = rest.last(zlib.avail_in);
    between = code == Z_STREAM_END;
    if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR)
      return out.size() - zlib.avail_out;
    const std::string_view message = zlib.msg != nullptr ? zlib.msg : "its format is not gzip's";
    if (another && message == "incorrect header check")
      fail(path, "goes on behind its compressed part: expected its end");
    fail(path, "cannot be decompressed: " + std::string(message));
  }
};

GzipFile::GzipFile(const std::string& path) : stream_(std::make_unique<Stream>(path)) {}
GzipFile::GzipFile(GzipFile&&) noexcept = default;
GzipFile& GzipFile::operator=(GzipFile&&) noexcept = default;
GzipFile::~GzipFile() = default;

std::size_t GzipFile::read(std::span<std::uint8_t> out) {
  return stream_->compressed ? stream_->read_compressed(out) : stream_->read_plain(out);
}

}  // namespace ravine::problems
