// Nets against PyTorch: the table that nets.py writes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/problems/nets/nets.hpp"

namespace ravine::problems::nets {
namespace {

using Eigen::VectorXd;
using Row = std::map<std::string, std::string>;  // by column

// Streams do not read hexadecimal doubles.
VectorXd numbers(const Row& row, const std::string& column) {
  std::istringstream words(row.at(column));
  std::vector<double> values;
  for (std::string word; words >> word;) values.push_back(std::strtod(word.c_str(), nullptr));
  return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

std::vector<Row> table() {
  std::ifstream file(RAVINE_TEST_NETS_TABLE);
  const auto fields = [](const std::string& line) {
    std::vector<std::string> all;
    std::istringstream rest(line);
    for (std::string field; std::getline(rest, field, ',');) all.push_back(field);
    return all;
  };
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> columns = fields(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> values = fields(line);
    Row row;
    for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = values.at(i);
    rows.push_back(row);
  }
  return rows;
}

Batch batch_of(const Row& row, Index features) {
  Batch batch;
  const VectorXd inputs = numbers(row, "inputs");
  batch.size = inputs.size() / features;
  batch.inputs = Eigen::Map<const Matrix>(inputs.data(), features, batch.size);
  batch.targets = Eigen::Map<const Matrix>(numbers(row, "targets").data(), kOutputs, batch.size);
  batch.weights = numbers(row, "weights");
  for (const double label : numbers(row, "labels"))
    batch.labels.push_back(static_cast<std::uint32_t>(label));
  return batch;
}

class AgainstTorch : public ::testing::TestWithParam<Net> {};

// 1e-10 is what is promised; sums of some hundred products in another order differ by 1e-14.
TEST_P(AgainstTorch, ValueGradientAndCurvatureAgree) {
  const auto rows = table();
  const auto row = std::find_if(rows.begin(), rows.end(), [](const Row& candidate) {
    return candidate.at("net") == GetParam().name;
  });
  ASSERT_NE(row, rows.end());
  const auto net = GetParam().make();
  const VectorXd theta = numbers(*row, "theta");
  const VectorXd v = numbers(*row, "v");
  ASSERT_EQ(theta.size(), net->parameter_count());
  const Batch batch = batch_of(*row, net->layers().inputs());
  const double value = numbers(*row, "loss")[0];
  EXPECT_NEAR(net->forward(theta.data(), batch).loss, value, 1e-10 * value);
  const auto expect = [&](const VectorXd& ours, const char* column) {
    const VectorXd theirs = numbers(*row, column);
    ASSERT_EQ(ours.size(), theirs.size());
    EXPECT_LE((ours - theirs).norm(), 1e-10 * theirs.norm()) << column;
  };
  VectorXd gradient = VectorXd::Zero(theta.size());
  net->add_gradient(theta.data(), batch, gradient.data());
  expect(gradient, "loss_gradient");
  VectorXd hv = VectorXd::Zero(theta.size());
  net->add_hessian_vector(theta.data(), v.data(), batch, hv.data());
  expect(hv, "hv");
  VectorXd gv = VectorXd::Zero(theta.size());
  net->add_gauss_newton_vector(theta.data(), v.data(), batch, gv.data());
  expect(gv, "gv");
}

TEST(TorchTable, HasEveryNetOnce) { EXPECT_EQ(table().size(), nets().size()); }

INSTANTIATE_TEST_SUITE_P(Nets, AgainstTorch, ::testing::ValuesIn(nets()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace ravine::problems::nets
