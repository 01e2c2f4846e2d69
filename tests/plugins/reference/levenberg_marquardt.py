#!/usr/bin/python3
"""Reference iterates of plugins/second_order/levenberg_marquardt.cpp, from the papers' formulas in
NumPy. See common.py."""

import numpy as np

import common
from second_order import RESIDUALS, arrived, rosenbrock_residuals


def damped(J, r, D, damping):
    """argmin |J s + r|^2 + damping |D s|^2, as one least-squares problem: the normal equations
    would cost half of the digits."""
    stacked = np.vstack([J, np.sqrt(damping) * np.diag(D)])
    return np.linalg.lstsq(stacked, np.append(-r, np.zeros(len(D))), rcond=None)[0]


def more(J, r, D, radius, damping):
    """More 1978, Algorithm 5.5 with MINPACK's bounds: s and its damping, | |D s| - radius | within a
    tenth, or the Gauss-Newton step."""
    inverse_of = lambda p: np.linalg.inv((J / D).T @ (J / D) + p * np.eye(len(D)))
    z, _, rank, _ = np.linalg.lstsq(J / D, -r, rcond=None)  # the shortest
    s = z / D
    length = lambda s: np.linalg.norm(D * s)
    phi = length(s) - radius
    if phi <= 0.1 * radius:
        return s, 0.0

    def newton(s, p, phi):  # -phi(p) / phi'(p) * (phi + radius) / radius
        q = D * s / length(s)
        return phi / radius / (q @ inverse_of(p) @ q)

    low = newton(s, 0.0, phi) if rank == len(D) else 0.0
    slope = np.linalg.norm(J.T @ r / D)
    high = slope / radius
    p = min(max(damping, low), high) or slope / length(s)
    for _ in range(10):
        s, before = damped(J, r, D, p), phi
        phi = length(s) - radius
        if abs(phi) <= 0.1 * radius or (low == 0 and phi <= before < 0):
            break
        correction = newton(s, p, phi)
        low, high = (max(low, p), high) if phi > 0 else (low, min(high, p))
        p = max(low, p + correction)
    return s, p


def levenberg_marquardt(
    f, x, initial_damping=1e-3, initial_radius=10.0, scaling=0, update=0, acceptance=1e-4
):
    """More 1978, Algorithm 7.1 with MINPACK's constants; Nielsen 1999; Marquardt 1963."""
    damping, nu, squares = 0.0 if update == 0 else initial_damping, 2.0, np.zeros_like(x)
    radius, moved = None, False
    while True:
        r, J = RESIDUALS[f](x)
        if not np.any(J.T @ r):
            return
        columns = (J * J).sum(0)
        if scaling == 0:
            squares = np.maximum(squares, columns)
        elif scaling == 1:
            squares = columns
        elif not squares.any():
            squares = np.full_like(x, columns.max())
        D = np.sqrt(squares)
        if update == 0:
            radius = radius or initial_radius * (np.linalg.norm(D * x) or 1)
            s, damping = more(J, r, D, radius, damping)
            radius = radius if moved else min(radius, np.linalg.norm(D * s))
        else:
            s = damped(J, r, D, damping)
        r_next = RESIDUALS[f](x + s)[0]
        linear = r + J @ s
        actual, predicted = r @ r - r_next @ r_next, r @ r - linear @ linear
        rho = actual / predicted
        taken, before = rho > acceptance, x
        x, moved = (x + s, True) if taken else (x, moved)
        if update == 0:
            length, slope = np.linalg.norm(D * s), s @ (J.T @ r)
            if rho <= 0.25:
                factor = 0.5 if actual >= 0 else 0.5 * slope / (slope + 0.5 * actual)
                factor = 0.1 if factor < 0.1 or r_next @ r_next >= 100 * (r @ r) else factor
                radius, damping = factor * min(radius, 10 * length), damping / factor
            elif damping == 0 or rho >= 0.75:
                radius, damping = 2 * length, 0.5 * damping
        elif taken:
            nu = 2.0
            damping *= 0.1 if update == 2 else max(1 / 3, 1 - (2 * rho - 1) ** 3)
        else:
            damping, nu = damping * (10.0 if update == 2 else nu), 2 * nu
        yield x
        if taken and arrived(x, before):
            return


METHODS = {"levenberg_marquardt": levenberg_marquardt}

# With D at x itself a saturated unit has next to none, which magnifies roundings, and in the trust
# region lets the net's units go to 1e2 and beyond.
CASES = [
    ("levenberg_marquardt", problem, dict(scaling=i, update=update, initial_damping=damping), *t)
    for problem, i, damping, *t in (
        ("rosenbrock", 0, 1e-3),
        ("rosenbrock", 1, 1e-3),
        ("rosenbrock", 2, 1e-3),
        ("net", 0, 1.0),
        ("net", 1, 0.1, 1e-10),
        ("net", 2, 1.0),
    )
    for update in (1, 2)
] + [
    ("levenberg_marquardt", problem, dict(scaling=i, initial_radius=radius), *t)
    for problem, i, radius, *t in (
        ("rosenbrock", 0, 10),
        ("rosenbrock", 0, 0.1),
        ("rosenbrock", 1, 0.1),
        ("rosenbrock", 2, 1),
        ("net", 0, 0.1),
        ("net", 2, 0.1),
    )
]


def check():
    import scipy.optimize

    # MINPACK's lmder: the points that it evaluates are x + s, of which ours are those taken.
    for problem in ("rosenbrock", "net"):
        start, f = common.PROBLEMS[problem]
        if len(RESIDUALS[f](start)[0]) < len(start):
            continue  # lmder asks for as many residuals as variables
        for radius in (10, 0.1):
            tried = []

            def residuals(x):
                tried.append(x.copy())
                return RESIDUALS[f](x)[0]

            scipy.optimize.leastsq(
                residuals, start, Dfun=lambda x: RESIDUALS[f](x)[1], factor=radius, ftol=0, gtol=0
            )
            settings = dict(initial_radius=radius)
            path = common.iterates(METHODS, "levenberg_marquardt", problem, settings)
            ours = [x for x, before in zip(path, [start] + path) if np.any(x != before)]
            taken = [min(tried, key=lambda t: np.max(np.abs(t - x))) for x in ours]
            common.compare(f"levenberg_marquardt {problem} {radius}, path", taken, ours)

    start = common.PROBLEMS["rosenbrock"][0]
    residuals, jacobian = (lambda x, i=i: rosenbrock_residuals(x)[i] for i in range(2))
    found = scipy.optimize.least_squares(residuals, start, jac=jacobian, method="lm").x
    for scaling in range(3):
        for update in range(3):
            settings = dict(scaling=scaling, update=update, initial_damping=1.0)
            x = common.iterates(METHODS, "levenberg_marquardt", "rosenbrock", settings)[-1]
            label = f"levenberg_marquardt, end, scaling {scaling}, update {update}"
            common.compare(label, [found], [x])


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
