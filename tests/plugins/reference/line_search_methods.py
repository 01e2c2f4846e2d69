#!/usr/bin/python3
"""Reference iterates of the methods that search along a line, from the papers' formulas in NumPy:
plugins/line_search_methods and second_order/lbfgs. See common.py.

Agreement needs a search whose every trial is fixed: by its paper, as Armijo's, the exact one, More
and Thuente's, Hager and Zhang's; or, of the zoom, by what its header says of its interpolation.
"""

import numpy as np

import common
from line_searches import SEARCHES, section_3_5
from second_order import HESSIANS


def quartic(x):
    """f = x^4 - 3x, least where 4 x^3 = 3."""
    return x[0] ** 4 - 3 * x[0], 4 * x**3 - 3


def triple_root(x):
    """f = x^4 / 4: f' has a triple zero at 0."""
    return x[0] ** 4 / 4, x**3


common.PROBLEMS["quartic"] = (np.array([2.0]), quartic)
common.PROBLEMS["triple_root"] = (np.array([2.0]), triple_root)


# ---- Methods --------------------------------------------------------------------------------------

BETA = {  # of g, g' = h, y = h - g, d
    0: lambda g, h, y, d: (h @ h) / (g @ g),
    1: lambda g, h, y, d: (h @ y) / (g @ g),
    2: lambda g, h, y, d: max(0.0, (h @ y) / (g @ g)),
    3: lambda g, h, y, d: (h @ y) / (d @ y),
    4: lambda g, h, y, d: (h @ h) / (d @ y),
}


def search_along(f, x, d, trial, line_search, c2):
    def phi(a):
        value, g = f(x + a * d)
        return value, g @ d

    return SEARCHES[line_search](phi, trial, lambda: d @ HESSIANS[f](x) @ d, c2)


def arrived(f, g, g0):
    """At the minimum, or so near that values no longer tell points apart."""
    return np.linalg.norm(g) <= 1e-10 * np.linalg.norm(g0) or g @ g <= 1e-13 * abs(f)


def nonlinear_cg(
    f, x, formula=2, restart_every=0, powell=0, line_search=0, c2=0.4, first_trial=section_3_5
):
    """Nocedal and Wright 2006, section 5.2."""
    value, g = f(x)
    g0, d, since, history = g, -g, 0, [(value,)]
    while not arrived(value, g, g0):
        if g @ d >= 0:
            d, since = -g, 0
        a = search_along(f, x, d, first_trial(history, g @ d, d), line_search, c2)
        x = x + a * d
        yield x
        value, h = f(x)
        history[-1:] = [(history[-1][0], g @ d, a), (value,)]
        since += 1
        if since == (restart_every or len(x)) or (powell and abs(h @ g) >= 0.1 * (h @ h)):
            beta = 0.0
        else:
            beta = BETA[formula](g, h, h - g, d) if formula >= 0 else 0.0
        since = 0 if beta == 0 else since
        g, d = h, -h + beta * d


def steepest_descent(f, x, **settings):
    return nonlinear_cg(f, x, formula=-1, **settings)


def quasi_newton(f, x, direction, update, line_search, c2, first_trial=None):
    """Nocedal and Wright 2006, Algorithm 6.1, with what `update` knows in K, at first None."""
    value, g = f(x)
    g0, K, history = g, None, [(value,)]
    while not arrived(value, g, g0):
        d = -g if K is None else direction(K, g)
        trial = 1.0 if K is not None else min(1.0, 1 / np.linalg.norm(g))
        if first_trial is not None:
            trial = first_trial(history, g @ d, d)
        a = search_along(f, x, d, trial, line_search, c2)
        x = x + a * d
        yield x
        value, h = f(x)
        history[-1:] = [(history[-1][0], g @ d, a), (value,)]
        K = update(K, a * d, h - g)
        g = h


def enough(s, y):
    return s @ y > 1e-10 * np.linalg.norm(s) * np.linalg.norm(y)


def inverse_update(M, s, y):
    """Nocedal and Wright 2006, (6.17)."""
    V = np.eye(len(s)) - np.outer(y, s) / (y @ s)
    return V.T @ M @ V + np.outer(s, s) / (y @ s)


