#!/usr/bin/python3
"""Reference iterates of plugins/first_order, from the papers' formulas in NumPy. See common.py.
One script, though long: it writes one table, which a test compares whole."""

import numpy as np

import common


def decayed(f, x):
    """1 for coordinates that weight decay applies to; the net's biases are exempt."""
    mask = np.ones_like(x)
    if f is common.net:
        mask[[6, 7, 8, 12]] = 0
    return mask


def gradient_descent(f, x, learning_rate, weight_decay=0):
    """Robbins and Monro 1951, of f + lambda/2 |x|^2."""
    penalty = weight_decay * decayed(f, x)
    while True:
        x = x - learning_rate * (f(x)[1] + penalty * x)
        yield x


def heavy_ball(f, x, learning_rate, beta=0, form=0, weight_decay=0):
    """Sutskever et al. 2013, (1) and (2): v <- beta v - g, x <- x + alpha v (form 0), and with the
    rate inside v (1); Kingma and Ba 2015, m and m^ in place of g (2, 3); m = g at first (4); the
    lecture's u <- u - b g, x <- x + c u with b = 1 (5)."""
    v = np.zeros_like(x)
    penalty = weight_decay * decayed(f, x)
    t = 0
    while True:
        g = f(x)[1] + penalty * x
        t += 1
        if form == 0:
            v = beta * v - g
            x = x + learning_rate * v
        elif form == 1:
            v = beta * v - learning_rate * g
            x = x + v
        elif form == 5:
            v = v - g
            x = x + learning_rate * v
        else:
            v = g if form == 4 and t == 1 else beta * v + (1 - beta) * g
            x = x - learning_rate * (v / (1 - beta**t) if form == 3 else v)
        yield x


