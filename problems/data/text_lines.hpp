// A text file line by line, plain or compressed by gzip, and complaints that name the place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "problems/data/gzip_file.hpp"

namespace ravine::problems {

class TextLines {
 public:
  /// Throws ProblemError where the file cannot be opened.
  explicit TextLines(const std::string& path);

  /// The next line, without its end (LF or CR LF); false behind the last one. Throws ProblemError
  /// where GzipFile::read does, or a line is longer than 64 MiB.
  bool next();

  /// Valid until next().
  [[nodiscard]] std::string_view line() const { return line_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }  ///< of the line, from 1

  /// Throws ProblemError: "data file 'PATH', line 3, column 7: WHAT", control characters of WHAT
  /// made printable. `at` points into line().
  [[noreturn]] void fail(const char* at, const std::string& what) const;
  /// Of the file as a whole: "data file 'PATH' WHAT".
  [[noreturn]] void fail(const std::string& what) const;

  /// Reads a finite number that begins at `at`, a plus sign allowed, and moves `at` behind it.
  /// `what` names it: "WHAT is 'abc', expected a finite number". It ends at a byte of `ends`, or
  /// with the line.
  double finite(const char*& at, const std::string& what, std::string_view ends) const;

 private:
  bool refill();

  std::string path_;
  GzipFile file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< what is read of the file and not yet given
  bool exhausted_ = false;
  std::string_view line_;
  std::uint64_t number_ = 0;
};

}  // namespace ravine::problems