def damped(y, s, Bs):
    """Powell 1978; Nocedal and Wright 2006, Procedure 18.2."""
    if s @ y >= 0.2 * (s @ Bs):
        return y
    theta = 0.8 * (s @ Bs) / (s @ Bs - s @ y)
    return theta * y + (1 - theta) * Bs


def psb_update(B, s, y):
    """Powell 1970; Dennis and More 1977, section 7.3."""
    r = y - B @ s
    symmetric = np.outer(r, s) + np.outer(s, r)
    return B + symmetric / (s @ s) - (r @ s) * np.outer(s, s) / (s @ s) ** 2


def bfgs(f, x, update=0, safeguard=0, scale_first=1, line_search=0, c2=0.9, first_trial=None):
    I = np.eye(len(x))

    def by_bfgs(M, s, y):
        if safeguard == 1:
            y = damped(y, s, np.linalg.solve(I if M is None else M, s))
        if not enough(s, y):
            return M
        if M is None:
            M = (s @ y) / (y @ y) * I if scale_first else I
        return inverse_update(M, s, y)

    def by_psb(B, s, y):
        if B is None:
            B = (y @ y) / (s @ y) * I if scale_first and s @ y > 0 else I
        return psb_update(B, s, y)

    def by_plus_sign(B, s, y):
        """A lecture's literal formula; BFGS has a minus before its second term."""
        if not enough(s, y):
            return B
        if B is None:
            B = (y @ y) / (s @ y) * I if scale_first else I
        return B + np.outer(y, y) / (y @ s) + np.outer(B @ s, B @ s) / (s @ B @ s)

    def psb_direction(B, g):
        values, vectors = np.linalg.eigh(B)
        if values[0] <= 0:
            values = np.maximum(np.abs(values), 1e-8 * np.max(np.abs(values)))
        return -vectors @ (vectors.T @ g / values)

    if update == 1:
        return quasi_newton(f, x, psb_direction, by_psb, line_search, c2, first_trial)
    if update == 2:
        solve = lambda B, g: -np.linalg.solve(B, g)
        return quasi_newton(f, x, solve, by_plus_sign, line_search, c2, first_trial)
    return quasi_newton(f, x, lambda M, g: -M @ g, by_bfgs, line_search, c2, first_trial)


def lbfgs(f, x, history=10, line_search=0, c2=0.9, first_trial=None):
    """Liu and Nocedal 1989: the inverse, written out, of the last pairs from y's / y'y I."""

    def keep(pairs, s, y):
        return ((pairs or []) + [(s, y)])[-history:] if enough(s, y) else pairs

    def direction(pairs, g):
        s, y = pairs[-1]
        H = (s @ y) / (y @ y) * np.eye(len(g))
        for s, y in pairs:
            H = inverse_update(H, s, y)
        return -H @ g

    return quasi_newton(f, x, direction, keep, line_search, c2, first_trial)


def secant(f, x, first_step=1e-2):
    """Traub 1964."""
    before, x = x, x - first_step * np.sign(f(x)[1])
    yield x
    while abs(x - before) > 1e-9 * abs(x):
        g, g_before = f(x)[1], f(before)[1]
        before, x = x, x - g * (x - before) / (g - g_before)
        yield x


METHODS = {
    "steepest_descent": steepest_descent,
    "nonlinear_cg": nonlinear_cg,
    "bfgs": bfgs,
    "lbfgs": lbfgs,
    "secant": secant,
}

# Where a start that is moved by a rounding moves an iterate by up to some 1e4 of them.
GROWING = 1e-11
AMPLIFIED = 1e-10  # up to 1e5

MORE_THUENTE, HAGER_ZHANG, ARMIJO, EXACT = ({"line_search": i} for i in (1, 2, 3, 4))
LONG = {"restart_every": 1000}

