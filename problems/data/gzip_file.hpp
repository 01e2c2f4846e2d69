// Data files, compressed by gzip or not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace ravine::problems {

/// From its beginning to its end; what is not compressed is read as it is, and several compressed
/// parts one behind the other are one. Not through zlib's own files: these take whatever follows a
/// compressed part for the end.
class GzipFile {
 public:
  /// Throws ProblemError where there is no such file, where it is none to be read to its end (a
  /// pipe would wait for ever), and where its name ends in ".gz" and it is not compressed.
  explicit GzipFile(const std::string& path);
  GzipFile(GzipFile&&) noexcept;
  GzipFile& operator=(GzipFile&&) noexcept;
  ~GzipFile();

  /// Fills `out` and returns its size; less only at the end, and 0 behind it. Throws ProblemError
  /// where the file cannot be read, where its compression is damaged or cut short, and where
  /// something else follows it.
  std::size_t read(std::span<std::uint8_t> out);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace ravine::problems
