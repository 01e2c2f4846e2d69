"""Regressions on generated data: the samples drawn again from the definitions, losses from their
formulas, minima by Newton's method.

Samples are kept to all digits and rounded where a formula uses them, so that tolerances contain
what rounding the data does.
"""

import math
import random

from common import Table, mp, mpc, mpf
from stream import Stream

table = Table()


class Data:
    """x = S z, b = S^-1 t / sqrt n, labels by the rule."""

    def __init__(self, rule, n, samples, condition=100, noise=0.1, classes=1):
        features, error = (Stream(f"regression/{s}, training") for s in ("features", "noise"))
        target = Stream("regression/weights")
        power = lambda j: mpf(j) / (2 * (n - 1)) if n > 1 else mpf(0)
        self.s = [mpf(condition) ** power(j) for j in range(n)]
        self.b = [
            [target.normal(k * n + j) / mp.sqrt(n) / self.s[j] for j in range(n)]
            for k in range(classes)
        ]
        self.x = [[self.s[j] * features.normal(i * n + j) for j in range(n)] for i in range(samples)]
        self.y = []
        for i, x in enumerate(self.x):
            scores = [mp.fdot(x, b) for b in self.b]
            if rule == "real":
                self.y.append(scores[0] + mpf(noise) * error.normal(i))
            elif rule == "sign":
                turned = error.uniform(i) < noise
                self.y.append(1 if (scores[0] >= 0) != turned else -1)
            elif error.uniform(2 * i) < noise:
                self.y.append(error.below(2 * i + 1, classes))
            else:
                self.y.append(scores.index(max(scores)))

    def mean(self, loss, l2):
        def f(w):
            total = mpf(0)
            for x, y in zip(self.x, self.y):
                total += loss(sum((+a) * b for a, b in zip(x, w)), +y)
            return total / len(self.x) + mpf(l2) / 2 * sum(v * v for v in w)

        return f


def squared(z, y):
    return (z - y) ** 2 / 2


def logistic(z, y):
    return mp.log(1 + mp.exp(-y * z))


def positive(a):
    return a if mp.re(a) > 0 else a * 0


LOSSES = {
    "perceptron": lambda z, y: positive(-y * z),
    "hinge": lambda z, y: positive(1 - y * z),
    "squared_hinge": lambda z, y: positive(1 - y * z) ** 2 / 2,
}


def words(**given):
    return " ".join(f"{name}={value}" for name, value in given.items())


for shape in (dict(n=3, samples=40, condition=10, noise=0.5), dict(n=5, samples=33)):
    for l2 in (0, 0.125):
        f = Data("real", **shape).mean(squared, l2)
        text = words(**shape, l2=l2)
        table.start("linear_regression", f, [0] * shape["n"], text)
        table.minimum("linear_regression", f, [0] * shape["n"], text)

shape = dict(n=4, samples=10, condition=16, noise=0.25)
data = Data("real", **shape)


def risk(w):
    """E 1/2 (x'w - y)^2 + l2/2 |w|^2, with the features' covariance S^2."""
    apart = sum(((+s) * (v - (+b))) ** 2 for s, v, b in zip(data.s, w, data.b[0]))
    return (apart + mpf(1) / 16) / 2 + mpf(1) / 16 * sum(v * v for v in w)


text = words(**shape, l2=0.125, sampling="fresh")
table.start("linear_regression", risk, [0] * 4, text)
table.minimum("linear_regression", risk, [0] * 4, text)

for shape in (dict(n=3, samples=40, condition=10, noise=0.25), dict(n=5, samples=60)):
    f = Data("sign", **shape).mean(logistic, 0.0625)
    text = words(**shape, l2=0.0625)
    table.start("logistic_regression", f, [0] * shape["n"], text)
    table.minimum("logistic_regression", f, [0] * shape["n"], text)

# AS 241 as it stands in Wichura's paper (1988), for |q| <= 0.425: starts are compared to the bit.
A = [3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3]
A += [1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4]
A += [3.3430575583588128105e4, 2.5090809287301226727e3]
B = [1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3]
B += [2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4]
B += [5.2264952788528545610e3]


def ppnd16(stream, index):
    odd = 2 * (stream.bits(index) >> 11) + 1
    q = (odd - 2**53) / 2**54  # exact
    if abs(q) > 0.425:
        raise ValueError("choose another n: this start is in the tails")
    r = 0.180625 - q * q
    above, below = A[7], B[7]
    for k in range(6, -1, -1):
        above, below = above * r + A[k], below * r + B[k]
    return q * (above / below)


