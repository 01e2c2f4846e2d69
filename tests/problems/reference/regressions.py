"""Regressions on generated data: the samples drawn again from the definitions (Philox4x32-10 of
Salmon et al. 2011, quantiles by mpmath), losses from their formulas, minima by Newton's method.

Samples are kept to all digits and rounded where a formula uses them, so that tolerances contain
what rounding the data does.
"""

import math

from common import Table, mp, mpf

MASK = 2**64 - 1
table = Table()


def mix64(z):
    z = (z + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


class Stream:
    def __init__(self, purpose, key=0):
        mixed = mix64(mix64(key) ^ fnv1a(purpose))
        self.key = (mixed & 0xFFFFFFFF, mixed >> 32)

    def bits(self, index):
        c, k = [index & 0xFFFFFFFF, index >> 32, 0, 0], list(self.key)
        for _ in range(10):
            a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
            c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
            k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
        return c[1] << 32 | c[0]

    def uniform(self, index):
        return (self.bits(index) >> 11) / 2**53

    def normal(self, index):
        p = mpf(2 * (self.bits(index) >> 11) + 1) / 2**54
        return mp.sqrt(2) * mp.erfinv(2 * p - 1)

    def below(self, index, bound):
        return self.bits(index) * bound >> 64  # one in 2^60 would be drawn again


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
