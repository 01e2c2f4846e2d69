// The minimal surface problem of MINPACK-2 with Enneper's boundary: heights x on the g x g inner
// points of a grid over [-1/2, 1/2]^2; f is the area of the surface over its triangles, two a cell,
//   f = sum of h^2/2 sqrt(1 + (dx / h)^2 + (dy / h)^2),  h = 1 / (g + 1),
// dx and dy the differences along the triangle's two short sides. f is strictly convex.
//
// On the boundary the heights are those of Enneper's surface, u^2 - v^2 where
//   x = u + u v^2 - u^3 / 3,  y = -v - u^2 v + v^3 / 3.
// The surface is the minimizer in the limit h -> 0. Starts at the mean of the two linear
// interpolations of opposite sides. Variable i + g j is the height at ((i + 1) h, (j + 1) h).
#include "problems/engineering/banded_minimizer.hpp"
#include "problems/families.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kKnownSide = 64;  // up to which the minimizer is computed

// The height of Enneper's surface over (x, y). In more digits, so that it is rounded once.
double enneper(long double x, long double y) {
  long double u = x, v = -y;
  for (int k = 0; k < 20; ++k) {
    const long double a = u + u * v * v - u * u * u / 3 - x;
    const long double b = -v - u * u * v + v * v * v / 3 - y;
    // The Jacobian is [p, q; -q, -p'] with p = 1 + v^2 - u^2, q = 2 u v, p' = 1 + u^2 - v^2.
    const long double p = 1 + v * v - u * u, q = 2 * u * v, pp = 1 + u * u - v * v;
    const long double determinant = -p * pp + q * q;
    u -= (-pp * a - q * b) / determinant;
    v -= (q * a + p * b) / determinant;
  }
  return static_cast<double>(u * u - v * v);
}

struct MinimalSurface {
  static constexpr bool kSquares = false;
  std::size_t g;
  std::vector<double> bottom, top, left, right;  ///< g + 2 heights each, corners included

  explicit MinimalSurface(std::size_t side) : g(side) {
    const auto points = static_cast<long double>(g + 1);
    for (std::size_t i = 0; i < g + 2; ++i) {
      const long double t = static_cast<long double>(i) / points - 0.5L;
      bottom.push_back(enneper(t, -0.5L));
      top.push_back(enneper(t, 0.5L));
      left.push_back(enneper(-0.5L, t));
      right.push_back(enneper(0.5L, t));
    }
  }

  [[nodiscard]] double part(std::size_t i) const {
    return static_cast<double>(i) / static_cast<double>(g + 1);
  }

  template <class T, class X>
  T height(std::size_t i, std::size_t j, const X& x) const {
    if (j == 0) return bottom[i];
    if (j == g + 1) return top[i];
    if (i == 0) return left[j];
    if (i == g + 1) return right[j];
    return x[(i - 1) + g * (j - 1)];
  }

  [[nodiscard]] std::size_t terms() const { return 2 * (g + 1) * (g + 1); }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    using std::sqrt;
    const std::size_t cell = i / 2, column = cell % (g + 1), row = cell / (g + 1);
    const bool upper = i % 2 == 1;
    const double h = part(1);
    const T corner = height<T>(column + upper, row + upper, x);
    const T dx = height<T>(upper ? column : column + 1, row + upper, x) - corner;
    const T dy = height<T>(column + upper, upper ? row : row + 1, x) - corner;
    return (h / 2) * sqrt(h * h + square(dx) + square(dy));
  }

  [[nodiscard]] std::vector<double> start() const {
    std::vector<double> x;
    for (std::size_t j = 1; j <= g; ++j)
      for (std::size_t i = 1; i <= g; ++i)
        x.push_back((part(j) * top[i] + (1 - part(j)) * bottom[i] + part(i) * right[j] +
                     (1 - part(i)) * left[j]) /
                    2);
    return x;
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t side = whole(parameters, "side");
  MinimalSurface f(side);
  Known known{.x0 = f.start(), .x_star = {}};
  if (side <= kKnownSide) {
    const BandedMinimum least = banded_minimizer(f, known.x0, side);
    known.x_star = least.x;
    known.f_star = least.f;
  }
  return formula_problem(minimal_surface_family(), instance, std::move(f), known);
}

}  // namespace

Family minimal_surface_family() {
  Family family;
  family.id = "minimal_surface";
  family.summary = "least area of a triangulated surface within Enneper's boundary; convex, sparse";
  family.citation =
      "Averick, Carter and Moré, The MINPACK-2 test problem collection (preliminary version), "
      "Technical Memorandum ANL/MCS-TM-150, Argonne National Laboratory, 1991";
  family.parameters = {{"side",
                        ParameterType::integer,
                        "10",
                        1,
                        3000,
                        {},
                        "inner grid points of a side, n = side^2; f* is known up to 64"}};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
