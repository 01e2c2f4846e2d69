"""Problems 1 to 20 of Moré, Garbow and Hillstrom's collection, from the paper's formulas."""

import itertools

from common import Table, absolute, atan
from mpmath import cos, exp, log, mp, mpf, pi, sin, sqrt

table = Table()


def numbers(text):
    return [mpf(word) for word in text.split()]


def squares(residuals):
    return lambda x: sum(r * r for r in residuals(*x))


@squares
def rosenbrock(x1, x2):
    return [10 * (x2 - x1**2), 1 - x1]


table.start("rosenbrock", rosenbrock, [-1.2, 1])
table.exact("rosenbrock", rosenbrock, [1, 1])


@squares
def freudenstein_roth(x1, x2):
    return [-13 + x1 + ((5 - x2) * x2 - 2) * x2, -29 + x1 + ((x2 + 1) * x2 - 14) * x2]


table.start("freudenstein_roth", freudenstein_roth, [0.5, -2])
table.exact("freudenstein_roth", freudenstein_roth, [5, 4])
table.minimum("freudenstein_roth", freudenstein_roth, [11.41, -0.8968], kind="landmark")
table.minimum("freudenstein_roth", freudenstein_roth, [15.9, 2.23], kind="landmark")


@squares
def powell_badly_scaled(x1, x2):
    return [10**4 * x1 * x2 - 1, exp(-x1) + exp(-x2) - mpf("1.0001")]


table.start("powell_badly_scaled", powell_badly_scaled, [0, 1])
table.minimum("powell_badly_scaled", powell_badly_scaled, [1.0981593e-5, 9.106146])


@squares
def brown_badly_scaled(x1, x2):
    return [x1 - 10**6, x2 - mpf("2e-6"), x1 * x2 - 2]


table.start("brown_badly_scaled", brown_badly_scaled, [1, 1])
table.minimum("brown_badly_scaled", brown_badly_scaled, [10**6, mpf("2e-6")])


@squares
def beale(x1, x2):
    y = numbers("1.5 2.25 2.625")
    return [y[i - 1] - x1 * (1 - x2**i) for i in (1, 2, 3)]


table.start("beale", beale, [1, 1])
table.exact("beale", beale, [3, 0.5])
table.exact("beale", beale, [0, 1], kind="landmark")


@squares
def jennrich_sampson(x1, x2):
    return [2 + 2 * i - (exp(i * x1) + exp(i * x2)) for i in range(1, 11)]


table.start("jennrich_sampson", jennrich_sampson, [0.3, 0.4], spread=0.1)
table.minimum("jennrich_sampson", jennrich_sampson, [0.2578, 0.2579])


@squares
def helical_valley(x1, x2, x3):
    theta = atan(x2 / x1) / (2 * pi) + (0 if mp.re(x1) > 0 else mpf(1) / 2)
    return [10 * (x3 - 10 * theta), 10 * (sqrt(x1**2 + x2**2) - 1), x3]


table.start("helical_valley", helical_valley, [-1, 0, 0])
for point in ([0.3, 2, -1], [-0.2, 1.5, 2], [-0.1, -2, 1], [0.1, -2, 1], [2, -0.5, 4]):
    table.point("helical_valley", helical_valley, "generic", point)
table.exact("helical_valley", helical_valley, [1, 0, 0])

BARD = numbers(".14 .18 .22 .25 .29 .32 .35 .39 .37 .58 .73 .96 1.34 2.10 4.39")


@squares
def bard(x1, x2, x3):
    return [
        y - (x1 + i / ((16 - i) * x2 + min(i, 16 - i) * x3)) for i, y in enumerate(BARD, start=1)
    ]


table.start("bard", bard, [1, 1, 1])
table.minimum("bard", bard, [0.08241, 1.13304, 2.34370])

GAUSSIAN = numbers(".0009 .0044 .0175 .0540 .1295 .2420 .3521 .3989")
GAUSSIAN += GAUSSIAN[-2::-1]