CASES = (
    [("steepest_descent", p, EXACT) for p in ("quadratic", "dense_quadratic", "rosenbrock", "net")]
    + [
        ("steepest_descent", "net", MORE_THUENTE | {"c2": 0.1}, GROWING),
        ("steepest_descent", "dense_quadratic", HAGER_ZHANG | {"c2": 0.01}, GROWING),
        ("nonlinear_cg", "rosenbrock", HAGER_ZHANG | {"formula": 3, "c2": 0.01}, GROWING),
        ("nonlinear_cg", "net", HAGER_ZHANG | {"formula": 4, "c2": 0.01}, GROWING),
        ("bfgs", "net", HAGER_ZHANG | {"c2": 0.01}, GROWING),
        ("lbfgs", "net", HAGER_ZHANG | {"c2": 0.01}, GROWING),
    ]
    + [  # every formula
        ("nonlinear_cg", problem, {"formula": i} | search | more, *tolerance)
        for i in range(5)
        for problem, search, more, *tolerance in (
            ("dense_quadratic", EXACT, LONG),
            ("dense_quadratic", EXACT, {"restart_every": 7}),
            ("dense_quadratic", MORE_THUENTE, {"c2": 0.4}),
            ("dense_quadratic", HAGER_ZHANG, {"c2": 0.1}),
            ("rosenbrock", MORE_THUENTE, {"c2": 0.1}, GROWING),
            ("net", EXACT, {}, GROWING),
            ("net", EXACT, LONG, GROWING),
            ("net", EXACT, LONG | {"powell": 1}, GROWING),
        )
    ]
    + [
        ("bfgs", problem, more | search, GROWING)
        for more in ({}, {"scale_first": 0}, {"update": 1}, {"update": 1, "scale_first": 0})
        for problem, search in (
            ("dense_quadratic", EXACT),
            ("dense_quadratic", ARMIJO),
            ("dense_quadratic", MORE_THUENTE),
            ("net", EXACT),
            ("net", MORE_THUENTE),
            ("dense_quadratic", HAGER_ZHANG),
        )
    ]
    + [
        ("bfgs", "rosenbrock", EXACT),
        ("bfgs", "rosenbrock", MORE_THUENTE | {"safeguard": 1}, GROWING),
        ("bfgs", "rosenbrock", MORE_THUENTE | {"update": 1}, GROWING),
        ("bfgs", "dense_quadratic", EXACT | {"update": 2}, AMPLIFIED),
        ("bfgs", "net", EXACT | {"update": 2}, AMPLIFIED),
        ("bfgs", "net", ARMIJO | {"update": 2}, GROWING),
        ("bfgs", "net", ARMIJO | {"update": 2, "scale_first": 0}, GROWING),
        ("bfgs", "net", ARMIJO | {"safeguard": 1}, GROWING),
        ("lbfgs", "net", EXACT | {"history": 1}, GROWING),
        ("lbfgs", "rosenbrock", EXACT | {"history": 1}, GROWING),
    ]
    + [
        ("lbfgs", problem, search | {"history": m}, GROWING)
        for problem, search in (
            ("dense_quadratic", EXACT),
            ("dense_quadratic", ARMIJO),
            ("dense_quadratic", MORE_THUENTE),
            ("net", MORE_THUENTE),
            ("net", HAGER_ZHANG),
            ("net", ARMIJO),
        )
        for m in (3, 10)
    ]
    + [  # the default search, zoom; a small c2 where the default's path is chaotic
        ("steepest_descent", "quadratic", {"c2": 0.1}, GROWING),
        ("steepest_descent", "rosenbrock", {}, AMPLIFIED),
        ("steepest_descent", "net", {"c2": 0.1}, GROWING),
        ("nonlinear_cg", "dense_quadratic", {"c2": 0.01}, AMPLIFIED),
        ("nonlinear_cg", "rosenbrock", {}, AMPLIFIED),
        ("nonlinear_cg", "net", {"c2": 0.1}, AMPLIFIED),
        ("lbfgs", "quadratic", {}, 1e-9),  # to 1e-10 of the start, relative to what is left of x
    ]
    + [("bfgs", p, {}, AMPLIFIED) for p in ("quadratic", "dense_quadratic", "rosenbrock", "net")]
    + [("lbfgs", p, {}, AMPLIFIED) for p in ("dense_quadratic", "rosenbrock", "net")]
    + [
        ("secant", "quartic", {"first_step": 0.2}),
        ("secant", "quartic", {}),
        ("secant", "triple_root", {"first_step": 0.5}),
    ]
)


def check():
    import line_search_checks

    line_search_checks.check()


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
