#include "problems/data/labelled_rows.hpp"

#include <cstring>

namespace ravine::problems {
namespace {

// A mapping starts at a page, so that it is aligned for any type.
template <class T>
std::span<const T> keep(SharedBytes& memory, const std::vector<T>& from) {
  memory = SharedBytes(from.size() * sizeof(T));
  if (!from.empty()) std::memcpy(memory.writable().data(), from.data(), from.size() * sizeof(T));
  memory.seal();
  return {reinterpret_cast<const T*>(memory.bytes().data()), from.size()};
}

}  // namespace

SharedRows::SharedRows(const RowsInProgress& rows) {
  view_.count = rows.labels.size();
  view_.columns = rows.columns;
  view_.values = keep(values_, rows.values);
  view_.labels = keep(labels_, rows.labels);
  view_.starts = keep(starts_, rows.starts);
  view_.indices = keep(indices_, rows.indices);
  view_.lines = keep(lines_, rows.lines);
}

}  // namespace ravine::problems
