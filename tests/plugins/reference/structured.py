#!/usr/bin/python3
"""Reference iterates of plugins/structured, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common

# First index, shape, whether it is a hidden layer's matrix, whether it is exempt from decay.
NET = [(0, (3, 2), True, False), (6, (3,), False, True)]
NET += [(9, (1, 3), False, False), (12, (1,), False, True)]


def blocks(x):
    return NET if x.size == 13 else [(0, x.shape, False, False)]


def newton_schulz(G, iterations, norm_floor):
    """Jordan et al. 2024: zeropower_via_newtonschulz5, in double precision."""
    a, b, c = 3.4445, -4.7750, 2.0315
    X = G.T if G.shape[0] > G.shape[1] else G
    X = X / max(np.linalg.norm(X), norm_floor)
    for _ in range(iterations):
        A = X @ X.T
        X = a * X + (b * A + c * A @ A) @ X
    return X.T if G.shape[0] > G.shape[1] else X


def muon(
    f,
    x,
    learning_rate=0.02,
    momentum=0.95,
    nesterov=1,
    scale=0,
    iterations=5,
    norm_floor=1e-7,
    adamw_learning_rate=1e-3,
    beta1=0.9,
    beta2=0.999,
    epsilon=1e-8,
    weight_decay=0.0,
):
    """Jordan et al. 2024; scale 1: Liu et al. 2025, (4); everything else by AdamW."""
    x = x.copy()
    B, m, v, t = np.zeros_like(x), np.zeros_like(x), np.zeros_like(x), 0
    while True:
        g, t = f(x)[1], t + 1
        B = momentum * B + (1 - momentum) * g
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        for first, shape, matrix, exempt in blocks(x):
            at = slice(first, first + int(np.prod(shape)))
            decay = 0.0 if exempt else weight_decay
            if matrix:
                G = ((1 - momentum) * g + momentum * B if nesterov else B)[at].reshape(shape)
                r, c = shape
                s = 0.2 * np.sqrt(max(r, c)) if scale == 1 else np.sqrt(max(1, r / c))
                u = s * newton_schulz(G, iterations, norm_floor).ravel()
                rate = learning_rate
            else:
                u = m[at] / (1 - beta1**t) / (np.sqrt(v[at] / (1 - beta2**t)) + epsilon)
                rate = adamw_learning_rate
            x[at] -= rate * (u + decay * x[at])
        yield x.copy()


def power(A, exponent):
    squares, Q = np.linalg.eigh(A)
    return Q * squares**exponent @ Q.T


def shampoo(
    f,
    x,
    learning_rate=1e-2,
    epsilon=1e-12,
    frequency=1,
    graft=0,
    side_limit=1024,
    vector_limit=128,
    long_sides=0,
    power=power,
):
    """Gupta et al. 2018, Algorithm 1; graft 1 and 2: the length of g and of diagonal AdaGrad's."""
    x, t = x.copy(), 0
    # Which entries of x a part holds: whole blocks, or the tiles of those with a long side.
    parts = []
    for first, shape, *_ in blocks(x):
        at = first + np.arange(int(np.prod(shape))).reshape(shape[0], -1)
        if len(shape) == 2 and long_sides == 0 and side_limit > 0:
            cuts = [np.arange(side_limit, length, side_limit) for length in at.shape]
            rows = np.split(at, cuts[0], axis=0)
            parts += [(tile, 2) for row in rows for tile in np.split(row, cuts[1], axis=1)]
        else:
            parts.append((at, len(shape)))
    left, right, roots, squares = {}, {}, {}, np.zeros_like(x)
    for i, (at, dimensions) in enumerate(parts):
        if at.shape[0] <= (side_limit if dimensions == 2 else vector_limit):
            left[i] = epsilon * np.eye(at.shape[0])
        if dimensions == 2 and at.shape[1] <= side_limit:
            right[i] = epsilon * np.eye(at.shape[1])
    while True:
        g = f(x)[1]
        squares += g**2
        adagrad = g / np.sqrt(epsilon + squares)
        for i, (at, _) in enumerate(parts):
            G = g[at]
            sides = (i in left) + (i in right)
            if i in left:
                left[i] = left[i] + G @ G.T
            if i in right:
                right[i] = right[i] + G.T @ G
            if t % frequency == 0:
                roots[i] = [
                    power(side[i], -1 / (2 * sides)) if i in side else None
                    for side in (left, right)
                ]
            L, R = roots[i]
            S = G if L is None else L @ G
            S = S if R is None else S @ R
            S = S if sides > 0 else adagrad[at]
            if graft > 0:
                target = np.linalg.norm(g[at] if graft == 1 else adagrad[at])
                S = S * target / np.linalg.norm(S)
            x[at] -= learning_rate * S
        t += 1
        yield x.copy()


