#!/usr/bin/python3
"""Reference iterates of plugins/derivative_free, from the papers in NumPy. See common.py."""

import math

import numpy as np

import common


def nelder_mead(
    f,
    x,
    coefficients=0,
    reflection=1.0,
    expansion=2.0,
    contraction=0.5,
    shrink=0.5,
    relative_edge=0.05,
    absolute_edge=0.00025,
):
    """Lagarias et al. 1998, section 2, with the first simplex of scipy.optimize.

    coefficients 1: Gao and Han 2012, (4.1).
    """
    n = x.size
    rho, chi, gamma, sigma = reflection, expansion, contraction, shrink
    if coefficients == 1:
        rho, chi, gamma, sigma = 1, 1 + 2 / n, 0.75 - 1 / (2 * n), 1 - 1 / n
    points = [x.copy()]
    for i in range(n):
        p = x.copy()
        p[i] = (1 + relative_edge) * p[i] if p[i] != 0 else absolute_edge
        points.append(p)
    simplex = [(f(p)[0], p) for p in points]
    while True:
        simplex.sort(key=lambda vertex: vertex[0])  # stable: the tie-breaking rules
        best, second_worst, (f_worst, worst) = simplex[0], simplex[-2], simplex[-1]
        bar = sum(p for _, p in simplex[:-1]) / n

        def at(t):
            p = (1 + t) * bar - t * worst
            return f(p)[0], p

        r = at(rho)
        if best[0] <= r[0] < second_worst[0]:
            simplex[-1] = r
        elif r[0] < best[0]:
            e = at(rho * chi)
            simplex[-1] = e if e[0] < r[0] else r
        else:
            outside = r[0] < f_worst
            c = at(rho * gamma if outside else -gamma)
            if c[0] <= r[0] if outside else c[0] < f_worst:
                simplex[-1] = c
            else:
                moved = [best[1] + sigma * (p - best[1]) for _, p in simplex[1:]]
                simplex[1:] = [(f(p)[0], p) for p in moved]
        yield min(simplex, key=lambda vertex: vertex[0])[1]


def cma_es(f, m, sigma0=0.3, population=0, weights=1):
    """Hansen, arXiv 1604.00772: Table 1 and Figure 6, with the symmetric root of C."""
    n = m.size
    lam = population or 4 + math.floor(3 * math.log(n))
    mu = lam // 2
    w_prime = np.array([math.log((lam + 1) / 2) - math.log(i) for i in range(1, lam + 1)])
    mu_eff = w_prime[:mu].sum() ** 2 / (w_prime[:mu] ** 2).sum()
    mu_eff_minus = w_prime[mu:].sum() ** 2 / (w_prime[mu:] ** 2).sum()
    c_sigma = (mu_eff + 2) / (n + mu_eff + 5)
    d_sigma = 1 + 2 * max(0, math.sqrt((mu_eff - 1) / (n + 1)) - 1) + c_sigma
    c_c = (4 + mu_eff / n) / (n + 4 + 2 * mu_eff / n)
    a_cov = 2
    c_1 = a_cov / ((n + 1.3) ** 2 + mu_eff)
    c_mu = a_cov * (1 / 4 + mu_eff + 1 / mu_eff - 2) / ((n + 2) ** 2 + a_cov * mu_eff / 2)
    c_mu = min(1 - c_1, c_mu)
    a_minus = min(
        1 + c_1 / c_mu, 1 + 2 * mu_eff_minus / (mu_eff + 2), (1 - c_1 - c_mu) / (n * c_mu)
    )
    up, down = w_prime[w_prime >= 0].sum(), -w_prime[w_prime < 0].sum()
    w = np.where(w_prime >= 0, w_prime / up, a_minus * w_prime / down if weights == 1 else 0)
    chi_n = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
    lazy = max(1, math.floor(1 / (10 * n * (c_1 + c_mu))))

    sigma, C, root, inverse_root = sigma0, np.eye(n), np.eye(n), np.eye(n)
    p_sigma, p_c, g = np.zeros(n), np.zeros(n), 0
    while True:
        numbers = (common.normal("cma_es", i) for i in range(g * lam * n, (g + 1) * lam * n))
        z = np.array(list(numbers)).reshape(lam, n)
        y = z @ root
        order = np.argsort([f(m + sigma * y_k)[0] for y_k in y], kind="stable")
        y = y[order]
        y_w = w[:mu] @ y[:mu]
        m = m + sigma * y_w
        p_sigma = (1 - c_sigma) * p_sigma
        p_sigma += math.sqrt(c_sigma * (2 - c_sigma) * mu_eff) * (inverse_root @ y_w)
        length = np.linalg.norm(p_sigma)
        h = length / math.sqrt(1 - (1 - c_sigma) ** (2 * (g + 1))) < (1.4 + 2 / (n + 1)) * chi_n
        p_c = (1 - c_c) * p_c + h * math.sqrt(c_c * (2 - c_c) * mu_eff) * y_w
        w_o = [
            w_i * (1 if w_i >= 0 else n / np.linalg.norm(inverse_root @ y_i) ** 2)
            for w_i, y_i in zip(w, y)
        ]
        delta = (1 - h) * c_c * (2 - c_c)
        C = (1 + c_1 * delta - c_1 - c_mu * w.sum()) * C + c_1 * np.outer(p_c, p_c)
        C = C + c_mu * sum(a * np.outer(y_i, y_i) for a, y_i in zip(w_o, y))
        sigma *= math.exp(c_sigma / d_sigma * (length / chi_n - 1))
        g += 1
        if g % lazy == 0:
            squares, B = np.linalg.eigh(C)
            root = B * np.sqrt(squares) @ B.T
            inverse_root = B / np.sqrt(squares) @ B.T
        yield m


