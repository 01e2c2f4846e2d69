#!/usr/bin/python3
"""Reference iterates of plugins/coordinates, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common
from line_search_methods import HESSIANS, enough, inverse_update
from line_searches import wolfe_zoom

HESSIANS = HESSIANS | {common.coupled: lambda x: common.COUPLED}

def rosenbrock_curvature(x):
    return np.array([1200 * x[0] * x[0] - 400 * x[1] + 2, 200.0])


CURVATURE = {  # the Hessian's diagonal
    "quadratic": lambda x: common.LAMBDA,
    "coupled": lambda x: np.diag(common.COUPLED),
    "rosenbrock": rosenbrock_curvature,
}


def coordinate_descent(
    f, x, selection=0, rule=0, per_step=0, relaxation=1.0, learning_rate=1e-2
):
    """Wright 2015, Algorithms 1 and 3: x_i <- x_i - omega f_i / f_ii, or - alpha f_i."""
    problem = next(name for name, (_, known) in common.PROBLEMS.items() if known is f)
    t = 0
    while True:
        for _ in range(x.size if per_step == 0 else 1):
            g = f(x)[1]
            if selection == 0:
                i = t % x.size
            elif selection == 1:
                i = int(common.uniform("coordinates", t) * x.size)
            else:
                i = int(np.argmax(np.abs(g)))
            t += 1
            curvature = CURVATURE[problem](x)[i] if rule == 0 else 0
            x[i] -= relaxation * g[i] / curvature if curvature > 0 else learning_rate * g[i]
        yield x.copy()


def slices(x, size):
    return [np.arange(i, min(i + size, x.size)) for i in range(0, x.size, size)]


def blocks_of(f, x):
    """The net's tensors W1, b1, w2, b2; one block of all variables elsewhere."""
    return np.split(np.arange(13), (6, 9, 12)) if f is common.net else slices(x, x.size)


def searched(f, x, d, trial):
    def phi(a):
        value, g = f(x + a * d)
        return value, g @ d

    return x + wolfe_zoom(phi, trial, None, 0.9) * d


def arrived(f, x, start):
    value, g = f(x)
    return np.linalg.norm(g) <= 1e-7 * np.linalg.norm(f(start)[1]) or g @ g <= 1e-12 * abs(value)


def newton_within(H, g, tolerance):
    """Nocedal and Wright 2006, Algorithm 7.1, the iterations within."""
    z, r, d = np.zeros_like(g), g, -g
    while np.linalg.norm(r) > tolerance * np.linalg.norm(g):
        if d @ H @ d <= 0:
            return z if np.any(z) else d
        alpha = (r @ r) / (d @ H @ d)
        z, r_next = z + alpha * d, r + alpha * H @ d
        d, r = -r_next + (r_next @ r_next) / (r @ r) * d, r_next
    return z


def swept(f, x, group, tolerance, most):
    """Gauss-Seidel within the group (Bertsekas and Tsitsiklis 1989, section 3.3.5), until a sweep's
    slopes are so much smaller than the first one's. None where that is no descent."""
    x, before, first = x.copy(), f(x)[0], None
    for _ in range(most):
        squares = 0.0
        for i in group:
            slope, curvature = f(x)[1][i], HESSIANS[f](x)[i, i]
            if slope != 0 and curvature <= 0:
                return None
            squares += slope * slope
            x[i] -= slope / curvature if slope != 0 else 0
        if squares == 0 or (first is not None and squares <= tolerance**2 * first):
            break
        first = squares if first is None else first
    return x if first is not None and f(x)[0] <= before + 1e-14 * abs(before) else None


def block_coordinate_descent(
    f, x, block_size=0, inner=0, inner_tolerance=1e-6, inner_iterations=200
):
    """Bertsekas and Tsitsiklis 1989, section 3.3.5: by sweeps or by Newton's step in each block."""
    blocks = slices(x, int(block_size)) if block_size else blocks_of(f, x)
    start, t = x, 0
    while not arrived(f, x, start):
        b = blocks[t % len(blocks)]
        t += 1
        end = swept(f, x, b, inner_tolerance, inner_iterations) if inner == 0 else None
        if end is not None:
            x = end
            yield x
            continue
        g, d = f(x)[1], np.zeros_like(x)
        d[b] = newton_within(HESSIANS[f](x)[np.ix_(b, b)], g[b], inner_tolerance)
        x = searched(f, x, d, 1.0) if g @ d < 0 else x
        yield x


