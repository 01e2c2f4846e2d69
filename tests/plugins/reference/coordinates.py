#!/usr/bin/python3
"""Reference iterates of plugins/coordinates, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common


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


METHODS = {"coordinate_descent": coordinate_descent}

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
