"""Problems 21 to 35 of Moré, Garbow and Hillstrom's collection, from the paper's formulas."""

from common import Table
from mpmath import mp, mpf

table = Table()


def squares(residuals):
    """f of a paper's list of residuals, which is stated for x_1, x_2, ...: x[0] is nothing."""

    def f(x):
        return sum(r * r for r in residuals([None, *x], len(x)))

    return f


def upto(n):
    return range(1, n + 1)


@squares
def extended_rosenbrock(x, n):
    for i in upto(n // 2):
        yield 10 * (x[2 * i] - x[2 * i - 1] ** 2)
        yield 1 - x[2 * i - 1]


table.start("extended_rosenbrock", extended_rosenbrock, [-1.2, 1] * 5)
table.start("extended_rosenbrock", extended_rosenbrock, [-1.2, 1] * 3, "n=6")
table.exact("extended_rosenbrock", extended_rosenbrock, [1] * 10)


@squares
def extended_powell_singular(x, n):
    for i in upto(n // 4):
        a, b, c, d = x[4 * i - 3 : 4 * i + 1]
        yield a + 10 * b
        yield mp.sqrt(5) * (c - d)
        yield (b - 2 * c) ** 2
        yield mp.sqrt(10) * (a - d) ** 2


table.start("extended_powell_singular", extended_powell_singular, [3, -1, 0, 1] * 3)
table.exact("extended_powell_singular", extended_powell_singular, [0] * 12)

A = mpf(1) / 100000


@squares
def penalty_1(x, n):
    for i in upto(n):
        yield mp.sqrt(A) * (x[i] - 1)
    yield sum(x[j] ** 2 for j in upto(n)) - mpf(1) / 4


for n, near in (4, 0.25), (10, 0.158):
    table.start("penalty_1", penalty_1, list(upto(n)), f"n={n}")
    table.minimum("penalty_1", penalty_1, [near] * n, f"n={n}")


@squares
def penalty_2(x, n):
    def y(i):
        return mp.exp(mpf(i) / 10) + mp.exp(mpf(i - 1) / 10)

    yield x[1] - mpf("0.2")
    for i in range(2, n + 1):
        yield mp.sqrt(A) * (mp.exp(x[i] / 10) + mp.exp(x[i - 1] / 10) - y(i))
    for i in range(n + 1, 2 * n):
        yield mp.sqrt(A) * (mp.exp(x[i - n + 1] / 10) - mp.exp(-mpf(1) / 10))
    yield sum((n - j + 1) * x[j] ** 2 for j in upto(n)) - 1


PENALTY_2 = {
    4: [0.19999933, 0.19131670, 0.48010149, 0.51884539],
    10: [0.19998, 0.01035, 0.01961, 0.03208, 0.04993, 0.07651, 0.11862, 0.19214, 0.34732, 0.36916],
}
for n, near in PENALTY_2.items():
    table.start("penalty_2", penalty_2, [0.5] * n, f"n={n}")
    table.minimum("penalty_2", penalty_2, near, f"n={n}")


@squares
def variably_dimensioned(x, n):
    for i in upto(n):
        yield x[i] - 1
    s = sum(j * (x[j] - 1) for j in upto(n))
    yield s
    yield s**2


def one_minus(n):
    """1 - j/n in doubles."""
    return [1 - j / n for j in upto(n)]


table.start("variably_dimensioned", variably_dimensioned, one_minus(10))
table.exact("variably_dimensioned", variably_dimensioned, [1] * 10)


@squares
def trigonometric(x, n):
    for i in upto(n):
        cosines = sum(mp.cos(x[j]) for j in upto(n))
        yield n - cosines + i * (1 - mp.cos(x[i])) - mp.sin(x[i])


table.start("trigonometric", trigonometric, [1 / 10] * 10)
table.exact("trigonometric", trigonometric, [0] * 10)
for near in (
    [0.0393, 0.0401, 0.0410, 0.0420, 0.0432, 0.0444, 0.0459, 0.2012, 0.0496, 0.1473],
    [0.0515, 0.0530, 0.0547, 0.0566, 0.0589, 0.0616, 0.2184, 0.0695, 0.1437, 0.0925],
    [0.0552, 0.0568, 0.0588, 0.0610, 0.0636, 0.0668, 0.2082, 0.1644, 0.0850, 0.0914],
    [0.0539, 0.0555, 0.0573, 0.0593, 0.0617, 0.2579, 0.0681, 0.0726, 0.0785, 0.0838],
):
    table.minimum("trigonometric", trigonometric, near, kind="landmark")


@squares
def brown_almost_linear(x, n):
    for i in upto(n - 1):
        yield x[i] + sum(x[1:]) - (n + 1)
    yield mp.fprod(x[1:]) - 1


table.start("brown_almost_linear", brown_almost_linear, [0.5] * 10)
table.exact("brown_almost_linear", brown_almost_linear, [1] * 10)
for n, near in (10, 0.98), (5, 0.9), (5, -0.6):
    a = mp.findroot(lambda a: n * a**n - (n + 1) * a ** (n - 1) + 1, near)
    other = [a] * (n - 1) + [a ** (1 - n)]
    table.minimum("brown_almost_linear", brown_almost_linear, other, f"n={n}", "landmark")


@squares
def discrete_boundary_value(x, n):
    h = mpf(1) / (n + 1)
    x = [0, *x[1:], 0]
    for i in upto(n):
        yield 2 * x[i] - x[i - 1] - x[i + 1] + h**2 * (x[i] + i * h + 1) ** 3 / 2


@squares
def discrete_integral(x, n):
    h = mpf(1) / (n + 1)
    t = [i * h for i in range(n + 1)]
    cube = [None, *((x[j] + t[j] + 1) ** 3 for j in upto(n))]
    for i in upto(n):
        below = sum(t[j] * cube[j] for j in range(1, i + 1))
        above = sum((1 - t[j]) * cube[j] for j in range(i + 1, n + 1))
        yield x[i] + h * ((1 - t[i]) * below + t[i] * above) / 2


def parabola(n):
    """t (t - 1) at t = j / (n + 1), in doubles."""
    return [(j / (n + 1)) * (j / (n + 1) - 1) for j in upto(n)]


for name, f in (
    ("discrete_boundary_value", discrete_boundary_value),
    ("discrete_integral", discrete_integral),
):
    table.start(name, f, parabola(10))
    table.start(name, f, parabola(3), "n=3", generic=1)
    table.minimum(name, f, parabola(10))


@squares
def broyden_tridiagonal(x, n):
    x = [0, *x[1:], 0]
    for i in upto(n):
        yield (3 - 2 * x[i]) * x[i] - x[i - 1] - 2 * x[i + 1] + 1


@squares
def broyden_banded(x, n):
    for i in upto(n):
        others = [j for j in range(max(1, i - 5), min(n, i + 1) + 1) if j != i]
        yield x[i] * (2 + 5 * x[i] ** 2) + 1 - sum(x[j] * (1 + x[j]) for j in others)


table.start("broyden_tridiagonal", broyden_tridiagonal, [-1] * 10)
table.minimum("broyden_tridiagonal", broyden_tridiagonal, [-0.57] + [-0.7] * 8 + [-0.42])
table.start("broyden_banded", broyden_banded, [-1] * 10)
table.minimum("broyden_banded", broyden_banded, [-0.43, -0.48, -0.52, -0.56] + [-0.59] * 6)


def linear_full_rank(m):
    @squares
    def f(x, n):
        for i in upto(n):
            yield x[i] - 2 * sum(x[1:]) / mpf(m) - 1
        for i in range(n + 1, m + 1):
            yield -2 * sum(x[1:]) / mpf(m) - 1

    return f


def linear_rank_1(m):
    @squares
    def f(x, n):
        for i in upto(m):
            yield i * sum(j * x[j] for j in upto(n)) - 1

    return f


def linear_rank_1_zeros(m):
    @squares
    def f(x, n):
        yield mpf(-1)
        for i in range(2, m):
            yield (i - 1) * sum(j * x[j] for j in range(2, n)) - 1
        yield mpf(-1)

    return f


for name, make in (
    ("linear_full_rank", linear_full_rank),
    ("linear_rank_1", linear_rank_1),
    ("linear_rank_1_zeros", linear_rank_1_zeros),
):
    table.start(name, make(20), [1] * 10)
    table.start(name, make(9), [1] * 5, "n=5 m=9")
table.exact("linear_full_rank", linear_full_rank(20), [-1] * 10)
# Of the minimizers the one of least norm, in doubles: there the gradient is what rounding leaves.
for name, make, inner, total in (
    ("linear_rank_1", linear_rank_1(20), range(1, 11), mpf(3) / 41),
    ("linear_rank_1_zeros", linear_rank_1_zeros(20), range(2, 10), mpf(3) / 37),
):
    norm = sum(j * j for j in inner)
    table.exact(name, make, [j * total / norm if j in inner else 0 for j in upto(10)])


@squares
def chebyquad(x, n):
    before, now = [mpf(1)] * n, [2 * x[j] - 1 for j in upto(n)]
    for i in upto(n):
        integral = 0 if i % 2 else -1 / mpf(i * i - 1)
        yield sum(now) / n - integral
        before, now = now, [2 * (2 * x[j] - 1) * now[j - 1] - before[j - 1] for j in upto(n)]


def spaced(n):
    return [j / (n + 1) for j in upto(n)]


for n in (7, 8, 10):
    table.start("chebyquad", chebyquad, spaced(n), f"n={n}", spread=0.05)

CHEBYQUAD = {  # nodes below 1/2; the others mirror them, but for the least minimum of n = 10
    4: [0.1027, 0.4062],
    7: [0.0581, 0.2352, 0.3380],
    8: [0.0432, 0.1931, 0.2663, 0.5],
    9: [0.0442, 0.1995, 0.2356, 0.4160],
}
for n, half in CHEBYQUAD.items():
    near = half + [0.5] * (n % 2) + [1 - x for x in reversed(half)]
    table.minimum("chebyquad", chebyquad, near, f"n={n}")
for kind, near in (
    ("minimum", [0.0747, 0.1715, 0.2864, 0.3596, 0.4708, 0.6167, 0.6167, 0.7998, 0.8449, 0.9670]),
    ("landmark", [0.0596, 0.1667, 0.2392, 0.3989, 0.3989, 0.6011, 0.6011, 0.7608, 0.8333, 0.9404]),
    ("landmark", [0.0271, 0.1318, 0.2077, 0.3851, 0.3851, 0.6149, 0.6149, 0.7923, 0.8682, 0.9729]),
):
    table.minimum("chebyquad", chebyquad, near, "n=10", kind)
