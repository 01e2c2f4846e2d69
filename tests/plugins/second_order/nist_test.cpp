// Levenberg-Marquardt on NIST's Statistical Reference Datasets for nonlinear regression: one of
// lower and three of higher difficulty against the certified parameters. The files are NIST's own,
// in the public domain.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::dot;
using ravine::test::Host;
using ravine::test::Vector;

struct DataSet {
  Vector starts[2], certified, x, y;
  double residual_sum = 0;
};

DataSet read(const std::string& name) {
  std::ifstream file(RAVINE_TEST_SOURCE_DIR "/second_order/nist/" + name + ".dat");
  DataSet set;
  bool in_data = false;
  for (std::string line; std::getline(file, line);) {
    std::string name_of, equals;
    double a = 0, b = 0, c = 0;
    if (std::istringstream row(line); in_data && row >> a >> b) {
      set.y.push_back(a);
      set.x.push_back(b);
    } else if (line.starts_with("Residual Sum of Squares:")) {
      set.residual_sum = std::stod(line.substr(line.find(':') + 1));
    } else if (std::istringstream parameter(line);
               parameter >> name_of >> equals >> a >> b >> c && equals == "=") {
      set.starts[0].push_back(a);
      set.starts[1].push_back(b);
      set.certified.push_back(c);
    }
    // "Data:  y  x" heads the table; "Data:  1 Response Variable ..." the description.
    in_data = in_data || (line.starts_with("Data:") && line.find("Variable") == std::string::npos);
  }
  return set;
}

struct Model {
  const char* name;
  std::size_t parameters, observations;
  std::size_t first_start;
  /// The model at x, and its gradient in b.
  double (*value)(std::span<const double> b, double x, double* gradient);
};
void PrintTo(const Model& m, std::ostream* out) { *out << m.name; }  // NOLINT: GoogleTest's name

double misra1a(std::span<const double> b, double x, double* g) {
  g[0] = -std::expm1(-b[1] * x);
  g[1] = b[0] * x * std::exp(-b[1] * x);
  return b[0] * g[0];
}
double mgh09(std::span<const double> b, double x, double* g) {
  const double over = x * x + x * b[1];
  const double under = x * x + x * b[2] + b[3];
  g[0] = over / under;
  g[1] = b[0] * x / under;
  g[2] = -b[0] * over * x / (under * under);
  g[3] = -b[0] * over / (under * under);
  return b[0] * over / under;
}
double mgh10(std::span<const double> b, double x, double* g) {
  g[0] = std::exp(b[1] / (x + b[2]));
  g[1] = b[0] * g[0] / (x + b[2]);
  g[2] = -g[1] * b[1] / (x + b[2]);
  return b[0] * g[0];
}
double thurber(std::span<const double> b, double x, double* g) {
  const double over = b[0] + x * (b[1] + x * (b[2] + x * b[3]));
  const double under = 1 + x * (b[4] + x * (b[5] + x * b[6]));
  for (int i = 0; i < 4; ++i) g[i] = std::pow(x, i) / under;
  for (int i = 4; i < 7; ++i) g[i] = -std::pow(x, i - 3) * over / (under * under);
  return over / under;
}

// MGH10's first start, with r'r of 4.5e15, lies at the end of a valley along which damped steps
// take thousands.
class Nist : public testing::TestWithParam<Model> {};
INSTANTIATE_TEST_SUITE_P(Sets, Nist,
                         testing::Values(Model{"Misra1a", 2, 14, 0, misra1a},
                                         Model{"Thurber", 7, 37, 0, thurber},
                                         Model{"MGH09", 4, 11, 0, mgh09},
                                         Model{"MGH10", 3, 16, 1, mgh10}),
                         [](const auto& tested) { return tested.param.name; });

TEST_P(Nist, IsSolvedToTheCertifiedDigits) {
  const Model& model = GetParam();
  const DataSet set = read(model.name);
  const std::size_t n = model.parameters;
  const std::size_t m = model.observations;
  ASSERT_EQ(set.certified.size(), n);
  ASSERT_EQ(set.x.size(), m);
  const auto residuals = [&](std::span<const double> b, std::span<double> r) {
    Vector unused(n);
    for (std::size_t i = 0; i < m; ++i) r[i] = model.value(b, set.x[i], unused.data()) - set.y[i];
  };
  const auto jacobian = [&](std::span<const double> b, std::span<double> j) {
    for (std::size_t i = 0; i < m; ++i) model.value(b, set.x[i], &j[i * n]);
  };
  const auto f = [&](std::span<const double> b, std::span<double>) {
    Vector r(m);
    residuals(b, r);
    return dot(r, r);
  };
  for (std::size_t k = model.first_start; k < 2; ++k) {
    Host host("levenberg_marquardt", {set.starts[k], f, {}, {}, {m, 1, residuals, jacobian}});
    int steps = 0;
    while (steps < 2000 && host.step() == RAVINE_OK) ++steps;
    SCOPED_TRACE(std::to_string(steps) + " steps");
    // Certified to 11 digits; data and models leave 6 to a rounding-limited minimum.
    for (std::size_t i = 0; i < n; ++i)
      EXPECT_NEAR(host.x[i], set.certified[i], 1e-6 * std::fabs(set.certified[i])) << "b" << i + 1;
    EXPECT_NEAR(host.f(), set.residual_sum, 1e-9 * set.residual_sum);
  }
}

}  // namespace