METHODS = {"muon": muon, "shampoo": shampoo}

# Newton and Schulz's iteration multiplies roundings by up to 485 where a singular value is small,
# as near a minimum: the rates keep away from there.
CASES = [  # plugin, problem, settings
    ("muon", "quadratic", dict(adamw_learning_rate=0.05)),
    ("muon", "rosenbrock", dict(adamw_learning_rate=0.02, beta2=0.9, weight_decay=0.1)),
    ("muon", "net", dict(learning_rate=0.005)),
    # Steps of the length 0.02 dither where they arrive, and roundings grow.
    ("muon", "net", dict(), 1e-9),
    ("shampoo", "net", dict(), 1e-10),  # an epsilon of 1e-12: roots of nearly singular matrices
    ("muon", "net", dict(nesterov=0, momentum=0.9, iterations=3, weight_decay=0.1)),
    ("muon", "net", dict(scale=1, learning_rate=0.05, adamw_learning_rate=0.01)),
    ("shampoo", "quadratic", dict(learning_rate=0.5, epsilon=100.0)),
    ("shampoo", "quadratic", dict(learning_rate=0.02, frequency=7, epsilon=10.0)),
    ("shampoo", "quadratic", dict(learning_rate=0.5, vector_limit=4)),
    ("shampoo", "rosenbrock", dict(learning_rate=0.1, epsilon=10.0)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, graft=1, frequency=3)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, graft=2)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, side_limit=2)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, side_limit=1, graft=1)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, side_limit=2, long_sides=1)),
    ("shampoo", "net", dict(learning_rate=0.1, epsilon=1e-3, side_limit=0, vector_limit=0)),
]


def check():
    for plugin, problem, settings, *_ in CASES:
        expected = common.iterates(METHODS, plugin, problem, settings)
        label = f"{plugin} {problem} {settings}"
        if plugin == "muon" and problem != "net":  # no matrix: torch's AdamW
            found = common.torch_iterates(
                lambda torch, x: torch.optim.AdamW(
                    x,
                    lr=settings["adamw_learning_rate"],
                    betas=(0.9, settings.get("beta2", 0.999)),
                    weight_decay=settings.get("weight_decay", 0),
                ),
                problem,
            )
            common.compare(label, expected, found)
    from scipy.linalg import fractional_matrix_power

    for plugin, problem, settings, *_ in CASES:
        if plugin == "shampoo":  # roots by another way: Schur's form and Pade approximations
            expected = common.iterates(METHODS, plugin, problem, settings)
            label = f"{plugin} {problem} {settings}"
            # The default's 1e-12 leaves the net's matrices nearly singular, and Schur's form 7 digits.
            tolerance = 1e-6 if problem == "net" and "epsilon" not in settings else 1e-9
            settings = dict(settings, power=lambda A, e: fractional_matrix_power(A, e).real)
            found = common.iterates(METHODS, plugin, problem, settings)
            common.compare(label, expected, found, tolerance)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
