#!/usr/bin/python3
"""Reference iterates of plugins/second_order, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common

# ---- Second derivatives and residuals of common.py's problems, and one more ---------------------

N = 12
A = np.diag(1.0 + np.arange(N)) + 1 / (1.0 + abs(np.subtract.outer(np.arange(N), np.arange(N))))


def dense_quadratic(x):
    """1/2 x'A x - sum x_i, A = diag(1 ... 12) + 1 / (1 + |i - j|)."""
    return 0.5 * x @ (A @ x) - x.sum(), A @ x - 1


common.PROBLEMS["dense_quadratic"] = (np.zeros(N), dense_quadratic)


def net_residuals(x):
    W1, b1, w2, b2 = x[:6].reshape(3, 2), x[6:9], x[9:12], x[12]
    h = np.tanh(common.NET_INPUTS @ W1.T + b1)
    slope = (1 - h * h) * w2
    J = np.hstack(
        [np.einsum("sk,si->ski", slope, common.NET_INPUTS).reshape(5, 6), slope, h, np.ones((5, 1))]
    )
    return h @ w2 + b2 - common.NET_LABELS, J


def net_hessian(x):
    r, J = net_residuals(x)
    H = J.T @ J
    for s in range(5):
        u = np.append(common.NET_INPUTS[s], 1.0)
        for k in range(3):
            at = [2 * k, 2 * k + 1, 6 + k]
            h, w = J[s, 9 + k], x[9 + k]
            H[np.ix_(at, at)] += r[s] * w * -2 * h * (1 - h * h) * np.outer(u, u)
            H[at, 9 + k] += r[s] * (1 - h * h) * u
            H[9 + k, at] += r[s] * (1 - h * h) * u
    return H / 5


def rosenbrock_residuals(x):
    return (
        np.array([10 * (x[1] - x[0] ** 2), 1 - x[0]]),
        np.array([[-20 * x[0], 10.0], [-1.0, 0.0]]),
    )


HESSIANS = {
    common.rosenbrock: lambda x: np.array(
        [[1200 * x[0] ** 2 - 400 * x[1] + 2, -400 * x[0]], [-400 * x[0], 200.0]]
    ),
    common.net: net_hessian,
    dense_quadratic: lambda x: A,
    common.quadratic: lambda x: np.diag(common.LAMBDA),
    common.net_plus_square: lambda x: net_hessian(x) + np.eye(13),
}
RESIDUALS = {common.rosenbrock: rosenbrock_residuals, common.net: net_residuals}

# ---- Methods ------------------------------------------------------------------------------------


def arrived(x, before):
    """Where a method that converges fast is at the end of what rounding lets it tell."""
    return np.max(np.abs(x - before)) <= 1e-9 * np.max(np.abs(x))


def newton_direction(H, g, form, damping, curvature_floor):
    I = np.eye(len(g))
    values, vectors = np.linalg.eigh(H)
    if form == 2:  # Dauphin et al. 2014
        return -vectors @ (vectors.T @ g / (np.abs(values) + damping))
    H = H + damping * I
    if form == 0 and values[0] + damping <= 0:
        values = values + damping
        H = H + (curvature_floor * np.max(np.abs(values)) - values[0]) * I
    if form == 1:  # Nocedal and Wright 2006, Algorithm 3.3
        tau = 0.0 if np.min(np.diag(H)) > 0 else 1e-3 - np.min(np.diag(H))
        while np.linalg.eigvalsh(H + tau * I)[0] <= 0:
            tau = max(2 * tau, 1e-3)
        H = H + tau * I
    return -np.linalg.solve(H, g)


def newton(f, x, form=0, damping=0.0, curvature_floor=1e-3, step_length=1.0):
    """Nocedal and Wright 2006, section 3.4; halvings for Armijo, but not in the pure form."""
    while True:
        before, (value, g) = x, f(x)
        d = newton_direction(HESSIANS[f](x), g, form, damping, curvature_floor)
        alpha = step_length if form == 3 else 1.0
        while form != 3 and f(x + alpha * d)[0] > value + 1e-4 * alpha * (g @ d):
            alpha /= 2
        x = x + alpha * d
        yield x
        if arrived(x, before):
            return


