// A pass over samples gives the same bits however its rows are read: several at once, ahead of
// their turn, where they lie or gathered.
#include "problems/regressions/passes.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "problems/random/stream.hpp"
#include "problems/regressions/softmax_pass.hpp"

namespace ravine::problems::testing {
namespace {

using Numbers = std::vector<double>;

Numbers normals(std::size_t count, const char* name) {
  const Stream stream(5, name);
  Numbers numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = stream.normal(i);
  return numbers;
}

/// Dense samples of p features whose labels are drawn from 0 ... classes - 1.
struct Samples {
  Samples(std::uint64_t p, std::uint64_t count, std::uint64_t classes)
      : values(normals(p * count, "values")), labels(count) {
    const Stream stream(5, "labels");
    for (std::uint64_t i = 0; i < count; ++i)
      labels[i] = static_cast<double>(stream.below(i, classes));
    rows.count = count;
    rows.columns = p;
    rows.values = values;
    rows.labels = labels;
  }
  Numbers values, labels;
  LabelledRows rows;
};

std::vector<std::uint64_t> all_of(const LabelledRows& rows) {
  std::vector<std::uint64_t> samples(rows.count);
  std::iota(samples.begin(), samples.end(), 0U);
  return samples;
}

// Short rows are fetched ahead, long ones overlap with those before them; odd lengths leave rests
// of every kind.
constexpr std::uint64_t kLengths[] = {1, 3, 4, 7, 8, 12, 13, 100, 4096, 4097, 4101, 4108};

TEST(LossPass, FourRowsAloneAndAmongOthersGiveTheSameBits) {
  for (const Loss loss : {Loss::squared, Loss::logistic, Loss::squared_hinge})
    for (const std::uint64_t p : kLengths) {
      constexpr std::uint64_t kCount = 23;
      const Samples samples(p, kCount, 2);
      const Numbers w = normals(p, "w");
      Numbers at_once(p), by_fours(p);
      LossPass all(loss, w, 0.1, kCount, at_once.data());
      all.add({samples.rows});
      LossPass parts(loss, w, 0.1, kCount, by_fours.data());
      const auto order = all_of(samples.rows);
      for (std::size_t i = 0; i < kCount; i += 4) {
        const auto part = std::span(order).subspan(i, std::min<std::size_t>(4, kCount - i));
        parts.add({samples.rows, part, false});
      }
      EXPECT_EQ(at_once, by_fours) << p;
      EXPECT_EQ(all.value(), parts.value()) << p;
      LossPass alone(loss, w, 0.1, kCount, nullptr);
      alone.add({samples.rows});
      EXPECT_EQ(all.value(), alone.value()) << p;
    }
}

// The same four rows twice in succession, as batches with replacement may have them.
TEST(LossPass, RowsMayFollowThemselves) {
  for (const std::uint64_t p : {std::uint64_t{9}, std::uint64_t{4100}}) {
    const Samples samples(p, 8, 2);
    const Numbers w = normals(p, "w");
    const std::vector<std::uint64_t> twice = {0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7};
    Numbers at_once(p), by_fours(p);
    LossPass all(Loss::squared, w, 0, twice.size(), at_once.data());
    all.add({samples.rows, twice, false});
    LossPass parts(Loss::squared, w, 0, twice.size(), by_fours.data());
    for (std::size_t i = 0; i < twice.size(); i += 4)
      parts.add({samples.rows, std::span(twice).subspan(i, 4), false});
    EXPECT_EQ(at_once, by_fours) << p;
  }
}

TEST(Rows, CombineAndDotsHasTheBitsOfBoth) {
  for (const std::uint64_t p : kLengths) {
    const Numbers x = normals(8 * p, "x"), w = normals(p, "w");
    Numbers apart = normals(p, "g"), together = apart;
    const auto block = [&](std::size_t first) {
      return RowBlock{&x[first * p], &x[(first + 1) * p], &x[(first + 2) * p], &x[(first + 3) * p]};
    };
    const Coefficients c = {0.3, -1.7, 2.1, 0.9};
    combine<kBlock>(1, apart.data(), c, block(0), p, apart.data());
    const Coefficients z = combine_and_dots(c, block(0), block(4), w.data(), p, together.data());
    EXPECT_EQ(apart, together) << p;
    EXPECT_EQ(z, dots(block(4), w.data(), p)) << p;
    EXPECT_EQ(z[1], dot(std::span(x).subspan(5 * p, p), w)) << p;
  }
}

TEST(SoftmaxPass, SamplesInPlaceAndGatheredGiveTheSameBits) {
  for (const std::uint64_t p : {1U, 3U, 8U, 20U, 129U})
    for (const std::uint64_t count : {1U, 5U, 128U, 131U, 300U}) {
      constexpr std::uint64_t kClasses = 3;
      const Samples samples(p, count, kClasses);
      const Numbers w = normals(p * kClasses, "w"), v = normals(p * kClasses, "v");
      const auto order = all_of(samples.rows);
      Numbers gradients[2], products[2], values;
      for (const bool in_place : {true, false}) {
        const Selection selection{samples.rows, in_place ? std::span<const std::uint64_t>() : order,
                                  in_place};
        SoftmaxPass pass(p, kClasses);
        Numbers& g = gradients[in_place ? 0 : 1];
        g.resize(w.size());
        pass.begin(w, count);
        pass.add(selection, true);
        pass.write(0.1, w.data(), g.data());
        values.push_back(pass.value(0.1));
        Numbers& hv = products[in_place ? 0 : 1];
        hv.resize(w.size());
        pass.begin(w, count);
        pass.add_product(selection, v);
        pass.write(0.1, v.data(), hv.data());
      }
      EXPECT_EQ(values[0], values[1]) << p << " " << count;
      EXPECT_EQ(gradients[0], gradients[1]) << p << " " << count;
      EXPECT_EQ(products[0], products[1]) << p << " " << count;
    }
}

}  // namespace
}  // namespace ravine::problems::testing
