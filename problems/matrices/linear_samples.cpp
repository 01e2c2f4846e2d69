#include "problems/matrices/linear_samples.hpp"

#include <Eigen/SVD>
#include <utility>
#include <vector>

#include "problems/linear/fixed_blocking.hpp"
#include "problems/linear/reduce.hpp"

namespace ravine::problems {

using Eigen::Index;

LinearSamples::LinearSamples(ChainData map, double noise, std::uint64_t key)
    : risk_(std::move(map)),
      noise_(noise),
      inputs_(key, "deep_linear/samples"),
      errors_(key, "deep_linear/noise") {
  risk_.weight = 1;
  risk_.constant = 0.5 * static_cast<double>(risk_.y.rows()) * noise * noise;
}

// Row by row: a product of many samples at once would round otherwise than that of one.
void LinearSamples::draw(std::uint64_t i, Index column, ChainData& data) const {
  const auto in = static_cast<std::size_t>(risk_.y.cols());
  const auto out = static_cast<std::size_t>(risk_.y.rows());
  std::vector<double> z(in);
  for (std::size_t j = 0; j < in; ++j) z[j] = inputs_.normal(i * in + j);
  for (std::size_t j = 0; j < in; ++j)
    data.x(static_cast<Index>(j), column) =
        risk_.x.size() > 0 ? dot({risk_.x.data() + j * in, in}, z) : z[j];
  for (std::size_t k = 0; k < out; ++k)
    data.y(static_cast<Index>(k), column) =
        dot({risk_.y.data() + k * in, in}, z) + noise_ * errors_.normal(i * out + k);
}

ChainData LinearSamples::first(std::uint64_t count) const {
  const auto samples = static_cast<Index>(count);
  ChainData data{RowMajor(risk_.y.cols(), samples), RowMajor(risk_.y.rows(), samples),
                 1 / static_cast<double>(count)};
  for (Index i = 0; i < samples; ++i) draw(static_cast<std::uint64_t>(i), i, data);
  return data;
}

RankFit fit_rank(const RowMajor& x, const RowMajor& y) {
  fix_eigen_blocking();
  const Eigen::BDCSVD<Eigen::MatrixXd> in(x, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Index rank = in.rank();
  const Eigen::MatrixXd v = in.matrixV().leftCols(rank);
  const Eigen::MatrixXd seen = y * v;
  const Eigen::BDCSVD<Eigen::MatrixXd> out(seen, Eigen::ComputeThinU | Eigen::ComputeThinV);
  RankFit fit;
  fit.target.left = out.matrixU();
  fit.target.right = in.matrixU().leftCols(rank) *
                     in.singularValues().head(rank).cwiseInverse().asDiagonal() * out.matrixV();
  fit.target.sigma.assign(out.singularValues().begin(), out.singularValues().end());
  if (rank < x.cols()) fit.rest = 0.5 * (y - seen * v.transpose()).squaredNorm();
  return fit;
}

}  // namespace ravine::problems
