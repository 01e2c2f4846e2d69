// A surface through scattered measurements (u_p, v_p, z_p): heights x on the g x g vertices of a
// grid over the unit square, each cell two triangles with the diagonal from (i + 1, j) to (i, j +
// 1). With s(u, v) the piecewise linear surface over them, f is the sum of
//   rho(s(u_p, v_p) - z_p) over the measurements, and
//   smoothness (x_{i-1,j} - 2 x_{i,j} + x_{i+1,j})^2, the same along j, and
//   2 smoothness (x_{i,j} - x_{i+1,j} - x_{i,j+1} + x_{i+1,j+1})^2
// (the bending energy by differences, exact on planes). rho(r) is r^2, or for the robust loss
//   2 d^2 (sqrt(1 + (r / d)^2) - 1) = 2 r^2 / (1 + sqrt(1 + (r / d)^2)),  d = 1/20,
// which is nearly r^2 within d and grows like |r| beyond, so that outliers pull little. All terms
// are squares, f is strictly convex. Variable i + g j is the height at (i, j) / (g - 1). Starts
// flat.
#include "problems/engineering/mesh_fitting.hpp"

#include "problems/engineering/banded_minimizer.hpp"
#include "problems/families.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kKnownSide = 32;  // up to which the minimizer is computed
constexpr double kScale = 0.05;           // d

struct MeshFitting {
  static constexpr bool kSquares = true;
  std::size_t g;
  double root_smoothness;
  bool robust;
  std::vector<Measurement> data;

  [[nodiscard]] std::size_t along() const { return g * (g - 2); }
  [[nodiscard]] std::size_t terms() const { return data.size() + 2 * along() + (g - 1) * (g - 1); }

  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i < data.size()) return fit<T>(data[i], x);
    i -= data.size();
    if (i < 2 * along()) {
      const bool transposed = i >= along();
      i %= along();
      const std::size_t step = transposed ? g : 1;
      const std::size_t first = transposed ? i : i % (g - 2) + g * (i / (g - 2));
      return root_smoothness * (x[first] - 2 * x[first + step] + x[first + 2 * step]);
    }
    i -= 2 * along();
    const std::size_t corner = i % (g - 1) + g * (i / (g - 1));
    return (std::sqrt(2.0) * root_smoothness) *
           (x[corner] - x[corner + 1] - x[corner + g] + x[corner + g + 1]);
  }

  template <class T, class X>
  T fit(const Measurement& p, const X& x) const {
    using std::sqrt;
    const double cells = static_cast<double>(g - 1);
    const std::size_t column = std::min(static_cast<std::size_t>(p.u * cells), g - 2);
    const std::size_t row = std::min(static_cast<std::size_t>(p.v * cells), g - 2);
    // From the corner of the triangle's right angle.
    double a = p.u * cells - static_cast<double>(column);
    double b = p.v * cells - static_cast<double>(row);
    std::size_t corner = column + g * row, right = corner + 1, above = corner + g;
    if (a + b > 1) {
      std::swap(right, above);
      corner += g + 1;
      a = 1 - a;
      b = 1 - b;
    }
    const T r = (1 - a - b) * x[corner] + a * x[right] + b * x[above] - p.z;
    if (!robust) return r;
    return std::sqrt(2.0) * r / sqrt(1 + sqrt(1 + square(r / kScale)));
  }
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t side = whole(parameters, "side");
  const std::uint64_t n = side * side;
  const double smoothness = real(parameters, "smoothness");
  const std::uint64_t count = whole(parameters, "measurements");
  MeshFitting f{side, std::sqrt(smoothness), parameters.at("loss").text == "robust",
                measure_surface(count, whole(parameters, "outlier_every"), instance)};
  Known known{.x0 = std::vector<double>(n), .x_star = {}, .spread = 1};
  if (side <= kKnownSide) {
    const BandedMinimum least = banded_minimizer(f, known.x0, 2 * side);
    known.x_star = least.x;
    known.f_star = least.f;
  }
  return formula_problem(mesh_fitting_family(), instance, std::move(f), known);
}

}  // namespace

Family mesh_fitting_family() {
  Family family;
  family.id = "mesh_fitting";
  family.summary = "a triangulated surface through scattered measurements with outliers; convex";
  family.citation =
      "Hoppe, DeRose, Duchamp, McDonald and Stuetzle, Mesh optimization, SIGGRAPH 1993, 19-26; the "
      "surface: Franke, Scattered data interpolation: tests of some methods, Mathematics of "
      "Computation 38, 1982, 181-200; the loss: Charbonnier, Blanc-Féraud, Aubert and Barlaud, "
      "Deterministic edge-preserving regularization in computed imaging, IEEE Transactions on "
      "Image "
      "Processing 6, 1997, 298-311";
  using enum ParameterType;
  family.parameters = {
      {"side", integer, "12", 3, 3000, {}, "vertices of a side, n = side^2; f* is known up to 32"},
      {"measurements", integer, "600", 4, 1e7, {}, "number of measurements"},
      {"outlier_every", integer, "20", 0, 1e7, {}, "every such measurement is wrong; 0: none"},
      {"smoothness", real, "0.01", 1e-9, 1e6, {}, "weight of the bending energy"},
      {"loss", choice, "robust", 0, 0, {"squared", "robust"}, "rho"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