start = Stream("regression/start")
shape = dict(n=2, samples=50, condition=4)
for name, loss in LOSSES.items():
    f = Data("sign", **shape).mean(loss, 0.25)
    text = words(criterion=name, **shape, l2=0.25)
    x0 = [ppnd16(start, j) / math.sqrt(2) for j in range(2)]
    if name == "perceptron":
        table.start("perceptron_criterion", f, x0, text)
        table.exact("perceptron_criterion", f, [0, 0], text)
    else:
        table.start("perceptron_criterion", f, [0, 0], text)
    if name == "squared_hinge":
        table.minimum("perceptron_criterion", f, [0.3, 0.3], text)

# The risk of labels by signs: z = x'w is normal of variance v, and where it is known the score
# behind the label is positive with probability Phi(alpha z / sqrt v), the label turned then. Gauss's
# rule on parts on which what is integrated is smooth, also where Phi is steep; nothing beyond ten
# deviations.
REACH, PART, NODES = 10, mpf(5) / 2, 24


def gauss_rule(count):
    nodes = mp.polyroots(mp.taylor(lambda x: mp.legendre(count, x), 0, count)[::-1], maxsteps=500,
                         extraprec=500)  # fmt: skip
    slope = lambda x: count * (x * mp.legendre(count, x) - mp.legendre(count - 1, x)) / (x * x - 1)
    return [(x, 2 / ((1 - x * x) * slope(x) ** 2)) for x in nodes]


RULE = gauss_rule(NODES)


def distribution(z):
    """mpmath's own loses an infinitesimal imaginary part."""
    root = mp.sqrt(2)
    if not isinstance(z, mpc):
        return mp.erfc(-z / root) / 2
    density = mp.exp(-z.real**2 / 2) / mp.sqrt(2 * mp.pi)
    return mp.erfc(-z.real / root) / 2 + 1j * z.imag * density


def plane_risk(data, loss, noise, l2):
    b = data.b[0]
    signal = sum(((+s) * (+v)) ** 2 for s, v in zip(data.s, b))

    def f(w):
        v = sum(((+s) * x) ** 2 for s, x in zip(data.s, w))
        c = sum((+s) ** 2 * x * (+y) for s, x, y in zip(data.s, w, b))
        sigma, alpha = mp.sqrt(v), c / mp.sqrt(signal * v - c * c)
        steep = max(1, abs(mp.re(alpha)))
        ends = [PART * k for k in range(round(-REACH / PART), round(REACH / PART) + 1)]
        ends += [end / steep for end in ends if steep > 1 and end != 0]
        ends = sorted(ends + [-1 / sigma, 1 / sigma], key=mp.re)
        total = mpf(0)
        for low, high in zip(ends, ends[1:]):
            for node, weight in RULE:
                x = (low + high) / 2 + (high - low) / 2 * node
                positive = noise + (1 - 2 * noise) * distribution(alpha * x)
                mean = positive * loss(sigma * x, 1) + (1 - positive) * loss(sigma * x, -1)
                total += (high - low) / 2 * weight * mp.exp(-x * x / 2) * mean
        return total / mp.sqrt(2 * mp.pi) + mpf(l2) / 2 * sum(x * x for x in w)

    return f


shape = dict(n=2, samples=10, condition=4, noise=0.25)
data = Data("sign", **shape)
for family, given, loss in (
    ("logistic_regression", {}, logistic),
    ("perceptron_criterion", dict(criterion="hinge"), LOSSES["hinge"]),
    ("perceptron_criterion", dict(criterion="squared_hinge"), LOSSES["squared_hinge"]),
):
    f = plane_risk(data, loss, mpf(1) / 4, 0.0625)
    text = words(**given, **shape, l2=0.0625, sampling="fresh")
    source = random.Random(family + text)
    for size in (0.5, 2):
        table.point(family, f, "generic", [size * source.uniform(-1, 1) for _ in range(2)], text)
    table.minimum(family, f, [data.b[0][0] / 2, data.b[0][1]], text)

shape = dict(n=2, samples=50, condition=4, classes=3, noise=0.25)
data = Data("arg_max", **shape)


def softmax(w):
    total = mpf(0)
    for x, y in zip(data.x, data.y):
        z = [sum((+x[j]) * w[3 * j + k] for j in range(2)) for k in range(3)]
        total += mp.log(sum(mp.exp(v) for v in z)) - z[y]
    return total / 50 + mpf(1) / 8 * sum(v * v for v in w)


table.start("softmax_regression", softmax, [0] * 6, words(**shape, l2=0.25))
table.minimum("softmax_regression", softmax, [0.1, 0.2, 0.3, 0, 0, 0], words(**shape, l2=0.25))
