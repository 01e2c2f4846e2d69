#include "problems/data/data_sets.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "problems/data/csv.hpp"
#include "problems/data/idx_rows.hpp"
#include "problems/data/libsvm.hpp"
#include "problems/family.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kClasses = 10;

template <class T>
std::span<const std::uint8_t> bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()};
}

LabelledImages paired(const IdxArray& images, const IdxArray& labels, const std::string& part) {
  LabelledImages result;
  result.count = images.shape[0];
  result.height = images.shape[1];
  result.width = images.shape[2];
  result.pixels_per_image = result.height * result.width;
  result.pixels = images.values.bytes();
  result.labels = labels.values.bytes();
  if (labels.shape[0] != result.count)
    throw ProblemError("the " + part + " set has " + std::to_string(result.count) +
                       " images, but " + std::to_string(labels.shape[0]) + " labels");
  const std::uint8_t largest = *std::ranges::max_element(result.labels);
  if (largest >= kClasses)
    throw ProblemError("the " + part + " set has the label " + std::to_string(largest) +
                       ", expected 0 to 9");
  return result;
}

}  // namespace

DataSets::DataSets(std::string folder) : folder_(std::move(folder)) {}

DataSets::~DataSets() = default;

std::string DataSets::file(const std::string& name) const {
  for (const char* ending : {".gz", ""}) {
    std::string path = folder_ + "/" + name + ending;
    if (std::filesystem::exists(path)) return path;
  }
  throw ProblemError("data file '" + folder_ + "/" + name +
                     ".gz' is missing: install Debian's package dataset-fashion-mnist, or put the "
                     "four files of Fashion-MNIST there");
}

const ImageSet& DataSets::fashion_mnist() {
  if (!loaded_) load_images();
  const ImageSet& set = loaded_->set;
  uses_["fashion-mnist"] = {"fashion-mnist",
                            {set.train.pixels, set.train.labels, set.test.pixels, set.test.labels}};
  return set;
}

void DataSets::load_images() {
  auto loaded = std::make_unique<Loaded>();
  loaded->train_images = read_idx(file("train-images-idx3-ubyte"), 3);
  loaded->train_labels = read_idx(file("train-labels-idx1-ubyte"), 1);
  loaded->test_images = read_idx(file("t10k-images-idx3-ubyte"), 3);
  loaded->test_labels = read_idx(file("t10k-labels-idx1-ubyte"), 1);
  loaded->set.classes = kClasses;
  loaded->set.train = paired(loaded->train_images, loaded->train_labels, "training");
  loaded->set.test = paired(loaded->test_images, loaded->test_labels, "test");
  if (loaded->set.train.pixels_per_image != loaded->set.test.pixels_per_image)
    throw ProblemError("training images in '" + folder_ + "' have " +
                       std::to_string(loaded->set.train.pixels_per_image) +
                       " pixels, but test images " +
                       std::to_string(loaded->set.test.pixels_per_image));
  loaded_ = std::move(loaded);
}

const LabelledRows& DataSets::rows(const std::string& path, const std::string& label) {
  const auto key = std::pair(path, label);
  auto found = rows_.find(key);
  if (found == rows_.end()) {
    const std::string plain = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
    const bool sparse = plain.ends_with(".svm") || plain.ends_with(".libsvm");
    const bool images = is_idx(plain);
    if (!sparse && !images && !plain.ends_with(".csv"))
      throw ProblemError("data file '" + path +
                         "' must end in .csv, .svm, .libsvm, .idx or -ubyte (IDX), or in one of "
                         "these and .gz");
    if (sparse && !label.empty())
      throw ProblemError("data file '" + path + "' has no names, so that its label cannot be '" +
                         label + "': LIBSVM's label is what a line begins with");
    found = rows_
                .emplace(key, SharedRows(sparse   ? read_libsvm(path)
                                         : images ? read_idx_rows(path, label)
                                                  : read_csv(path, label)))
                .first;
  }
  const LabelledRows& view = found->second.view();
  const std::string name = path + "\n" + label;
  uses_[name] = {name,
                 {bytes_of(view.values), bytes_of(view.labels), bytes_of(view.starts),
                  bytes_of(view.indices)}};
  return view;
}

std::span<const std::uint32_t> DataSets::derived(
    const std::string& name, std::size_t count,
    const std::function<void(std::span<std::uint32_t>)>& fill) {
  auto found = derived_.find(name);
  if (found == derived_.end()) {
    SharedBytes memory(count * sizeof(std::uint32_t));
    // A mapping starts at a page, so that it is aligned for any type.
    fill({reinterpret_cast<std::uint32_t*>(memory.writable().data()), count});
    memory.seal();
    found = derived_.emplace(name, std::move(memory)).first;
  }
  return {reinterpret_cast<const std::uint32_t*>(found->second.bytes().data()), count};
}

std::vector<DataUse> DataSets::take_uses() {
  std::vector<DataUse> result;
  for (auto& [name, use] : uses_) result.push_back(std::move(use));
  uses_.clear();
  return result;
}

}  // namespace ravine::problems
