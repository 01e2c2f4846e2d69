#include "problems/matrices/target.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/fixed_blocking.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

std::vector<double> singular_values(const Parameters& parameters, std::size_t count) {
  const std::size_t t = whole(parameters, "true_rank");
  std::vector<double> sigma(count, 1.0);
  for (std::size_t i = 1; i < count; ++i) {
    const double share = i < t ? static_cast<double>(i) / static_cast<double>(t - 1)
                               : static_cast<double>(count - i) / static_cast<double>(count - t);
    sigma[i] = i < t ? std::pow(real(parameters, "kappa"), -share)
                     : real(parameters, "tail") * sigma[t - 1] * share;
  }
  return sigma;
}

}  // namespace

// Columns are turned so that the triangular factor's diagonal is positive, which makes their
// distribution uniform (Mezzadri, Notices of the AMS 54, 2007, 592-604) and them unique.
RowMajor orthonormal_columns(Index rows, Index columns, std::uint64_t key,
                             std::string_view purpose) {
  fix_eigen_blocking();
  const Stream stream(key, purpose);
  RowMajor z(rows, columns);
  for (Index k = 0; k < z.size(); ++k) z.data()[k] = stream.normal(static_cast<std::uint64_t>(k));
  const Eigen::HouseholderQR<RowMajor> qr(z);
  RowMajor q = qr.householderQ() * RowMajor::Identity(rows, columns);
  for (Index j = 0; j < columns; ++j)
    if (std::signbit(qr.matrixQR()(j, j))) q.col(j) = -q.col(j);
  return q;
}

RowMajor Target::matrix() const {
  const Eigen::Map<const Eigen::VectorXd> s(sigma.data(), static_cast<Index>(sigma.size()));
  return left * s.asDiagonal() * right.transpose();
}

double Target::tail(Index rank) const {
  double squares = 0;
  for (std::size_t i = sigma.size(); i-- > static_cast<std::size_t>(rank);)
    squares += sigma[i] * sigma[i];
  return 0.5 * squares;
}

std::vector<ParameterSpec> target_parameters(const std::string& true_rank) {
  using enum ParameterType;
  return {
      {"true_rank", integer, true_rank, 1, 2000, {}, "number of leading singular values"},
      {"kappa",
       ParameterType::real,
       "10",
       1,
       1e8,
       {},
       "the leading singular values are from 1 to 1/kappa, uniform in the logarithm"},
      {"tail",
       ParameterType::real,
       "0.5",
       0,
       0.99,
       {},
       "next singular value over the last leading one; from there they fall towards 0"},
  };
}

Target draw_target(const Family& family, const Parameters& parameters, Index rows, Index columns,
                   std::uint64_t key) {
  const Index count = std::min(rows, columns);
  if (static_cast<Index>(whole(parameters, "true_rank")) > count)
    throw ProblemError("parameter 'true_rank' of problem '" + family.id + "' is at most " +
                       std::to_string(count) + " for a matrix of " + std::to_string(rows) + " x " +
                       std::to_string(columns));
  return {orthonormal_columns(rows, count, key, "matrix/left"),
          orthonormal_columns(columns, count, key, "matrix/right"),
          singular_values(parameters, static_cast<std::size_t>(count))};
}

}  // namespace ravine::problems