def nesterov(f, x, learning_rate, form, beta=0, restart=0, ramp=0):
    """form 0: Sutskever et al. 2013, (3) and (4); 1: torch.optim.SGD(nesterov=True); 2: form 0 with
    the gradient at x + alpha v; 3: Nesterov 1983 as in Su, Boyd and Candes 2016, (1).
    restart 1, 2: O'Donoghue and Candes 2015, section 3.2: the momentum begins anew at x_k where
    f(x_k) > f(x_{k-1}), or where grad f(y_{k-1})'(x_k - x_{k-1}) > 0, y where the gradient was taken.
    form 4: form 3 with y_k = x_k + k / (k + 3) (x_k - x_{k-1}).
    ramp: Sutskever et al. 2013, (5), t = 1, 2, ... since the beginning of the momentum."""
    none = np.zeros_like(x)
    v, y, k, f_before = none, x, 0, np.inf
    while True:
        if restart == 1:
            here = f(x)[0]
            if here > f_before:
                v, y, k = none, x, 0
            f_before = here
        mu = min(1 - 2 ** (-1 - np.log2((k + 1) // 250 + 1)), beta) if ramp else beta
        k += 1
        if form == 1:
            g = f(x)[1]
            v = mu * v + g
            if restart == 2 and g @ -v > 0:  # x_k - x_{k-1} of form 0 is -learning_rate v
                v, k = none, 0
            x = x - learning_rate * (g + mu * v)
        elif form in (3, 4):
            g = f(y)[1]
            before, x = x, y - learning_rate * g
            y = x + ((k - 1) / (k + 2) if form == 3 else k / (k + 3)) * (x - before)
            if restart == 2 and g @ (x - before) > 0:
                y, k = x, 0
        else:
            g = f(x + learning_rate * (mu if form == 0 else 1) * v)[1]
            v = mu * v - g
            x = x + learning_rate * v
            if restart == 2 and g @ v > 0:
                v, k = none, 0
        yield x


def normalized(f, x, learning_rate, epsilon):
    while True:
        g = f(x)[1]
        x = x - learning_rate * g / np.sqrt(g * g + epsilon)
        yield x


def sign_sgd(f, x, learning_rate, beta=0):
    """Bernstein et al. 2018, Algorithms 1 and 2."""
    m = np.zeros_like(x)
    while True:
        m = beta * m + (1 - beta) * f(x)[1]
        x = x - learning_rate * np.sign(m)
        yield x


def rprop(f, x, initial_step, eta_minus=0.5, eta_plus=1.2, delta_min=1e-6, delta_max=50.0):
    """Igel and Huesken 2003, section 2.3, coordinate by coordinate."""
    delta, before = np.full_like(x, initial_step), np.zeros_like(x)
    while True:
        g, x = f(x)[1], x.copy()
        for i in range(len(x)):
            if before[i] * g[i] > 0:
                delta[i] = min(delta[i] * eta_plus, delta_max)
            elif before[i] * g[i] < 0:
                delta[i] = max(delta[i] * eta_minus, delta_min)
                g[i] = 0
            x[i] -= np.sign(g[i]) * delta[i]
        before = g
        yield x


def with_decay(x, share, step, decay_order):
    """x less the step and its share: before the step as torch (0), at once with it as Loshchilov and
    Hutter print it (1), after it as SOAP (2)."""
    if decay_order == 0:
        x = x - share * x
        return x - step
    if decay_order == 1:
        return x - step - share * x
    x = x - step
    return x - share * x


def sgdw(f, x, learning_rate=1e-2, beta=0.9, weight_decay=1e-2, decay_form=0, decay_order=0):
    """Loshchilov and Hutter 2019, Algorithm 1, with eta = 1; decay_form 0: lambda times alpha."""
    m = np.zeros_like(x)
    share = weight_decay * (learning_rate if decay_form == 0 else 1) * decayed(f, x)
    while True:
        m = beta * m + learning_rate * f(x)[1]
        x = with_decay(x, share, m, decay_order)
        yield x


def hessian(f, x):
    """By central differences of complex steps where f takes them: exact to rounding."""
    columns = []
    for i in range(len(x)):
        z = x.astype(complex)
        z[i] += 1e-100j
        columns.append(f(z)[1].imag / 1e-100)
    h = np.array(columns)
    return (h + h.T) / 2


def preconditioned_gd(f, x, learning_rate, preconditioner):
    h = hessian(f, x)
    p = h if preconditioner == 0 else np.diag(np.diag(h))
    while True:
        x = x - learning_rate * np.linalg.solve(p, f(x)[1])
        yield x


def perturbed_gd(f, x, learning_rate, radius, form=0, gradient_threshold=0, pause=0):
    """form 0: Jin et al. 2021, Algorithm 4; 1: Jin et al. 2017, Algorithm 1."""
    n, t, kicked = len(x), 0, -np.inf
    while True:
        g = f(x)[1]
        xi = np.array([common.normal("noise", t * n + i) for i in range(n)])
        if form == 0:
            g = g + radius / np.sqrt(n) * xi
        elif np.sqrt(g @ g) <= gradient_threshold and t - kicked > pause:
            x = x + radius * common.uniform("length", t) ** (1 / n) * xi / np.sqrt(xi @ xi)
            g, kicked = f(x)[1], t
        x = x - learning_rate * g
        t += 1
        yield x


def barzilai_borwein(f, x, length, safeguard, first_step=0, memory=10):
    """Barzilai and Borwein 1988, (5) and (6); with safeguard 0 Raydan 1997's algorithm, its step cut
    to the parabola's vertex within [a/10, a/2], and the last alpha where s'y <= 0."""
    value, g = f(x)
    alpha = first_step if first_step > 0 else 1 / np.max(np.abs(g))
    values = [value]
    while True:
        a = alpha
        while safeguard == 0:
            trial = f(x - a * g)[0]
            if trial <= max(values[-int(memory) :]) - 1e-4 * a * (g @ g):
                break
            vertex = a * a * (g @ g) / (2 * (trial - values[-1] + a * (g @ g)))
            a = min(max(vertex, a / 10), a / 2)
        s = -a * g
        x = x + s
        value, after = f(x)
        y, g = after - g, after
        values.append(value)
        if s @ y > 0:
            alpha = np.clip(s @ s / (s @ y) if length == 0 else s @ y / (y @ y), 1e-10, 1e10)
        yield x


DEFAULTS = [  # every plugin as it is without settings; where a default is not said, it is the method's
    ("gradient_descent", "net", dict(learning_rate=0.01)),
    ("heavy_ball", "net", dict(learning_rate=0.01, beta=0.9)),
    ("nesterov", "net", dict(learning_rate=0.01, beta=0.9, form=0)),
    ("normalized", "net", dict(learning_rate=0.001, epsilon=1e-8)),
    ("sign_sgd", "net", dict(learning_rate=0.001)),
    ("rprop", "net", dict(initial_step=0.01)),
    ("sgdw", "net", dict()),
    ("preconditioned_gd", "net_plus_square", dict(learning_rate=1, preconditioner=0)),
    ("perturbed_gd", "net", dict(learning_rate=0.01, radius=0.01)),
    ("barzilai_borwein", "coupled", dict(length=0, safeguard=0)),  # elsewhere its path is chaotic
]

METHODS = {
    method.__name__: method
    for method in (
        gradient_descent, heavy_ball, nesterov, normalized, sign_sgd, rprop, sgdw,
        preconditioned_gd, perturbed_gd, barzilai_borwein,
    )
}  # fmt: skip

# Rates of quadratic, Rosenbrock and net for methods with a momentum of beta.
MOMENTUM = [("quadratic", 0.01, 0.8), ("rosenbrock", 5e-4, 0.9), ("net", 0.1, 0.9)]

CASES = [  # plugin, problem, settings
    ("heavy_ball", "quadratic", dict(learning_rate=0.02, beta=0.8)),
    ("heavy_ball", "rosenbrock", dict(learning_rate=5e-4, beta=0.9)),
    ("heavy_ball", "net", dict(learning_rate=0.1, beta=0.9)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=0)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=0)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=1)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=1)),
    ("nesterov", "net", dict(learning_rate=0.1, beta=0.9, form=1)),
    ("nesterov", "net", dict(learning_rate=0.1, beta=0.9, form=0)),
]
for problem, rate, beta in MOMENTUM:
    for form in (1, 2, 3, 4, 5):
        settings = dict(learning_rate=rate, form=form, weight_decay=0.01)
        if form != 5:  # the form without friction has no beta
            settings["beta"] = beta
        CASES.append(("heavy_ball", problem, settings))
    CASES.append(("nesterov", problem, dict(learning_rate=rate / 2, beta=beta, form=2)))
    CASES.append(("nesterov", problem, dict(learning_rate=rate, form=3)))
    CASES.append(("nesterov", problem, dict(learning_rate=rate, form=4)))
    for restart in (1, 2):
        for form in (0, 1, 2):
            settings = dict(learning_rate=rate / 2, beta=0.97, form=form, restart=restart)
            CASES.append(("nesterov", problem, settings))
        growing = dict(learning_rate=2 * rate if problem == "net" else rate, form=3, restart=restart)
        CASES.append(("nesterov", problem, growing))
        CASES.append(("nesterov", problem, dict(growing, form=4)))
    for form in (0, 1, 2):
        settings = dict(learning_rate=rate / 2, beta=beta, form=form, ramp=1)
        CASES.append(("nesterov", problem, settings))
    CASES.append(("gradient_descent", problem, dict(learning_rate=rate, weight_decay=0.1)))
    for decay_form in (0, 1):
        settings = dict(learning_rate=rate, beta=beta, weight_decay=0.01, decay_form=decay_form)
        CASES.append(("sgdw", problem, settings))
        for decay_order in (1, 2):
            CASES.append(("sgdw", problem, dict(settings, decay_order=decay_order)))
    CASES.append(("perturbed_gd", problem, dict(learning_rate=rate, radius=0.5)))
