"""Saddles, wells and plateaus, from their usual statements."""

from common import Table
from mpmath import exp, mp, mpf

table = Table()
sqrt = mp.sqrt


def strict_saddle(gamma):
    def f(x):
        u = x[-1] * x[-1]
        return sum(v * v for v in x[:-1]) / 2 - gamma / 2 * u + u * u / 4

    return f


def number(v):
    """The double that a suite's number is."""
    return mpf(float(v))


for n, gamma, delta, text in (
    (2, 1, 1e-3, ""),
    (6, number("0.3"), 0.25, "n=6 gamma=0.3 delta=0.25"),
    (3, 50, 0, "n=3 gamma=50 delta=0"),
):
    f, root = strict_saddle(mpf(gamma)), sqrt(mpf(gamma))
    table.start("strict_saddle", f, [1] * (n - 1) + [delta], text)
    table.exact("strict_saddle", f, [0] * (n - 1) + [root], text)
    table.exact("strict_saddle", f, [0] * (n - 1) + [-root], text, kind="landmark")
    table.exact("strict_saddle", f, [0] * n, text, kind="landmark")


def quadratic_saddle(z):
    x, y = z
    return (x * x - y * y) / 2


for w, delta, text in ((1, 1e-3, ""), (8, 0.5, "half_width=8 delta=0.5")):
    table.start("quadratic_saddle", quadratic_saddle, [w / 2, delta * w], text, spread=w / 4)
    table.exact("quadratic_saddle", quadratic_saddle, [0, w], text)
    table.exact("quadratic_saddle", quadratic_saddle, [0, -w], text, kind="landmark")
    table.exact("quadratic_saddle", quadratic_saddle, [0, 0], text, kind="landmark")


def monkey_saddle(z):
    x, y = z
    r2 = x * x + y * y
    return x * x * x - 3 * x * (y * y) + r2 * r2 / 4


table.start("monkey_saddle", monkey_saddle, [1, 0])
table.exact("monkey_saddle", monkey_saddle, [-3, 0])
table.minimum("monkey_saddle", monkey_saddle, [1.5, 2.6], kind="landmark")
table.minimum("monkey_saddle", monkey_saddle, [1.5, -2.6], kind="landmark")
table.exact("monkey_saddle", monkey_saddle, [0, 0], kind="landmark")


def double_well(c):
    def f(z):
        u = z[0] * z[0]
        return u * u / 4 - u / 2 + c * z[0]

    return f


for c in ("0.2", "0.0625", "0.38"):
    f, text = double_well(number(c)), f"c={c}"
    table.start("double_well", f, [1.5], text)
    roots = sorted(mp.re(r) for r in mp.polyroots([1, 0, -1, number(c)], extraprec=400))
    table.minimum("double_well", f, [roots[0]], text)
    table.minimum("double_well", f, [roots[1]], text, kind="landmark")
    table.minimum("double_well", f, [roots[2]], text, kind="landmark")
for c in ("0.5", "1"):
    f, text = double_well(number(c)), f"c={c}"
    table.start("double_well", f, [1.5], text)
    table.minimum("double_well", f, [-1.2], text)


def sharp_and_broad(z):
    (x,) = z
    wells = ((1.5, -2, 1.5), (0.6, 3, 0.1), (1.7, 16, 6))
    deep = sum(number(A) * exp(-((x - m) ** 2) / (2 * number(s) ** 2)) for A, m, s in wells)
    return number(0.01) * x * x - deep


table.start("sharp_and_broad", sharp_and_broad, [8])
table.minimum("sharp_and_broad", sharp_and_broad, [-1.93])
table.minimum("sharp_and_broad", sharp_and_broad, [2.9997], kind="landmark")
table.minimum("sharp_and_broad", sharp_and_broad, [2.633], kind="landmark")


def sigmoid_fitting(samples):
    """The labels as the doubles that data are."""

    def s(z):
        return 1 / (1 + exp(-z))

    xs = [number(mpf(-5) + mpf(10) * i / (samples - 1)) for i in range(samples)]
    ys = [number(s(mpf("1.5") * x - 1)) for x in xs]
    return lambda w: sum((s(w[0] * x + w[1]) - y) ** 2 for x, y in zip(xs, ys)) / samples


PLATEAUS = {"near": [0, 0], "plateau_left": [0, -12], "plateau_right": [0, 12], "reversed": [-6, 8]}
for name, x0 in PLATEAUS.items():
    table.start("sigmoid_fitting", sigmoid_fitting(50), x0, f"start={name}")
table.start("sigmoid_fitting", sigmoid_fitting(7), [0, 0], "samples=7")


def reddi_online(C, period):
    """The mean of C x and period - 1 times -x."""
    return lambda x: (C * x[0] - (period - 1) * x[0]) / mpf(period)


for C, period, text in ((3, 3, ""), (7.5, 5, "C=7.5 period=5")):
    table.start("reddi_online", reddi_online(C, period), [1], text)
    table.exact("reddi_online", reddi_online(C, period), [-1], text)


def lessard_recht_packard(z):
    """The integral of the slope from 0."""
    (x,) = z
    at = mp.re(x)
    if at < 1:
        return 25 * x * x / 2
    if at < 2:
        return mpf(25) / 2 + (x * x - 1) / 2 + 24 * (x - 1)
    return mpf(25) / 2 + mpf(3) / 2 + 24 + 25 * (x * x - 4) / 2 - 24 * (x - 2)


for x0 in (3.25, 1.5, 0.5):
    table.start("lessard_recht_packard", lessard_recht_packard, [x0], f"start={x0}")
table.exact("lessard_recht_packard", lessard_recht_packard, [0])