@squares
def gaussian_fit(x1, x2, x3):
    t = [mpf(8 - i) / 2 for i in range(1, 16)]
    return [x1 * exp(-x2 * (s - x3) ** 2 / 2) - y for s, y in zip(t, GAUSSIAN)]


table.start("gaussian_fit", gaussian_fit, [0.4, 1, 0])
table.minimum("gaussian_fit", gaussian_fit, [0.398956, 1.000019, 0])

MEYER = numbers(
    "34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872"
)


@squares
def meyer(x1, x2, x3):
    return [x1 * exp(x2 / (45 + 5 * i + x3)) - y for i, y in enumerate(MEYER, start=1)]


table.start("meyer", meyer, [0.02, 4000, 250], spread=0.05)
table.minimum("meyer", meyer, [0.005609636471, 6181.346346286, 345.2236346241])


def gulf(m):
    @squares
    def f(x1, x2, x3):
        t = [mpf(i) / 100 for i in range(1, m + 1)]
        y = [25 + (-50 * log(s)) ** (mpf(2) / 3) for s in t]
        return [exp(-(absolute(w - x2) ** x3) / x1) - s for s, w in zip(t, y)]

    return f


table.start("gulf", gulf(99), [5, 2.5, 0.15], spread=0.1)
table.start("gulf", gulf(100), [5, 2.5, 0.15], "m=100", spread=0.1)
table.exact("gulf", gulf(99), [50, 25, 1.5])


@squares
def box_3d(x1, x2, x3):
    t = [mpf(i) / 10 for i in range(1, 11)]
    return [exp(-s * x1) - exp(-s * x2) - x3 * (exp(-s) - exp(-10 * s)) for s in t]


table.start("box_3d", box_3d, [0, 10, 20])
table.exact("box_3d", box_3d, [1, 10, 1])
table.exact("box_3d", box_3d, [10, 1, -1], kind="landmark")


@squares
def powell_singular(x1, x2, x3, x4):
    return [x1 + 10 * x2, sqrt(5) * (x3 - x4), (x2 - 2 * x3) ** 2, sqrt(10) * (x1 - x4) ** 2]


table.start("powell_singular", powell_singular, [3, -1, 0, 1])
table.exact("powell_singular", powell_singular, [0, 0, 0, 0])


@squares
def wood(x1, x2, x3, x4):
    valleys = [10 * (x2 - x1**2), 1 - x1, sqrt(90) * (x4 - x3**2), 1 - x3]
    return [*valleys, sqrt(10) * (x2 + x4 - 2), (x2 - x4) / sqrt(10)]


table.start("wood", wood, [-3, -1, -3, -1])
table.exact("wood", wood, [1, 1, 1, 1])
table.minimum("wood", wood, [-0.967974, 0.947139, -0.969516, 0.951248], kind="landmark")

KOWALIK = numbers(".1957 .1947 .1735 .1600 .0844 .0627 .0456 .0342 .0323 .0235 .0246")
KOWALIK_U = numbers("4 2 1 .5 .25 .167 .125 .1 .0833 .0714 .0625")


@squares
def kowalik_osborne(x1, x2, x3, x4):
    return [
        y - x1 * (u**2 + u * x2) / (u**2 + u * x3 + x4) for y, u in zip(KOWALIK, KOWALIK_U)
    ]


table.start("kowalik_osborne", kowalik_osborne, [0.25, 0.39, 0.415, 0.39], spread=0.1)
table.minimum("kowalik_osborne", kowalik_osborne, [0.192807, 0.191282, 0.123057, 0.136062])


@squares
def brown_dennis(x1, x2, x3, x4):
    t = [mpf(i) / 5 for i in range(1, 21)]
    return [(x1 + s * x2 - exp(s)) ** 2 + (x3 + x4 * sin(s) - cos(s)) ** 2 for s in t]


table.start("brown_dennis", brown_dennis, [25, 5, -5, -1])
table.minimum("brown_dennis", brown_dennis, [-11.59444, 13.20363, -0.403439, 0.236779])

