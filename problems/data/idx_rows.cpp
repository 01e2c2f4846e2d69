#include "problems/data/idx_rows.hpp"

#include "problems/data/idx.hpp"
#include "problems/family.hpp"

namespace ravine::problems {
namespace {

std::string beside(const std::string& path) {
  const std::string images = "images-idx3";
  const std::size_t at = path.rfind(images);
  if (at == std::string::npos)
    throw ProblemError("data file '" + path +
                       "' has images only: write label = \"FILE\", the IDX file of their labels");
  return std::string(path).replace(at, images.size(), "labels-idx1");
}

}  // namespace

bool is_idx(const std::string& plain_name) {
  return plain_name.ends_with("-ubyte") || plain_name.ends_with(".idx");
}

std::string idx_labels_file(const std::string& path, const std::string& labels) {
  return labels.empty() ? beside(path) : labels;
}

RowsInProgress read_idx_rows(const std::string& path, const std::string& labels) {
  const IdxArray images = read_idx(path, 3);
  const std::string label_path = idx_labels_file(path, labels);
  const IdxArray classes = read_idx(label_path, 1);
  if (classes.shape[0] != images.shape[0])
    throw ProblemError("data file '" + label_path + "' has " + std::to_string(classes.shape[0]) +
                       " labels, expected one for each of the " + std::to_string(images.shape[0]) +
                       " images of '" + path + "'");
  RowsInProgress rows;
  rows.columns = images.shape[1] * images.shape[2];
  rows.values.reserve(images.shape[0] * rows.columns);
  for (const std::uint8_t pixel : images.values.bytes()) rows.values.push_back(pixel / 255.0);
  for (const std::uint8_t label : classes.values.bytes()) rows.labels.push_back(label);
  for (std::uint64_t i = 1; i <= images.shape[0]; ++i) rows.lines.push_back(i);
  return rows;
}

}  // namespace ravine::problems