def alternating_minimization(
    f, x, grouping=0, inner=0, inner_tolerance=1e-2, inner_iterations=100, m=10
):
    """Grippo and Sciandrone 2000, (2), for two groups; each to the tolerance by sweeps, or by L-BFGS
    (Liu and Nocedal 1989), the inverse of the turn's last pairs written out."""
    parts = blocks_of(f, x)
    parts = parts if len(parts) > 1 else slices(x, (x.size + 1) // 2)
    first = [2 * i < len(parts) if grouping == 0 else i % 2 == 0 for i in range(len(parts))]
    start, group = x, 0
    while not arrived(f, x, start):
        mask = np.zeros(x.size)
        for part, in_first in zip(parts, first):
            mask[part] = in_first == (group == 0)
        group, turn = 1 - group, np.flatnonzero(mask)
        swept_to = swept(f, x, turn, inner_tolerance, inner_iterations) if inner == 0 else None
        if swept_to is not None:
            x = swept_to
            yield x
            continue
        g, pairs = mask * f(x)[1], []
        end, iterations = inner_tolerance * np.linalg.norm(g), 0
        while np.linalg.norm(g) > end and iterations < inner_iterations:
            d, trial = -g, min(1.0, 1 / np.linalg.norm(g))
            if pairs:
                s, y = pairs[-1]
                M = (s @ y) / (y @ y) * np.eye(x.size)
                for s, y in pairs:
                    M = inverse_update(M, s, y)
                d, trial = -M @ g, 1.0
            before, g_before = x, g
            x = searched(f, x, d, trial)
            g, iterations = mask * f(x)[1], iterations + 1
            s, y = x - before, g - g_before
            pairs = (pairs + [(s, y)])[-m:] if enough(s, y) else pairs
        yield x


METHODS = {
    "coordinate_descent": coordinate_descent,
    "block_coordinate_descent": block_coordinate_descent,
    "alternating_minimization": alternating_minimization,
}

# What a search or a turn of L-BFGS makes of a start that is moved by a rounding: up to some 1e4, and
# in turns that go far down some 1e6 of them.
SEARCHED = 1e-10
LONG_TURNS = 1e-9

CASES = [  # plugin, problem, settings
    ("coordinate_descent", "quadratic", dict(relaxation=0.75)),
    ("coordinate_descent", "quadratic", dict(rule=1, learning_rate=0.005)),
    ("coordinate_descent", "coupled", dict()),
    ("coordinate_descent", "coupled", dict(relaxation=1.25)),
    ("coordinate_descent", "coupled", dict(per_step=1)),
    ("coordinate_descent", "coupled", dict(selection=1)),
    ("coordinate_descent", "coupled", dict(selection=2, per_step=1)),
    # Along the valley a rounding grows some 1e3 times in these 100 sweeps.
    ("coordinate_descent", "rosenbrock", dict(), 1e-10),
    ("coordinate_descent", "rosenbrock", dict(selection=1, per_step=1)),
    ("coordinate_descent", "rosenbrock", dict(selection=2, rule=1, learning_rate=1e-3)),
    ("coordinate_descent", "net", dict(rule=1, learning_rate=0.1)),
    ("coordinate_descent", "net", dict(selection=1, rule=1, learning_rate=0.3)),
    ("coordinate_descent", "net", dict(selection=2, rule=1, per_step=1, learning_rate=0.3)),
    ("block_coordinate_descent", "coupled", dict(inner=1)),
    ("block_coordinate_descent", "coupled", dict(inner=1, block_size=1)),
    ("block_coordinate_descent", "coupled", dict(inner=1, block_size=2)),
    ("block_coordinate_descent", "coupled", dict(inner=1, block_size=4)),
    ("block_coordinate_descent", "rosenbrock", dict(inner=1), SEARCHED),
    ("block_coordinate_descent", "rosenbrock", dict(inner=1, block_size=1)),
    ("block_coordinate_descent", "net", dict(inner=1, block_size=1), SEARCHED),
    ("block_coordinate_descent", "net", dict(inner=1, block_size=6), SEARCHED),
    ("block_coordinate_descent", "net", dict(inner=1, block_size=5, inner_tolerance=0.1), SEARCHED),
    ("block_coordinate_descent", "net", dict(inner=1, inner_tolerance=0.5)),
    ("alternating_minimization", "quadratic", dict(inner=1), LONG_TURNS),
    ("alternating_minimization", "coupled", dict(inner=1), SEARCHED),
    ("alternating_minimization", "coupled", dict(inner=1, grouping=1), SEARCHED),
    ("alternating_minimization", "coupled", dict(inner=1, inner_tolerance=0.3), LONG_TURNS),
    ("alternating_minimization", "rosenbrock", dict(inner=1)),
    ("alternating_minimization", "rosenbrock", dict(inner=1, grouping=1, inner_tolerance=0.3)),
    ("alternating_minimization", "rosenbrock", dict(inner=1, m=1)),
    ("alternating_minimization", "net", dict(inner=1), LONG_TURNS),
    ("alternating_minimization", "net", dict(inner=1, grouping=1), SEARCHED),
    ("alternating_minimization", "net", dict(inner=1, inner_tolerance=0.3), SEARCHED),
    ("alternating_minimization", "net", dict(inner=1, inner_iterations=3), SEARCHED),
    ("block_coordinate_descent", "coupled", dict()),
    ("block_coordinate_descent", "coupled", dict(block_size=2)),
    ("block_coordinate_descent", "coupled", dict(block_size=4, inner_iterations=2)),
    ("block_coordinate_descent", "rosenbrock", dict(block_size=1)),
    ("block_coordinate_descent", "net", dict(inner_iterations=2)),
    ("block_coordinate_descent", "net", dict(block_size=1, inner_iterations=1)),
    ("block_coordinate_descent", "net", dict(inner_iterations=3, inner_tolerance=0.3)),
    ("alternating_minimization", "coupled", dict()),
    ("alternating_minimization", "coupled", dict(grouping=1, inner_tolerance=0.3)),
    ("alternating_minimization", "rosenbrock", dict()),
    ("alternating_minimization", "net", dict(inner_iterations=3)),
]


def check():
    """Cyclic sweeps on a quadratic are Gauss-Seidel: (D + L) x' = b - U x."""
    from scipy.linalg import solve_triangular

    A, b = common.COUPLED, common.COUPLED_B
    x, path = np.ones(b.size), []
    for _ in range(max(common.STEPS)):
        x = solve_triangular(np.tril(A), b - np.triu(A, 1) @ x, lower=True)
        path.append(x)
    found = common.iterates(METHODS, "coordinate_descent", "coupled", dict())
    common.compare("coordinate_descent coupled", path, found)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