CASES += [
    ("normalized", "quadratic", dict(learning_rate=0.01, epsilon=1e-2)),
    ("normalized", "rosenbrock", dict(learning_rate=0.01, epsilon=1e-4)),
    ("normalized", "net", dict(learning_rate=0.01, epsilon=1e-3)),
    # Rates at which no gradient is 0 in exact arithmetic: rounding would choose its sign.
    ("sign_sgd", "quadratic", dict(learning_rate=0.013)),
    ("sign_sgd", "rosenbrock", dict(learning_rate=0.013)),
    ("sign_sgd", "net", dict(learning_rate=0.013)),
    ("sign_sgd", "quadratic", dict(learning_rate=0.013, beta=0.9)),
    ("sign_sgd", "rosenbrock", dict(learning_rate=0.013, beta=0.9)),
    ("sign_sgd", "net", dict(learning_rate=0.013, beta=0.9)),
    ("rprop", "quadratic", dict(initial_step=0.013)),
    ("rprop", "rosenbrock", dict(initial_step=0.013)),
    ("rprop", "net", dict(initial_step=0.013)),
    ("rprop", "net", dict(initial_step=0.1, eta_minus=0.4, eta_plus=1.3, delta_max=0.2)),
    ("preconditioned_gd", "quadratic", dict(learning_rate=0.5, preconditioner=0)),
    ("preconditioned_gd", "rosenbrock", dict(learning_rate=0.1, preconditioner=0)),
    ("preconditioned_gd", "quadratic", dict(learning_rate=0.5, preconditioner=1)),
    ("preconditioned_gd", "rosenbrock", dict(learning_rate=0.1, preconditioner=1)),
    # The net's own Hessian at the start, and its diagonal, are not positive: they are refused.
    ("preconditioned_gd", "net_plus_square", dict(learning_rate=0.5, preconditioner=0)),
    ("preconditioned_gd", "net_plus_square", dict(learning_rate=0.5, preconditioner=1)),
    # Steps that depend on differences of gradients amplify roundings, up to 1e4 times in 100 steps
    # with these first steps and without bound with most others.
    ("barzilai_borwein", "quadratic", dict(length=0, safeguard=0, first_step=0.1), 1e-11),
    ("barzilai_borwein", "rosenbrock", dict(length=0, safeguard=0, first_step=3e-4)),
    ("barzilai_borwein", "rosenbrock", dict(length=1, safeguard=0, first_step=0.02, memory=5)),
    ("barzilai_borwein", "rosenbrock", dict(length=0, safeguard=1, first_step=3e-4)),
    ("barzilai_borwein", "rosenbrock", dict(length=1, safeguard=1, first_step=0.3)),
    ("barzilai_borwein", "net", dict(length=1, safeguard=0, first_step=0.3), 1e-11),
    ("barzilai_borwein", "net", dict(length=0, safeguard=1, first_step=0.3), 1e-9),
    ("barzilai_borwein", "net", dict(length=1, safeguard=1, first_step=0.3), 1e-11),
    ("perturbed_gd", "quadratic",
     dict(learning_rate=0.01, radius=0.5, form=1, gradient_threshold=2.0, pause=10)),
    ("perturbed_gd", "rosenbrock",
     dict(learning_rate=5e-4, radius=0.1, form=1, gradient_threshold=20.0, pause=10)),
    ("perturbed_gd", "net",
     dict(learning_rate=0.1, radius=0.5, form=1, gradient_threshold=0.3, pause=10)),
]  # fmt: skip
CASES += DEFAULTS


def check():
    import first_order_checks

    first_order_checks.check()


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
