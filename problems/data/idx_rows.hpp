// Images in the IDX format as rows of numbers.
#pragma once

#include <string>

#include "problems/data/labelled_rows.hpp"

namespace ravine::problems {

/// Whether a file is one by its name (without ".gz"): "...-ubyte", as MNIST's are called, or
/// "....idx".
bool is_idx(const std::string& plain_name);

/// The file with the labels of the images `path`: `labels`, or where it is empty the one whose name
/// has "labels-idx1" for "images-idx3". Throws ProblemError where there is no such name.
std::string idx_labels_file(const std::string& path, const std::string& labels);

/// A row for each image of `path` (3 dimensions), pixels from 0 to 1; its label from
/// idx_labels_file (1 dimension). `lines` counts the images. Throws ProblemError as read_idx does,
/// where no labels' file is named, and where there are more or fewer labels than images.
RowsInProgress read_idx_rows(const std::string& path, const std::string& labels);

}  // namespace ravine::problems