def linear_cg(f, x, passes=10):
    """Hestenes and Stiefel 1952; the residual anew after each 50 steps."""
    H, x0, g = HESSIANS[f](x), x, f(x)[1]
    r, d = g, -g
    for k in range(passes * len(x)):
        Hd = H @ d
        if d @ Hd <= 0 or r @ r == 0:
            return
        alpha = (r @ r) / (d @ Hd)
        x = x + alpha * d
        r_next, restart = r + alpha * Hd, False
        if (k + 1) % 50 == 0:
            recursive, r_next = r_next, g + H @ (x - x0)
            restart = np.linalg.norm(recursive - r_next) > 0.1 * np.linalg.norm(r_next)
        beta = 0.0 if restart else (r_next @ r_next) / (r @ r)
        r, d = r_next, -r_next + beta * d
        yield x


def conjugate_directions(f, x, directions=0):
    """Hestenes and Stiefel 1952, section 4; exact minimization along each of a conjugate set."""
    H = HESSIANS[f](x)
    if directions == 0:
        D = np.linalg.eigh(H)[1].T
    else:
        D = np.eye(len(x))
        for k in range(len(x)):
            for j in range(k):
                D[k] -= (np.eye(len(x))[k] @ H @ D[j]) / (D[j] @ H @ D[j]) * D[j]
    for d in D:
        x = x - (f(x)[1] @ d) / (d @ H @ d) * d
        yield x


def steihaug(H, g, radius):
    """Nocedal and Wright 2006, Algorithm 7.2: p, and whether it lies on the boundary."""
    m = lambda p: g @ p + 0.5 * p @ H @ p
    z, r, d = np.zeros_like(g), g, -g
    tolerance = min(0.5, np.sqrt(np.linalg.norm(g))) * np.linalg.norm(g)

    def on_sphere():
        return [z + t * d for t in np.roots([d @ d, 2 * z @ d, z @ z - radius**2])]

    while True:
        if d @ H @ d <= 0:
            return min(on_sphere(), key=m), True
        alpha = (r @ r) / (d @ H @ d)
        if np.linalg.norm(z + alpha * d) >= radius:
            return max(on_sphere(), key=lambda p: (p - z) @ d), True
        z, r_next = z + alpha * d, r + alpha * H @ d
        if np.linalg.norm(r_next) < tolerance:
            return z, False
        d, r = -r_next + (r_next @ r_next) / (r @ r) * d, r_next


def trust_region(f, x, initial_radius=1.0, max_radius=1000.0, eta=0.15):
    """Nocedal and Wright 2006, Algorithm 4.1, with SciPy's constants."""
    radius = initial_radius
    while True:
        value, g = f(x)
        H = HESSIANS[f](x)
        p, at_boundary = steihaug(H, g, radius)
        actual, predicted = value - f(x + p)[0], -(g @ p + 0.5 * p @ H @ p)
        noise = 10 * np.finfo(float).eps * abs(value)
        rho = 1.0 if predicted < noise and abs(actual) < noise else actual / predicted
        if rho < 0.25:
            radius = radius / 4
        elif rho > 0.75 and at_boundary:
            radius = min(2 * radius, max_radius)
        before = x
        x = x + p if rho > eta else x
        yield x
        if rho > eta and arrived(x, before):
            return


METHODS = {
    "newton": newton,
    "linear_cg": linear_cg,
    "conjugate_directions": conjugate_directions,
    "trust_region": trust_region,
}

# Newton's path on the net passes Hessians that are nearly singular or just turn definite: solving
# with them magnifies roundings some 1e6 times. In Rosenbrock's valley H has a condition of 1e3.
NEARLY_SINGULAR = 1e-9
VALLEY = 1e-11

