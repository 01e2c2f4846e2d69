"""Classical test functions, from their usual statements."""

from common import Table, absolute
from mpmath import e, exp, mp, mpf, pi, sin

table = Table()
cos, sqrt = mp.cos, mp.sqrt


def decimal(text):
    return mpf(text)


def ackley(x):
    n = len(x)
    s = sqrt(sum(v**2 for v in x) / n)
    c = sum(cos(2 * pi * v) for v in x) / n
    return -20 * exp(-s / 5) - exp(c) + 20 + e


# At 0 it has no gradient, and no row.
table.start("ackley", ackley, [2.2, -1.8])
table.start("ackley", ackley, [2.2, -1.8, 2.2, -1.8, 2.2], "n=5")


def griewank(x):
    waves = mp.fprod(cos(v / sqrt(i)) for i, v in enumerate(x, start=1))
    return 1 + sum(v**2 for v in x) / 4000 - waves


table.start("griewank", griewank, [4, -4] * 5)
table.exact("griewank", griewank, [0] * 10)


def styblinski_tang(x):
    return sum((v * v) * (v * v) - 16 * v * v + 5 * v for v in x) / 2


table.start("styblinski_tang", styblinski_tang, [0, 0])
table.minimum("styblinski_tang", styblinski_tang, [-2.9, -2.9])
table.minimum("styblinski_tang", styblinski_tang, [2.7, 2.7], kind="landmark")
table.minimum("styblinski_tang", styblinski_tang, [0.16, 0.16], kind="landmark")
table.minimum("styblinski_tang", styblinski_tang, [2.7, -2.9], kind="landmark")


def himmelblau(z):
    x, y = z
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


table.start("himmelblau", himmelblau, [0, 0], spread=4)
table.exact("himmelblau", himmelblau, [3, 2])
for near in (
    [-2.8, 3.1],
    [3.6, -1.8],
    [-3.8, -3.3],
    [-0.27, -0.92],
    [3.39, 0.07],
    [0.09, 2.88],
    [-3.07, -0.08],
    [-0.13, -1.95],
):
    table.minimum("himmelblau", himmelblau, near, kind="landmark")


def branin(z):
    x, y = z
    wave = 10 * (1 - 1 / (8 * pi)) * cos(x)
    return (y - decimal("5.1") / (4 * pi**2) * x**2 + 5 / pi * x - 6) ** 2 + wave + 10


table.start("branin", branin, [2.5, 12.5])
table.minimum("branin", branin, [3.14, 2.275])
table.minimum("branin", branin, [-3.14, 12.275], kind="landmark")
table.minimum("branin", branin, [9.42, 2.475], kind="landmark")
table.minimum("branin", branin, [6.28, 1.1], kind="landmark")