METHODS = {"nelder_mead": nelder_mead, "cma_es": cma_es}

# CMA-ES multiplies C by its root 100 times, and a rounding in C moves all later samples: they
# agree to 1e-10 or better.
CASES = [  # plugin, problem, settings
    ("nelder_mead", "quadratic", {}),
    ("nelder_mead", "quadratic", dict(coefficients=1)),
    ("nelder_mead", "rosenbrock", {}),
    ("nelder_mead", "rosenbrock", dict(expansion=2.5, contraction=0.4, shrink=0.7)),
    ("nelder_mead", "rosenbrock", dict(reflection=0.9, relative_edge=0.2)),
    ("nelder_mead", "flat", dict(absolute_edge=0.5)),
    ("nelder_mead", "net", dict(coefficients=1)),
    ("nelder_mead", "net", {}),
    ("cma_es", "quadratic", {}, 1e-10),
    ("cma_es", "quadratic", dict(weights=0, sigma0=0.1), 1e-10),
    ("cma_es", "rosenbrock", dict(sigma0=0.2), 1e-10),
    ("cma_es", "rosenbrock", dict(population=15, sigma0=1), 1e-10),
    ("cma_es", "net", dict(sigma0=0.5), 1e-10),
    ("cma_es", "net", dict(population=20, weights=0), 1e-10),
]


def check():
    from scipy.optimize import minimize

    for plugin, problem, settings, *_ in CASES:
        if plugin != "nelder_mead" or set(settings) - {"coefficients"}:
            continue  # scipy has these parameters fixed
        start, f = common.PROBLEMS[problem]
        found = []
        minimize(
            lambda x: f(x)[0],
            start,
            method="Nelder-Mead",
            callback=lambda x: found.append(x.copy()),
            options=dict(
                maxiter=100 + 1, xatol=0, fatol=0, adaptive=settings.get("coefficients") == 1
            ),
        )
        expected = common.iterates(METHODS, plugin, problem, settings, len(found))
        assert len(found) == 100
        common.compare(f"{plugin} {problem} {settings}", expected, found, 0)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
