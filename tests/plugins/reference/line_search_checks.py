"""line_search_methods.py --check: against SciPy, which has most of what that script says."""

import numpy as np
import scipy.optimize as so

import common
from line_search_methods import CASES, HESSIANS, METHODS, damped, inverse_update, psb_update
from line_searches import scipys


def check_updates():
    """The updates by themselves, by a pair of which y's < 0.2 s'Bs."""
    random = np.random.default_rng(1)
    s, y, I = random.normal(size=6), random.normal(size=6), np.eye(6)
    y *= np.sign(s @ y)
    product = so.LbfgsInvHessProduct(s[None], y[None]).todense()
    common.compare("inverse BFGS", [product], [inverse_update(I, s, y)])
    y *= -1
    theirs = so.BFGS("damp_update", min_curvature=0.2, init_scale=1.0)
    theirs.initialize(6, "hess")
    theirs.update(s, y)
    ours = np.linalg.inv(inverse_update(I, s, damped(y, s, s)))
    common.compare("damped BFGS", [theirs.get_matrix()], [ours])

    # The symmetric B' nearest to B with B's = y: a least-norm problem in the entries of B' - B,
    # of which those off the diagonal count twice.
    B, pairs = np.diag(random.normal(size=6)), [(i, j) for i in range(6) for j in range(i + 1)]
    system, nearest = np.zeros((6, len(pairs))), B.copy()
    weights = [1 if i == j else np.sqrt(0.5) for i, j in pairs]
    for k, (i, j) in enumerate(pairs):
        system[i, k] = weights[k] * s[j]
        system[j, k] = weights[k] * s[i]
    for (i, j), w, e in zip(pairs, weights, np.linalg.lstsq(system, y - B @ s, rcond=None)[0]):
        nearest[i, j] += w * e
        nearest[j, i] = nearest[i, j]
    common.compare("PSB", [nearest], [psb_update(B, s, y)])


def check_secant():
    """SciPy's secant step from each two iterates that follow one another."""
    for _, problem, settings in [c for c in CASES if c[0] == "secant"]:
        start, f = common.PROBLEMS[problem]
        slope = lambda x: f(np.array([x]))[1][0]
        path = [start] + common.iterates(METHODS, "secant", problem, settings)
        found = [
            so.newton(slope, a[0], x1=b[0], tol=1e-300, maxiter=1, full_output=1, disp=0)[0]
            for a, b in zip(path, path[1:-1])
        ]
        # Both round the quotient of differences that cancel.
        common.compare(f"secant {problem}", path[2:], [np.array([x]) for x in found], 1e-9)


def check_paths(problem):
    """Against SciPy's methods, which search by More and Thuente's code from other first trials."""
    start, f = common.PROBLEMS[problem]
    value, gradient = lambda x: f(x)[0], lambda x: f(x)[1]
    count = 15 if problem == "rosenbrock" else 30  # there roundings grow threefold a step
    for plugin, method, settings in (
        ("bfgs", "BFGS", {"scale_first": 0}),
        ("nonlinear_cg", "CG", {"formula": 2, "restart_every": 10**9}),
    ):
        if method == "CG" and problem == "rosenbrock":
            continue  # its first direction descends too little for SciPy, which searches again
        path, options = [], {"gtol": 1e-6, "maxiter": count}
        so.minimize(
            value, start, jac=gradient, method=method, options=options, callback=path.append
        )
        settings = settings | {"line_search": 1, "first_trial": scipys}
        expected = common.iterates(METHODS, plugin, problem, settings, count)
        common.compare(f"{method} {problem}, {len(path)} steps", expected, path, 1e-9)


def check_ends(problem):
    """Where the cases end, against the minimum that SciPy's Newton-CG finds."""
    start, f = common.PROBLEMS[problem]
    value, gradient = lambda x: f(x)[0], lambda x: f(x)[1]
    minimum = so.minimize(
        value, start, jac=gradient, hess=HESSIANS[f], method="Newton-CG", options={"xtol": 1e-15}
    )
    for plugin, other, settings, *_ in CASES:
        path = common.iterates(METHODS, plugin, problem, settings) if other == problem else []
        if 0 < len(path) < max(common.STEPS):
            label, end = f"{plugin} {problem} {settings}, end", path[-1]
            common.compare(label + ", 1 + f", [1 + minimum.fun], [1 + value(end)], 1e-9)
            if problem != "net":  # it has many minimizers
                common.compare(label, [minimum.x], [end], 1e-6)


def check():
    check_updates()
    check_secant()
    for problem in ("dense_quadratic", "rosenbrock", "net"):
        check_paths(problem)
        check_ends(problem)
