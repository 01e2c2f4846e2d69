"""Stages of Gaussian homotopies as means E f(x + t Z), by quadrature of the functions themselves:
no closed form enters. Rows of the kind "first stage" are those of t = t0."""

import itertools

from common import Table
from mpmath import cos, exp, mp, mpf, pi, sqrt

table = Table()
RULES = {}


def gauss_hermite(m):
    """Nodes and weights for Z ~ N(0, 1), the roots of He_m by bisection between those of He_{m-1}:
    exact for polynomials of degree 2 m - 1."""
    if m not in RULES:
        with mp.workprec(300):
            roots = []
            for k in range(1, m + 1):
                ends = [-2 * sqrt(mpf(k)) - 1, *roots, 2 * sqrt(mpf(k)) + 1]
                roots = [mp.findroot(lambda z: hermite(k, z), pair, solver="anderson", tol=1e-150)
                         for pair in zip(ends, ends[1:])]
            factorial = mp.factorial(m)
            RULES[m] = [(z, factorial / (m * hermite(m - 1, z)) ** 2) for z in roots]
    return RULES[m]


def hermite(m, z):
    """He_m(z)."""
    before, here = mpf(0), mpf(1)
    for k in range(m):
        before, here = here, z * here - k * before
    return here


def trapezoids():
    """For bounded waves and wells of width 0.2 or more: the trapezoidal rule converges
    exponentially, below 1e-60 with this step."""
    step, half = mpf(1) / 20, 340
    return [(k * step, step * exp(-((k * step) ** 2) / 2) / sqrt(2 * pi))
            for k in range(-half, half + 1)]


def mean(h, t, rule):
    """E h(t Z)."""
    return sum(weight * h(t * z) for z, weight in rule)


def polynomial(f, t, m):
    """E f(x + t Z) of a polynomial of less than degree 2 m in each variable."""

    def g(x):
        total = 0
        for nodes in itertools.product(gauss_hermite(m), repeat=len(x)):
            weight = mp.fprod(w for _, w in nodes)
            total += weight * f([v + t * z for v, (z, _) in zip(x, nodes)])
        return total

    return g


def styblinski_tang(t):
    def term(v):
        return (v**4 - 16 * v**2 + 5 * v) / 2

    return lambda x: sum(mean(lambda z: term(v + z), t, gauss_hermite(3)) for v in x)


def rosenbrock(t):
    pair = polynomial(lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2, t, 3)
    return lambda x: sum(pair([a, b]) for a, b in zip(x, x[1:]))


def rastrigin(t, rule):
    return lambda x: sum(
        10 + mean(lambda z: (v + z) ** 2 - 10 * cos(2 * pi * (v + z)), t, rule) for v in x
    )


def griewank(t, rule):
    """The mean of a product of functions of independent numbers is the product of their means."""

    def g(x):
        bowl = sum(mean(lambda z: (v + z) ** 2, t, rule) for v in x) / 4000
        waves = (mean(lambda z: cos((v + z) / sqrt(mpf(i))), t, rule) for i, v in enumerate(x, 1))
        return 1 + bowl - mp.fprod(waves)

    return g


def wells(t, parts, rule):
    """Gaussians of one variable each multiply to those of several."""

    def g(x):
        total = 0
        for depth, width, centre in parts:
            factors = (
                mean(lambda z: exp(-((v + z - c) ** 2) / (2 * mpf(width) ** 2)), t, rule)
                for v, c in zip(x, centre)
            )
            total -= mpf(depth) * mp.fprod(factors)
        return total

    return g


def beale(x):
    return sum((y - x[0] * (1 - x[1] ** i)) ** 2 for i, y in ((1, mpf(1.5)), (2, 2.25), (3, 2.625)))


def powell_singular(x):
    a, b, c, d = x
    return (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4


def wood(x):
    a, b, c, d = x
    valleys = 100 * (b - a**2) ** 2 + (1 - a) ** 2 + 90 * (d - c**2) ** 2 + (1 - c) ** 2
    return valleys + 10 * (b + d - 2) ** 2 + (b - d) ** 2 / 10


def goldstein_price(z):
    x, y = z
    a = 19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2
    b = 18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2
    return (1 + (x + y + 1) ** 2 * a) * (30 + (2 * x - 3 * y) ** 2 * b)


def stages(function, smooth, x0, parameters=""):
    """The start with f itself, and points of the first stage for two t0."""
    text = f"function={function} stages=2{parameters}"
    table.point("homotopy", smooth(mpf(0)), "start", x0, text)
    for t0, shift in ((0.25, 0.3), (1.75, -0.4)):
        x = [v + shift * (1 + j) / 2 for j, v in enumerate(x0)]
        table.point("homotopy", smooth(mpf(t0)), "first stage", x, f"{text} t0={t0}")


WAVES = trapezoids()
LANDSCAPE = ((1, 1, (0, 0)), (0.75, 0.5, (2, 1)), (0.5, 0.5, (-1.5, 1.5)))
CONTROL = ((mpf("1.2"), mpf("0.2"), (-2,)), (1, 1, (2,)))

stages("styblinski_tang", styblinski_tang, [0, 0])
stages("rosenbrock", rosenbrock, [-1.2, 1, -1.2], " n=3")
stages("rastrigin", lambda t: rastrigin(t, WAVES), [3.3, -2.7])
stages("griewank", lambda t: griewank(t, WAVES), [4, -4, 4], " n=3")
stages("gaussians", lambda t: wells(t, LANDSCAPE, WAVES), [2.25, 1.25])
stages("gaussians_control", lambda t: wells(t, CONTROL, WAVES), [-1.75])
stages("beale", lambda t: polynomial(beale, t, 5), [1, 1])
stages("powell_singular", lambda t: polynomial(powell_singular, t, 3), [3, -1, 0, 1])
stages("wood", lambda t: polynomial(wood, t, 3), [-3, -1, -3, -1])
stages("goldstein_price", lambda t: polynomial(goldstein_price, t, 5), [1, -1])

table.minimum("homotopy", lambda x: wells(0, CONTROL, [(0, 1)])(x), [mpf(-2)],
              "function=gaussians_control")
landscape = wells(0, LANDSCAPE, [(0, 1)])
table.minimum("homotopy", landscape, [mpf(0), mpf(0)], "function=gaussians")
for x in ([1.94, 0.97], [-1.4, 1.4], [1.2, 0.6], [-1, 1]):
    table.minimum("homotopy", landscape, x, "function=gaussians", kind="landmark")
