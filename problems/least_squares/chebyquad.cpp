// Moré, Garbow and Hillstrom's problem 35: the nodes of Chebyshev's quadrature, f = sum of
//   (1/n sum_j T_i(2 x_j - 1) - integral of T_i(2 t - 1) over [0, 1])^2, i = 1 ... n,
// the integral being 0 for odd i and -1 / (i^2 - 1) for even i. Zero for n = 1 ... 7 and 9 only.
// For n = 10 the value that the collection gives, 6.50395e-3, is not the least.
//
// The nodes may be permuted. T_i is computed by its three-term recurrence.
#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/least_squares/collection.hpp"

namespace ravine::problems {
namespace {

struct Chebyquad {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    T sum = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const T t = 2 * x[j] - 1;
      T before = 1, now = t;
      for (std::size_t k = 0; k < i; ++k) {
        const T next = 2 * t * now - before;
        before = now;
        now = next;
      }
      sum += now;
    }
    const double degree = static_cast<double>(i + 1);
    const double integral = i % 2 == 0 ? 0 : -1 / (degree * degree - 1);
    return sum / static_cast<double>(n) - integral;
  }
};

struct Minimum {
  double f;
  std::vector<double> x;
};

// By n - 1. Newton's method in 40 digits from the best of 300 random starts each.
const std::vector<Minimum>& minima() {
  static const std::vector<Minimum> found = {
      {0, {0.5}},
      {0, {0.21132486540518712, 0.78867513459481288}},
      {0, {0.14644660940672624, 0.5, 0.85355339059327376}},
      {0, {0.10267276385411694, 0.40620376295746005, 0.59379623704253995, 0.89732723614588306}},
      {0,
       {0.083751256499509062, 0.31272929522320947, 0.5, 0.68727070477679053, 0.91624874350049094}},
      {0,
       {0.066876590946089704, 0.28874067311944424, 0.36668229924164764, 0.63331770075835236,
        0.71125932688055576, 0.9331234090539103}},
      {0,
       {0.058069149620975482, 0.23517161235742159, 0.33804409474004618, 0.5, 0.66195590525995382,
        0.76482838764257841, 0.94193085037902452}},
      {0.0035168737256779316701,
       {0.043152760151016631, 0.19309084038418612, 0.26632870689027293, 0.5, 0.5,
        0.73367129310972707, 0.80690915961581388, 0.95684723984898337}},
      {0,
       {0.044205346135782763, 0.19949067230988096, 0.23561910847106, 0.41604690789259803, 0.5,
        0.58395309210740197, 0.76438089152894, 0.80050932769011904, 0.95579465386421724}},
      {0.0047727136963753489716,
       {0.074748166214602479, 0.17151817694809267, 0.28643415258400003, 0.3596464506289341,
        0.47075052286659346, 0.61673833503874502, 0.61673833503874502, 0.79981080153861378,
        0.84485464224092664, 0.96700662698192554}}};
  return found;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  // T_i grows fast outside [0, 1]: starts are drawn close to the paper's.
  Known known{.x0 = std::vector<double>(n), .x_star = {}, .spread = 0.05};
  for (std::uint64_t i = 0; i < n; ++i)
    known.x0[i] = static_cast<double>(i + 1) / static_cast<double>(n + 1);
  if (n <= minima().size()) {
    known.f_star = minima()[n - 1].f;
    known.x_star = minima()[n - 1].x;
  }
  if (n == 10)
    known.landmarks = {
        {"local minimum, symmetric",
         Landmark::Kind::minimum,
         0.0065039548008823061024,
         {0.059619900535812704, 0.16670828183586141, 0.23917065894260849, 0.39888429230604449,
          0.39888429230604449, 0.60111570769395551, 0.60111570769395551, 0.76082934105739151,
          0.83329171816413859, 0.9403800994641873}},
        {"local minimum, wide",
         Landmark::Kind::minimum,
         0.0095006288502216724777,
         {0.027114937835897843, 0.1317982884599488, 0.20768401404493092, 0.38511560741026853,
          0.38511560741026853, 0.61488439258973147, 0.61488439258973147, 0.79231598595506908,
          0.8682017115400512, 0.97288506216410216}}};
  return collection_problem(chebyquad_family(), parameters, instance, Chebyquad{n},
                            std::move(known));
}

}  // namespace

Family chebyquad_family() {
  return collection_family("chebyquad", 35, "nodes of Chebyshev's quadrature",
                           "Fletcher, Function minimization without evaluating derivatives - a "
                           "review, The Computer Journal 8, 1965, 33-41",
                           make,
                           {{"n", ParameterType::integer, "8", 1, 100, {}, "number of variables"}});
}

}  // namespace ravine::problems
