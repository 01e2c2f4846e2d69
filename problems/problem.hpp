// The objective of a trial: f, its derivatives and what is known of its optimum.
//
// A problem is drawn from a family by its parameters and an instance (problems/family.hpp). It is
// immutable after construction: two calls with the same arguments give the same bits, whatever was
// called between them, wherever the arguments lie in memory.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ravine::problems {

/// How an evaluation ended. Codes are shared with the C ABI by meaning, not by value.
enum class Answer : std::int32_t { ok, out_of_domain, not_supported, failed };

/// Which function is asked for: a stage of the problem, on all samples or on a batch of them.
struct Objective {
  std::uint64_t stage = 0;
  /// Indices of the samples averaged over, each below Facts::sample_count, repeats allowed.
  /// Ignored when `full`.
  std::span<const std::uint64_t> samples{};
  bool full = true;
};

enum class BlockRole : std::int32_t { generic, matrix, bias, norm_scale, embedding, output_layer };

/// A part of the flat parameter vector with a shape: dimensions in row-major order.
struct Block {
  std::string name;
  std::uint64_t offset = 0;
  std::vector<std::uint64_t> shape;
  BlockRole role = BlockRole::generic;
  bool exempt_from_decay = false;
};

/// A figure that the judge may ask for at a point, beside the value of the objective.
struct Metric {
  std::string name;  ///< "test_accuracy": snake_case, the column name everywhere
  std::string unit;  ///< "1" for a share or a plain number
  bool higher_is_better = false;
};

/// One stage of a continuation or curriculum problem. The last one is the objective that counts.
struct Stage {
  std::string name;      ///< "t=0.3", "easiest 25 %"
  double parameter = 0;  ///< t of the homotopy, share of the curriculum
  /// True when an optimizer's curvature memory of the stage before stays valid.
  bool same_curvature = false;
  /// Its own global minimizer, n doubles, where it is known; empty elsewhere.
  std::vector<double> x_star{};
};

/// A place where a method may end that is not the minimizer of Facts::x_star.
struct Landmark {
  enum class Kind : std::int32_t { minimum, saddle, maximum, infinity };
  std::string name;  ///< "local minimum", "x1 -> inf": unique in its problem
  Kind kind = Kind::minimum;
  double f = 0;           ///< the value there, or what it tends to
  std::vector<double> x;  ///< n doubles; empty at infinity, or where it is a set
};

/// What theory may assume of the objective that counts.
enum class Shape : std::int32_t {
  unknown,
  convex,    ///< with a gradient of Lipschitz constant L where the constants have one
  quadratic  ///< convex, and the same Hessian everywhere, eigenvalues in [mu, L]
};

/// What is known of a problem before anything is evaluated.
struct Facts {
  std::string family;          ///< catalogue id, "quadratic"
  std::uint32_t revision = 1;  ///< raised whenever any instance's bits change
  std::string citation;
  std::uint64_t n = 0;           ///< number of variables
  std::vector<double> x0;        ///< start, n doubles
  std::optional<double> f_star;  ///< minimum of the last stage, certified or computed to rounding
  std::vector<double> x_star;    ///< a global minimizer, n doubles; empty when unknown
  std::vector<Landmark> landmarks;  ///< other stationary points that are known
  /// The box to which x is confined, n doubles each, infinite where there is no bound; empty where
  /// there is none at all. x0 and x_star lie in it, and f_star is the minimum there.
  std::vector<double> lower, upper;
  /// Smallest relative target (f - f*) / (f0 - f*) that rounding lets a method meet; 0 when none.
  double rounding_floor = 0;
  Shape shape = Shape::unknown;
  /// What a suite's expressions may name: n, N, ... and mu, L, kappa: bounds of the curvature
  /// wherever it goes, or, of a problem whose curvature has none, those at the minimizer.
  std::map<std::string, double> constants;
  std::vector<Block> blocks;  ///< cover [0, n) without gap or overlap
  /// Number of samples of a finite sum; 0 where the objective is not one (no batches then).
  std::uint64_t sample_count = 0;
  /// Samples come fresh from a generator: any index exists, the objective of all of them is the
  /// risk, known to the judge alone, and sample_count is the size of what is called an epoch.
  bool fresh_samples = false;
  bool offers_hessian_vectors = false;
  bool offers_hessian = false;
  bool offers_partials = false;
  bool offers_gauss_newton = false;
  bool offers_sampled_labels = false;
  std::vector<Metric> metrics;
  std::vector<Stage> stages;  ///< never empty; one entry for a problem without stages
};

