// The data sets of a run: decoded once, kept as bytes in memory that all workers map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "problems/data/idx.hpp"
#include "problems/data/labelled_rows.hpp"
#include "problems/data/shared_bytes.hpp"

namespace ravine::problems {

/// Grey images and their classes; both spans point into shared memory.
struct LabelledImages {
  std::uint64_t count = 0;
  std::uint64_t pixels_per_image = 0;
  std::uint64_t height = 0, width = 0;   ///< whose product it is
  std::span<const std::uint8_t> pixels;  ///< count x pixels_per_image, 0 black or 255 full
  std::span<const std::uint8_t> labels;  ///< count, each below ImageSet::classes
};

struct ImageSet {
  std::uint64_t classes = 0;
  LabelledImages train;
  LabelledImages test;
};

/// A data set by name, and the bytes that it holds.
struct DataUse {
  std::string name;
  std::vector<std::span<const std::uint8_t>> bytes;
};

/// Loads on first use and keeps until destruction. What is loaded before a fork is shared by the
/// children; what is loaded after it is the child's own. Not thread-safe.
class DataSets {
 public:
  /// `folder` holds the four files of Fashion-MNIST (or MNIST) under their published names,
  /// compressed (.gz) or not.
  explicit DataSets(std::string folder = "/usr/share/datasets/fashion-mnist");
  DataSets(const DataSets&) = delete;
  DataSets& operator=(const DataSets&) = delete;
  ~DataSets();

  /// Xiao, Rasul and Vollgraf, "Fashion-MNIST", arXiv:1708.07747. Throws ProblemError when a file
  /// is missing (naming the package to install), damaged, or does not fit the others.
  const ImageSet& fashion_mnist();

  /// What was asked for since the last call of this: the data that a problem was made of.
  std::vector<DataUse> take_uses();

  /// The samples of a file of the user: .csv with the label in the last column or in that of the
  /// name `label`, .svm or .libsvm, -ubyte or .idx with the labels in the file `label` (read_csv,
  /// read_libsvm, read_idx_rows), or one of these with .gz behind. Throws
  /// ProblemError for another ending, and as the readers do.
  const LabelledRows& rows(const std::string& path, const std::string& label = "");

  /// `count` numbers computed from the data by `fill`, once for each `name`, and shared alike.
  std::span<const std::uint32_t> derived(const std::string& name, std::size_t count,
                                         const std::function<void(std::span<std::uint32_t>)>& fill);

 private:
  struct Loaded {
    IdxArray train_images, train_labels, test_images, test_labels;
    ImageSet set;
  };

  [[nodiscard]] std::string file(const std::string& name) const;
  void load_images();

  std::string folder_;
  std::unique_ptr<Loaded> loaded_;
  std::map<std::string, SharedBytes> derived_;
  std::map<std::pair<std::string, std::string>, SharedRows> rows_;  ///< by path and label
  std::map<std::string, DataUse> uses_;                             ///< by their names
};

}  // namespace ravine::problems