def goldstein_price(z):
    x, y = z
    a = (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    b = (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return (1 + a) * (30 + b)


table.start("goldstein_price", goldstein_price, [1, -1])
table.exact("goldstein_price", goldstein_price, [0, -1])
for near in (
    [1.8, 0.2],
    [-0.6, -0.4],
    [1.2, 0.8],
    [-0.4, -0.6],
    [1.2, -0.2],
    [1.4, 0.6],
    [0.6, 0.4],
    [0.8, 0.2],
):
    table.minimum("goldstein_price", goldstein_price, near, kind="landmark")


def booth(z):
    x, y = z
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def matyas(z):
    x, y = z
    return decimal("0.26") * (x**2 + y**2) - decimal("0.48") * x * y


def three_hump_camel(z):
    x, y = z
    u = x * x  # powers above the second lose a complex step's infinitesimal part at x < 0
    return 2 * u - decimal("1.05") * u * u + u * u * u / 6 + x * y + y * y


table.start("booth", booth, [-5, -5])
table.exact("booth", booth, [1, 3])
table.start("matyas", matyas, [-10, 5])
table.exact("matyas", matyas, [0, 0])
table.start("three_hump_camel", three_hump_camel, [2, 1])
table.exact("three_hump_camel", three_hump_camel, [0, 0])
for sign in (1, -1):
    for near in [1.7, -0.9], [1.07, -0.54]:
        at = [sign * v for v in near]
        table.minimum("three_hump_camel", three_hump_camel, at, kind="landmark")


def easom(z):
    x, y = z
    return -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2)


table.start("easom", easom, [2, 2])
table.minimum("easom", easom, [3.14, 3.14])
table.minimum("easom", easom, [1.3, 5.0], kind="landmark")
table.minimum("easom", easom, [1.3, 3.14], kind="landmark")


def levy(x):
    w = [1 + (v - 1) / 4 for v in x]
    inner = sum((v - 1) ** 2 * (1 + 10 * sin(pi * v + 1) ** 2) for v in w[:-1])
    last = (w[-1] - 1) ** 2 * (1 + sin(2 * pi * w[-1]) ** 2)
    return sin(pi * w[0]) ** 2 + inner + last


table.start("levy", levy, [-4, 5])
table.start("levy", levy, [-4, 5, -4, 5, -4], "n=5")
table.exact("levy", levy, [1, 1])

# The constant makes the minimum 0: x sin sqrt x at the root near 420.97 of its derivative.
SCHWEFEL = mp.findroot(lambda x: sin(sqrt(x)) + sqrt(x) * cos(sqrt(x)) / 2, 420.97)


def schwefel(x):
    c = SCHWEFEL * sin(sqrt(SCHWEFEL))
    return sum(c - v * sin(sqrt(absolute(v))) for v in x)


table.start("schwefel", schwefel, [100, 100])
table.minimum("schwefel", schwefel, [420.97, 420.97])
table.minimum("schwefel", schwefel, [-302.5, 420.97], kind="landmark")
table.minimum("schwefel", schwefel, [65.5, 65.5], kind="landmark")


def nesterov_smooth(L):
    def f(x):
        steps = sum((a - b) ** 2 for a, b in zip(x, x[1:]))
        return mpf(L) / 4 * ((x[0] ** 2 + steps + x[-1] ** 2) / 2 - x[0])

    return f


def nesterov_strongly_convex(L, kappa):
    """Nesterov's chain of infinitely many variables, of which those after x_n are q x_n, q^2 x_n ...
    with the gradient of the first n: its last row is (2 - q) x_n - x_{n-1}."""
    mu, root = mpf(L) / kappa, sqrt(mpf(kappa))
    q = (root - 1) / (root + 1)

    def f(x):
        steps = sum((a - b) ** 2 for a, b in zip(x, x[1:]))
        chain = x[0] ** 2 + steps + (1 - q) * x[-1] ** 2 - 2 * x[0]
        return mu * (kappa - 1) / 8 * chain + mu / 2 * sum(v**2 for v in x)

    return f, q


N = 7
table.start("nesterov_worst", nesterov_smooth(3), [0] * N, f"n={N} L=3")
smooth_minimizer = [1 - mpf(i) / (N + 1) for i in range(1, N + 1)]
table.exact("nesterov_worst", nesterov_smooth(3), smooth_minimizer, f"n={N} L=3")
strongly, q = nesterov_strongly_convex(2, 25)
text = f"n={N} kind=strongly_convex L=2 kappa=25"
table.start("nesterov_worst", strongly, [0] * N, text)
table.minimum("nesterov_worst", strongly, [q**i for i in range(1, N + 1)], text)


def nesterov_chebyshev_rosenbrock(x):
    return (x[0] - 1) ** 2 / 4 + sum((b - 2 * a**2 + 1) ** 2 for a, b in zip(x, x[1:]))


table.start("nesterov_chebyshev_rosenbrock", nesterov_chebyshev_rosenbrock, [-1, 1, 1, 1])
table.exact("nesterov_chebyshev_rosenbrock", nesterov_chebyshev_rosenbrock, [1] * 4)
