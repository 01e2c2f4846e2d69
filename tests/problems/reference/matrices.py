"""Problems of matrices, by NumPy: data drawn again from their definitions, values from the formulas,
gradients by a complex step. With an argument, `matrices.py minima`: 1/2 sum of sigma_i^2 over i > r
from numpy.linalg.svd of those data, which chain_test.cpp quotes.

Quantiles, orthogonal factors and sums are rounded here otherwise than in C++: ROUNDINGS of the
largest number, as many as these matrices of some ten rows have terms, are allowed.
"""

import random
import sys

import numpy as np
from common import UNIT, Table
from stream import Stream

ROUNDINGS = 1000
STEP = 1e-200
MINIMA = len(sys.argv) > 1
table = None if MINIMA else Table()


def gradient(f, x):
    units = STEP * np.eye(len(x))
    return np.array([f(x + 1j * unit).imag / STEP for unit in units])


def add(family, parameters, f, x0, spread=0.3):
    if MINIMA:
        return
    source = random.Random(family + parameters)
    moved = lambda: x0 + spread * np.array([source.uniform(-1, 1) for _ in x0])
    for kind, x in (("start", x0), ("generic", moved()), ("generic", moved())):
        value, slope = f(x + 0j).real, gradient(f, x)
        tolerance = ROUNDINGS * UNIT
        limits = tolerance * value, tolerance * max(abs(slope))
        table.add(family, parameters, kind, x, value, slope, *limits)


def normals(purpose, *shape):
    stream = Stream(purpose)
    return np.array([float(stream.normal(i)) for i in range(np.prod(shape))]).reshape(shape)


def uniforms(purpose, count):
    stream = Stream(purpose)
    return np.array([stream.uniform(i) for i in range(count)])


def orthonormal(purpose, rows, columns):
    q, r = np.linalg.qr(normals(purpose, rows, columns))
    return q * np.sign(np.diag(r))


def target(rows, columns, true_rank=3, kappa=10.0, tail=0.5):
    k, t = min(rows, columns), true_rank
    head = [kappa ** -(i / (t - 1)) for i in range(t)] if t > 1 else [1.0]
    rest = [tail * head[-1] * (k - i) / (k - t) for i in range(t, k)]
    left, right = orthonormal("matrix/left", rows, k), orthonormal("matrix/right", columns, k)
    return left @ np.diag(head + rest) @ right.T


def report(family, parameters, y, rank):
    sigma = np.linalg.svd(y, compute_uv=False)
    if MINIMA:
        print(family, parameters, 0.5 * np.sum(sigma[rank:] ** 2))


def matrix_factorization(parameters, m=20, n=15, r=3, **spectrum):
    y = target(m, n, **spectrum)

    def f(x):
        u, v = x[: m * r].reshape(m, r), x[m * r :].reshape(r, n).T
        return 0.5 * np.sum((u @ v.T - y) ** 2)

    x0 = 0.1 * (2 * uniforms("matrix_factorization/start", (m + n) * r) - 1)
    add("matrix_factorization", parameters, f, x0)
    report("matrix_factorization", parameters, y, r)


matrix_factorization("")
matrix_factorization("rows=6 columns=9 rank=5 true_rank=1 tail=0.9", 6, 9, 5, true_rank=1, tail=0.9)
matrix_factorization("rank=1 kappa=3", r=1, kappa=3)


def deep_linear(parameters, widths, input_kappa=1.0, drawn=0, fresh=False, noise=0.0, **spectrum):
    y = target(widths[-1], widths[0], **{"true_rank": 4, **spectrum})
    x_data = np.eye(widths[0])
    if input_kappa != 1:
        axes = orthonormal("deep_linear/inputs", widths[0], widths[0])
        x_data = axes @ np.diag(np.geomspace(1, input_kappa**-0.5, widths[0])) @ axes.T
    weight, rest = 1, 0.5 * widths[-1] * noise**2 if fresh else 0
    if drawn:
        z = normals("deep_linear/samples", drawn, widths[0]).T
        errors = noise * normals("deep_linear/noise", drawn, widths[-1]).T
        x_data, y, weight = x_data @ z, y @ z + errors, 1 / drawn
    shapes = list(zip(widths[1:], widths[:-1]))
    ends = np.cumsum([0] + [a * b for a, b in shapes])

    def f(x):
        product = x_data
        for shape, first, last in zip(shapes, ends, ends[1:]):
            product = x[first:last].reshape(shape) @ product
        return 0.5 * weight * np.sum((product - y) ** 2) + rest

    u = uniforms("deep_linear/start", ends[-1])
    half = np.concatenate([np.full(a * b, 0.5 * np.sqrt(3 / b)) for a, b in shapes])
    add("deep_linear", parameters + " start=random", f, half * (2 * u - 1))
    if not drawn and not fresh:
        report("deep_linear", parameters, y, min(widths))
    elif MINIMA and drawn:  # reduced-rank regression by its normal equations
        wide = y @ x_data.T @ np.linalg.inv(x_data @ x_data.T) @ x_data
        report("deep_linear", parameters, np.sqrt(weight) * wide, min(widths))
        print("  and beyond", 0.5 * weight * np.sum((y - wide) ** 2))


deep_linear("depth=3", [8, 4, 4, 8])
deep_linear("depth=2 outputs=5 width=3", [8, 3, 5])
deep_linear("depth=5 inputs=4 width=2 input_kappa=100", [4, 2, 2, 2, 2, 8], input_kappa=100)
deep_linear("depth=3 sampling=recycled samples=20 noise=0.1 input_kappa=9",
            [8, 4, 4, 8], input_kappa=9, drawn=20, noise=0.1)  # fmt: skip