CASES = [  # plugin, problem, settings
    ("newton", "dense_quadratic", dict(form=3, step_length=0.1)),
    ("newton", "rosenbrock", dict(form=3, step_length=0.1)),
    ("newton", "rosenbrock", dict(form=3)),
    ("newton", "net", dict(form=3, step_length=0.02), NEARLY_SINGULAR),
    ("newton", "dense_quadratic", dict(damping=20)),
    ("newton", "rosenbrock", dict(), VALLEY),
    ("newton", "rosenbrock", dict(damping=100)),
    ("newton", "net", dict(), NEARLY_SINGULAR),
    ("newton", "net", dict(curvature_floor=0.5, damping=0.1)),
    ("newton", "rosenbrock", dict(form=1), VALLEY),
    ("newton", "net", dict(form=1), NEARLY_SINGULAR),
    ("newton", "rosenbrock", dict(form=2, damping=100)),
    ("newton", "net", dict(form=2, damping=0.1)),
    ("newton", "quadratic", dict(form=1, damping=20)),
    ("newton", "quadratic", dict(form=2, damping=20)),
    ("newton", "quadratic", dict(form=3, step_length=0.1)),
    ("newton", "dense_quadratic", dict(form=1)),
    ("newton", "dense_quadratic", dict(form=2)),
    ("linear_cg", "dense_quadratic", dict()),
    ("linear_cg", "rosenbrock", dict(passes=3)),
    ("linear_cg", "net", dict()),
    ("conjugate_directions", "dense_quadratic", dict(directions=0)),
    ("conjugate_directions", "dense_quadratic", dict(directions=1)),
    ("conjugate_directions", "rosenbrock", dict(directions=0)),
    ("conjugate_directions", "rosenbrock", dict(directions=1)),
    # The net alone has no conjugate set at its start: its Hessian is indefinite there.
    ("conjugate_directions", "net_plus_square", dict(directions=0)),
    ("conjugate_directions", "net_plus_square", dict(directions=1)),
    ("trust_region", "dense_quadratic", dict()),
    ("trust_region", "rosenbrock", dict()),
    ("trust_region", "rosenbrock", dict(initial_radius=0.01, max_radius=0.02)),
    ("trust_region", "net", dict()),
    ("trust_region", "net", dict(initial_radius=1e-3, max_radius=0.01, eta=0)),
]


def check_lbfgs(history):
    """torch.optim.LBFGS on a quadratic, where both searches interpolate alike, from its first step
    of min(1, 1 / |g|_1). Scaled up: torch leaves out pairs with y's <= 1e-10 of any scale."""
    import torch

    import line_search_methods

    quadratic = lambda x: tuple(2.0**40 * v for v in common.quadratic(x))
    start = common.PROBLEMS["quadratic"][0]
    common.PROBLEMS["scaled_quadratic"] = (start, quadratic)
    first = lambda path, slope, d: min(1, 1 / np.sum(np.abs(d))) if len(path) == 1 else 1.0
    settings = dict(history=history, line_search=1, first_trial=first)
    ours = common.iterates(line_search_methods.METHODS, "lbfgs", "scaled_quadratic", settings)

    x = torch.tensor(start, requires_grad=True, dtype=torch.float64)
    optimizer = torch.optim.LBFGS(
        [x], 1, 1, None, 0, 0, history, line_search_fn="strong_wolfe"
    )  # rate, iterations a step, evaluations a step, two tolerances

    def closure():
        value, g = quadratic(x.detach().numpy())
        x.grad = torch.tensor(g)
        return torch.tensor(value)

    path = []
    for _ in ours:
        optimizer.step(closure)
        path.append(x.detach().numpy().copy())
    common.compare(f"lbfgs, history {history}, {len(ours)} steps", ours, path, 1e-9)


def check():
    import scipy.optimize
    import scipy.sparse.linalg

    path = []
    keep = lambda x: path.append(x.copy())
    scipy.sparse.linalg.cg(A, np.ones(N), np.zeros(N), maxiter=12, callback=keep, tol=1e-15)
    common.compare("linear_cg", common.iterates(METHODS, "linear_cg", "dense_quadratic", {}), path)

    for plugin, problem, settings in (case[:3] for case in CASES):
        if plugin != "trust_region":
            continue
        start, f = common.PROBLEMS[problem]
        path.clear()
        value, gradient = lambda x: f(x)[0], lambda x: f(x)[1]
        scipy.optimize.minimize(
            value,
            start,
            method="trust-ncg",
            jac=gradient,
            hess=HESSIANS[f],
            callback=keep,
            options=dict(
                initial_trust_radius=settings.get("initial_radius", 1.0),
                max_trust_radius=settings.get("max_radius", 1000.0),
                eta=settings.get("eta", 0.15),
                gtol=1e-6,
                maxiter=100,
            ),
        )
        expected = common.iterates(METHODS, "trust_region", problem, settings)
        common.compare(f"trust_region {problem} {settings}, {len(path)} steps", expected, path)

    x = common.iterates(METHODS, "conjugate_directions", "dense_quadratic", {})[-1]
    common.compare("conjugate_directions, end", [np.linalg.solve(A, np.ones(N))], [x])
    # Last: what it imports imports this script once more.
    for history in (4, 6, 10):
        check_lbfgs(history)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
