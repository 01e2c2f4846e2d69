// Opening of data files, compressed or not.
#pragma once

#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>

#include "problems/family.hpp"

namespace ravine::problems {

struct CloseGzip {
  void operator()(gzFile_s* file) const { gzclose(file); }
};
using GzipFile = std::unique_ptr<gzFile_s, CloseGzip>;

/// For reading; what is not compressed is read as it is. Throws ProblemError where there is no such
/// file, where it is none to be read to its end (a pipe would wait for ever), and where its name
/// ends in ".gz" and it is not compressed.
inline GzipFile open_data(const std::string& path) {
  const auto fail = [&](const std::string& what) {
    throw ProblemError("data file '" + path + "' " + what);
  };
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::directory) fail("is a folder, expected a file");
  if (std::filesystem::exists(path, error) && kind != std::filesystem::file_type::regular)
    fail("is a pipe or a device, expected a regular file");
  errno = 0;
  GzipFile file(gzopen(path.c_str(), "rb"));
  if (!file) fail(std::string("cannot be opened: ") + std::strerror(errno));
  gzbuffer(file.get(), 1U << 17);
  if (path.ends_with(".gz") && gzdirect(file.get()) != 0)
    fail("is not compressed, though its name ends in .gz: expected gzip's format");
  return file;
}

}  // namespace ravine::problems