deep_linear("depth=2 outputs=5 width=3 sampling=fresh noise=0.3", [8, 3, 5], fresh=True, noise=0.3)


def sparse_coding(parameters, p, k, n, sparsity, weight=0.1, epsilon=0.01, share=1.0, noise=0.0):
    atoms = normals("sparse_coding/dictionary", k, p)
    atoms /= np.sqrt(np.sum(atoms**2, axis=1, keepdims=True))
    u = 2 * uniforms("sparse_coding/codes", n * sparsity).reshape(n, sparsity) - 1
    codes = np.zeros((k, n))
    for i in range(n):
        order = Stream(f"sparse_coding/support/{i}").permutation(k)
        codes[order[:sparsity], i] = u[i] + 0.5 * np.sign(u[i])
    data = atoms.T @ codes + noise * normals("sparse_coding/noise", n, p).T
    gamma = share * weight * np.sum(np.abs(codes)) / (2 * k)

    def f(x):
        h, w = x[: k * n].reshape(k, n), x[k * n :].reshape(k, p)
        smooth = np.sum(np.sqrt(h**2 + epsilon**2) - epsilon)
        return np.sum((data - w.T @ h) ** 2) + weight * smooth + gamma * np.sum(w**2)

    rows = np.sqrt(3 / p) * (2 * uniforms("sparse_coding/start", k * p) - 1)
    add("sparse_coding", parameters, f, np.concatenate([np.zeros(k * n), rows]))


sparse_coding("p=4 atoms=5 samples=9", 4, 5, 9, 2)
sparse_coding("p=3 atoms=4 samples=7 sparsity=1 lambda=2 epsilon=0.2 gamma=0.3 noise=0.5",
              3, 4, 7, 1, 2, 0.2, 0.3, 0.5)  # fmt: skip


def random_features(parameters, kind="gaussian", n=40, p=20, d=100, noise=0.2, decaying=False):
    beta = 1 / np.arange(1, d + 1) if decaying else np.ones(d)
    beta /= np.sqrt(np.sum(beta**2))
    inputs = normals("random_features/inputs", n, d)
    y = inputs @ beta + noise * normals("random_features/noise", n)
    z = inputs[:, :p]
    if kind != "gaussian":
        a = normals("random_features/weights", p, d) / np.sqrt(d)
        z = np.maximum(0, inputs @ a.T)
    if kind == "fourier":
        z = np.cos(inputs @ a.T + 2 * np.pi * uniforms("random_features/phases", p))
    if kind != "gaussian":
        z = np.sqrt(2 / p) * z
    f = lambda w: np.sum((z @ w - y) ** 2) / n
    add("random_features", parameters, f, np.zeros(p))


def in_the_plane(a, b, f):
    """E f(a'u, b'u) for f of degree two in the length of u: over the angle from a, in pieces."""
    length_a, length_b = np.linalg.norm(a), np.linalg.norm(b)
    angle = np.arccos(np.clip(a @ b / (length_a * length_b), -1, 1))
    kinks = np.sort(np.mod([np.pi / 2, -np.pi / 2, angle + np.pi / 2, angle - np.pi / 2], 2 * np.pi))
    nodes, weights = np.polynomial.legendre.leggauss(30)
    total = 0
    for low, high in zip(kinks, [*kinks[1:], kinks[0] + 2 * np.pi]):
        t = low + (high - low) * (nodes + 1) / 2
        values = f(length_a * np.cos(t), length_b * np.cos(t - angle))
        total += np.sum(weights * values) * (high - low) / 2
    return total / np.pi  # the mean of |u|^2 is 2


def on_a_grid(a, b, f):
    """E f(a'u, b'u) for smooth f, by Hermite's nodes."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(40)
    weights = weights / np.sum(weights)
    along = a / np.linalg.norm(a)
    s, t = np.meshgrid(nodes, nodes, indexing="ij")
    rest = np.sqrt(max(0, b @ b - (along @ b) ** 2))
    values = f(np.linalg.norm(a) * s, (along @ b) * s + rest * t)
    return weights @ values @ weights


def random_features_risk(parameters, kind, p=20, d=100, noise=0.2):
    beta = np.ones(d) / np.sqrt(d)
    second, cross = np.eye(p), beta[:p]
    if kind != "gaussian":
        a = normals("random_features/weights", p, d) / np.sqrt(d)
        b = 2 * np.pi * uniforms("random_features/phases", p)
        relu = kind == "relu"
        mean = in_the_plane if relu else on_a_grid
        feature = lambda s, i: np.maximum(0, s) if relu else np.cos(s + b[i])
        second = 2 / p * np.array([[
            mean(a[i], a[j], lambda s, t: feature(s, i) * feature(t, j)) for j in range(p)
        ] for i in range(p)])  # fmt: skip
        cross = np.array([mean(a[i], beta, lambda s, t: feature(s, i) * t) for i in range(p)])
        cross *= np.sqrt(2 / p)
    f = lambda w: w @ second @ w - 2 * w @ cross + 1 + noise**2
    add("random_features", parameters + " sampling=fresh", f, np.zeros(p))


random_features("")
random_features("p=55", p=55)
random_features("features=relu p=30 inputs=10 signal=decaying", "relu", p=30, d=10, decaying=True)
random_features("features=fourier p=12 samples=9 noise=1", "fourier", n=9, p=12, noise=1)
random_features_risk("noise=0.5", "gaussian", noise=0.5)
random_features_risk("features=relu p=11 inputs=10", "relu", p=11, d=10)
random_features_risk("features=fourier p=12 inputs=7", "fourier", p=12, d=7)
