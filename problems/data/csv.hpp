// CSV: a sample a line, numbers separated by commas.
#pragma once

#include <cstdint>
#include <string>

#include "problems/data/labelled_rows.hpp"

namespace ravine::problems {

/// Reads a file, plain or compressed by gzip: a line of names, or none; then lines of one number a
/// name, blanks around them and empty lines forgiven, ends CR LF as well. The label is the last
/// column or, where `label` is not empty, the one of that name; the others are the features, in the
/// file's order. `most` bounds how many numbers there are. Throws ProblemError with file, line and
/// column, what was expected and what was found.
RowsInProgress read_csv(const std::string& path, const std::string& label = "",
                        std::uint64_t most = kMostValues);

}  // namespace ravine::problems
