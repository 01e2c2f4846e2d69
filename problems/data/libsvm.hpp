// LIBSVM's format: a sample a line, "label index:value index:value ...", what is zero left out.
#pragma once

#include <cstdint>
#include <string>

#include "problems/data/labelled_rows.hpp"

namespace ravine::problems {

/// Chang and Lin, LIBSVM, ACM TIST 2(3), 2011. Reads a file, plain or compressed by gzip: indices
/// from 1 to kMostColumns, ascending in a line; there are as many columns as the largest says.
/// Empty lines, what stands behind #, and ends CR LF are forgiven. `most` bounds how many values
/// there are. Throws ProblemError with file, line and column, what was expected and what was found.
RowsInProgress read_libsvm(const std::string& path, std::uint64_t most = kMostValues);

}  // namespace ravine::problems