/// A point that moves along coordinates and keeps what makes a coordinate cost a coordinate.
class Cursor {
 public:
  Cursor() = default;
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  virtual ~Cursor() = default;

  /// df/dx_i and d^2f/dx_i^2 where the cursor stands; either may be null. i < n.
  virtual Answer partial(std::uint64_t i, double* first, double* second) = 0;
  /// x_i += delta. i < n.
  virtual Answer move(std::uint64_t i, double delta) = 0;
};

/// A sum of squares: f = scale * sum r_i(x)^2 for all samples and every stage.
class Residuals {
 public:
  Residuals() = default;
  Residuals(const Residuals&) = delete;
  Residuals& operator=(const Residuals&) = delete;
  virtual ~Residuals() = default;

  [[nodiscard]] virtual std::uint64_t count() const = 0;  ///< m
  [[nodiscard]] virtual double scale() const = 0;
  /// r, m doubles.
  virtual Answer residuals(std::span<const double> x, double* r) = 0;
  /// J v (m doubles) and J' u (n doubles), J_ij = dr_i/dx_j.
  virtual Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) = 0;
  virtual Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) = 0;
  /// J, m x n, row-major.
  virtual Answer jacobian(std::span<const double> x, double* j) = 0;
};

class Problem {
 public:
  Problem() = default;
  Problem(const Problem&) = delete;
  Problem& operator=(const Problem&) = delete;
  virtual ~Problem() = default;

  [[nodiscard]] virtual const Facts& facts() const = 0;

  /// Value and gradient at x (n doubles). Either of `value` (one double) and `gradient` (n doubles,
  /// not overlapping x) may be null. NaN and infinity are ordinary results. On any answer but `ok`
  /// the outputs are untouched. Not const: an implementation may keep scratch memory.
  virtual Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                          double* gradient) = 0;

  /// H(x) v for `count` vectors, v and hv both count x n, one vector after the other.
  virtual Answer hessian_vectors(const Objective& objective, std::span<const double> x,
                                 const double* v, std::uint64_t count, double* hv) {
    (void)objective, (void)x, (void)v, (void)count, (void)hv;
    return Answer::not_supported;
  }

  /// G(x) v, laid out as in hessian_vectors, of the generalized Gauss-Newton matrix G = J'SJ: J the
  /// Jacobian of a model's outputs, S the Hessian of its loss for them.
  virtual Answer gauss_newton_vectors(const Objective& objective, std::span<const double> x,
                                      const double* v, std::uint64_t count, double* gv) {
    (void)objective, (void)x, (void)v, (void)count, (void)gv;
    return Answer::not_supported;
  }

  /// The gradient (n doubles) with every sample's label drawn from the model's own distribution at
  /// x; `draw` tells draws apart.
  virtual Answer sampled_label_gradient(const Objective& objective, std::span<const double> x,
                                        std::uint64_t draw, double* gradient) {
    (void)objective, (void)x, (void)draw, (void)gradient;
    return Answer::not_supported;
  }

  /// The dense Hessian at x: n x n, symmetric, written in full.
  virtual Answer hessian(const Objective& objective, std::span<const double> x, double* h) {
    (void)objective, (void)x, (void)h;
    return Answer::not_supported;
  }

  /// A cursor at x, where Facts::offers_partials says so; else null. Lives no longer than the
  /// problem.
  virtual std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) {
    (void)objective, (void)x;
    return nullptr;
  }

  /// The problem as a sum of squares, part of it; null where it is none.
  virtual Residuals* residuals() { return nullptr; }

  /// The figures of Facts::metrics at x, in that order. Those of a test set are on
  /// data that no optimizer sees.
  virtual Answer measure(std::span<const double> x, std::span<double> metrics) {
    (void)x, (void)metrics;
    return Answer::not_supported;
  }
};

}  // namespace ravine::problems
