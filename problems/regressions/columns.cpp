#include "problems/regressions/columns.hpp"

#include <algorithm>
#include <utility>

namespace ravine::problems {
namespace {

class ColumnCursor final : public Cursor {
 public:
  ColumnCursor(Loss loss, double l2, const Selection& selection,
               std::shared_ptr<const Columns> columns, std::span<const double> x)
      : loss_(loss), l2_(l2), columns_(std::move(columns)), x_(x.begin(), x.end()) {
    const LabelledRows& rows = selection.rows;
    margins_.resize(columns_->count);
    slopes_.resize(columns_->count);
    curvatures_.resize(columns_->count);
    for (std::uint64_t r = 0; r < columns_->count; ++r) {
      const std::uint64_t sample = selection[r];
      if (rows.sparse()) {
        const std::uint64_t begin = rows.starts[sample];
        margins_[r] = sparse_dot(rows.values.data() + begin, rows.indices.data() + begin,
                                 rows.starts[sample + 1] - begin, x_.data());
      } else {
        margins_[r] = dot(rows.values.subspan(sample * rows.columns, rows.columns), x_);
      }
      update(r);
    }
  }

  Answer partial(std::uint64_t i, double* first, double* second) override {
    const auto count = static_cast<double>(columns_->count);
    double slope = 0;
    double curvature = 0;
    for_column(i, [&](std::uint64_t r, double entry) {
      slope += slopes_[r] * entry;
      curvature += curvatures_[r] * (entry * entry);
    });
    if (first != nullptr) *first = slope / count + l2_ * x_[i];
    if (second != nullptr) *second = curvature / count + l2_;
    return Answer::ok;
  }

  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    for_column(i, [&](std::uint64_t r, double entry) {
      margins_[r] += delta * entry;
      update(r);
    });
    return Answer::ok;
  }

 private:
  template <class Use>
  void for_column(std::uint64_t i, Use use) const {
    const Columns& c = *columns_;
    if (c.rows.empty()) {
      const double* column = c.values.data() + i * c.count;
      for (std::uint64_t r = 0; r < c.count; ++r) use(r, column[r]);
      return;
    }
    for (std::uint64_t k = c.starts[i]; k < c.starts[i + 1]; ++k) use(c.rows[k], c.values[k]);
  }

  void update(std::uint64_t r) {
    const LossAt at = loss_at(loss_, margins_[r], columns_->labels[r]);
    slopes_[r] = at.slope;
    curvatures_[r] = at.curvature;
  }

  Loss loss_;
  double l2_;
  std::shared_ptr<const Columns> columns_;
  std::vector<double> x_, margins_, slopes_, curvatures_;
};

// Tiles of rows and columns, so that neither side strides through memory line by line.
void transpose(const Selection& selection, Columns& to) {
  constexpr std::uint64_t kTile = 32;
  const std::uint64_t p = selection.rows.columns;
  to.values.resize(to.count * p);
  for (std::uint64_t r0 = 0; r0 < to.count; r0 += kTile)
    for (std::uint64_t j0 = 0; j0 < p; j0 += kTile)
      for (std::uint64_t r = r0; r < std::min(r0 + kTile, to.count); ++r) {
        const double* from = &selection.rows.values[selection[r] * p];
        for (std::uint64_t j = j0; j < std::min(j0 + kTile, p); ++j)
          to.values[j * to.count + r] = from[j];
      }
}

}  // namespace

Columns by_columns(const Selection& selection) {
  const LabelledRows& rows = selection.rows;
  Columns result;
  result.count = selection.count();
  result.labels.resize(result.count);
  for (std::uint64_t r = 0; r < result.count; ++r) result.labels[r] = rows.labels[selection[r]];
  if (!rows.sparse()) {
    transpose(selection, result);
    return result;
  }
  const auto for_entries = [&](auto use) {
    for (std::uint64_t r = 0; r < result.count; ++r)
      for (std::uint64_t k = rows.starts[selection[r]]; k < rows.starts[selection[r] + 1]; ++k)
        use(r, rows.indices[k], rows.values[k]);
  };
  // starts[j + 1] is first the number of entries of column j, then where the next one goes.
  result.starts.assign(rows.columns + 2, 0);
  for_entries([&](std::uint64_t, std::uint32_t j, double) { ++result.starts[j + 2]; });
  for (std::uint64_t j = 2; j < result.starts.size(); ++j) result.starts[j] += result.starts[j - 1];
  result.values.resize(result.starts.back());
  result.rows.resize(std::max<std::uint64_t>(result.starts.back(), 1));  // empty means dense
  for_entries([&](std::uint64_t r, std::uint32_t j, double value) {
    const std::uint64_t at = result.starts[j + 1]++;
    result.values[at] = value;
    result.rows[at] = static_cast<std::uint32_t>(r);
  });
  return result;
}

std::unique_ptr<Cursor> column_cursor(Loss loss, double l2, const Selection& selection,
                                      std::shared_ptr<const Columns> columns,
                                      std::span<const double> x) {
  return std::make_unique<ColumnCursor>(loss, l2, selection, std::move(columns), x);
}

}  // namespace ravine::problems