OSBORNE_1 = numbers(
    ".844 .908 .932 .936 .925 .908 .881 .850 .818 .784 .751 .718 .685 .658 .628 .603 .580 "
    ".558 .538 .522 .506 .490 .478 .467 .457 .448 .438 .431 .424 .420 .414 .411 .406"
)


@squares
def osborne_1(x1, x2, x3, x4, x5):
    return [
        y - (x1 + x2 * exp(-10 * i * x4) + x3 * exp(-10 * i * x5)) for i, y in enumerate(OSBORNE_1)
    ]


table.start("osborne_1", osborne_1, [0.5, 1.5, -1, 0.01, 0.02], spread=0.01)
table.minimum("osborne_1", osborne_1, [0.375410, 1.935847, -1.464687, 0.0128675, 0.0221227])


@squares
def biggs_exp6(x1, x2, x3, x4, x5, x6):
    t = [mpf(i) / 10 for i in range(1, 14)]
    y = [exp(-s) - 5 * exp(-10 * s) + 3 * exp(-4 * s) for s in t]
    return [
        x3 * exp(-s * x1) - x4 * exp(-s * x2) + x6 * exp(-s * x5) - w for s, w in zip(t, y)
    ]


table.start("biggs_exp6", biggs_exp6, [1, 2, 1, 1, 1, 1])
table.exact("biggs_exp6", biggs_exp6, [1, 10, 1, 5, 4, 3])
# The three exponentials in any other order, each with its factor.
for (x1, x3), (x2, x4), (x5, x6) in itertools.permutations([(1, 1), (10, -5), (4, 3)]):
    if (x1, x2) != (1, 10):
        table.exact("biggs_exp6", biggs_exp6, [x1, x2, x3, -x4, x5, x6], kind="landmark")

OSBORNE_2 = numbers(
    "1.366 1.191 1.112 1.013 .991 .885 .831 .847 .786 .725 .746 .679 .608 .655 .616 .606 .602 "
    ".626 .651 .724 .649 .649 .694 .644 .624 .661 .612 .558 .533 .495 .500 .423 .395 .375 .372 "
    ".391 .396 .405 .428 .429 .523 .562 .607 .653 .672 .708 .633 .668 .645 .632 .591 .559 .597 "
    ".625 .739 .710 .729 .720 .636 .581 .428 .292 .162 .098 .054"
)


@squares
def osborne_2(x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11):
    def model(t):
        bells = ((x2, x6, x9), (x3, x7, x10), (x4, x8, x11))
        return x1 * exp(-t * x5) + sum(a * exp(-((t - c) ** 2) * b) for a, b, c in bells)

    return [y - model(mpf(i) / 10) for i, y in enumerate(OSBORNE_2)]


start = [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5]
table.start("osborne_2", osborne_2, start, spread=0.1)
x_star = "1.30998 .431554 .633662 .599431 .754183 .904289 1.36581 4.82370 2.39868 4.56887 5.67534"
table.minimum("osborne_2", osborne_2, numbers(x_star))


@squares
def watson(*x):
    def residual(t):
        slope = sum((j - 1) * v * t ** (j - 2) for j, v in enumerate(x, start=1) if j > 1)
        return slope - sum(v * t ** (j - 1) for j, v in enumerate(x, start=1)) ** 2 - 1

    return [residual(mpf(i) / 29) for i in range(1, 30)] + [x[0], x[1] - x[0] ** 2 - 1]


table.start("watson", watson, [0] * 2, "n=2")
table.start("watson", watson, [0] * 31, "n=31", generic=1)
for n, guess in (
    (6, "-.0157251 1.01243 -.232992 1.26043 -1.51373 .992996"),
    (9, "-1.53070e-5 .999790 .0147640 .146342 1.00082 -2.61773 4.10440 -3.14361 1.05263"),
    (12, "0 1 -.000564 .347821 -.156732 1.05282 -3.24727 7.28843 -10.2718 9.07411 -4.54138 1.01201"),
):
    table.start("watson", watson, [0] * n, f"n={n}")
    table.minimum("watson", watson, numbers(guess), f"n={n}")
