#!/usr/bin/python3
"""Reference iterates of plugins/finite_sums, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common
from second_order import net_residuals


def schedule_free_sgd(f, z, learning_rate, beta=0.9, r=0, weight_power=2):
    """Defazio et al. 2024, (1) to (3); w_t = t^r gamma_max^p as in the authors' code. Yields z."""
    x, total, t = z.copy(), 0.0, 0
    while True:
        t += 1
        y = (1 - beta) * z + beta * x
        z = z - learning_rate * f(y)[1]
        w = t**r * learning_rate**weight_power
        total += w
        x = (1 - w / total) * x + w / total * z
        yield z


def svrg(f, x, learning_rate, m=0):
    """Johnson and Zhang 2013, Figure 1, option I; m = 0: a pass. All samples in every batch where
    the problem is not one in batches."""
    batched, t = hasattr(f, "batch"), 0
    on_batch = lambda x, t: f.samples(x)[f.batch(t)].mean(0) if batched else f(x)[1]
    while True:
        snapshot, mu = x.copy(), f(x)[1]
        for _ in range(int(m) or f.pass_steps):
            x = x - learning_rate * (on_batch(x, t) - on_batch(snapshot, t) + mu)
            t += 1
            yield x


# ---- Sums in batches: each sample's gradients, one a row; means are common.py's problems ----------


def net_samples(x):
    r, J = net_residuals(x)
    return r[:, None] * J


def quadratic_samples(x):
    """10 times the terms of 1/2 sum lambda_i x_i^2."""
    return 10 * np.diag(common.LAMBDA * x)


def rosenbrock_samples(x):
    """Twice each of the two squares."""
    a, b = x[1] - x[0] * x[0], 1 - x[0]
    return 2 * np.array([[-400 * x[0] * a, 200 * a], [-2 * b, 0.0]])


def in_batches(problem, samples, batch):
    """PROBLEMS' entry whose f has the samples' gradients, and the samples of step t: in order."""
    start, f = common.PROBLEMS[problem]
    count = len(samples(start))

    def sum_of(x):
        return f(x)

    sum_of.samples = samples
    sum_of.count = count
    sum_of.batch = lambda t: [(t * batch + k) % count for k in range(batch)]
    sum_of.pass_steps = -(-count // batch)
    common.PROBLEMS[problem + "_in_batches"] = (start, sum_of)


in_batches("net", net_samples, 2)
in_batches("quadratic", quadratic_samples, 3)
in_batches("rosenbrock", rosenbrock_samples, 1)


def saga(f, x, learning_rate):
    """Defazio, Bach and Lacoste-Julien 2014, (1), with the mean over a batch."""
    phi, t = f.samples(x), 0
    while True:
        batch = f.batch(t)
        g, t = f.samples(x), t + 1
        x = x - learning_rate * (np.mean(g[batch] - phi[batch], axis=0) + np.mean(phi, axis=0))
        phi[batch] = g[batch]
        yield x


METHODS = {"schedule_free_sgd": schedule_free_sgd, "svrg": svrg, "saga": saga}

CASES = [  # plugin, problem, settings
    ("schedule_free_sgd", "quadratic", dict(learning_rate=0.05)),
    ("schedule_free_sgd", "quadratic", dict(learning_rate=0.01, beta=0.0)),
    ("schedule_free_sgd", "quadratic", dict(learning_rate=0.05, beta=1.0, r=1.0)),
    ("schedule_free_sgd", "rosenbrock", dict(learning_rate=1e-3, beta=0.9)),
    ("schedule_free_sgd", "rosenbrock", dict(learning_rate=1e-3, beta=0.7, r=0.75, weight_power=0)),
    ("schedule_free_sgd", "net", dict(learning_rate=0.3)),
    ("schedule_free_sgd", "net", dict(learning_rate=0.1, beta=0.5, r=2.0)),
    ("svrg", "quadratic", dict(learning_rate=0.015, m=7)),
    ("svrg", "rosenbrock", dict(learning_rate=1e-3, m=10)),
    ("svrg", "net", dict(learning_rate=0.3, m=3)),
    ("svrg", "quadratic_in_batches", dict(learning_rate=5e-4)),
    ("svrg", "rosenbrock_in_batches", dict(learning_rate=2e-4, m=5)),
    ("svrg", "net_in_batches", dict(learning_rate=0.2)),
    ("svrg", "net_in_batches", dict(learning_rate=0.2, m=7)),
    ("saga", "quadratic_in_batches", dict(learning_rate=2e-4)),
    ("saga", "rosenbrock_in_batches", dict(learning_rate=2e-4)),
    ("saga", "net_in_batches", dict(learning_rate=0.2)),
    ("schedule_free_sgd", "net", dict(learning_rate=0.1)),
    ("svrg", "net_in_batches", dict(learning_rate=0.01)),
    ("saga", "net_in_batches", dict(learning_rate=0.01)),
]


def check_samples():
    """The samples' gradients have the gradient as their mean."""
    for problem in ("quadratic", "rosenbrock", "net"):
        start, f = common.PROBLEMS[problem + "_in_batches"]
        x = start + 0.1
        common.compare(f"samples of {problem}", [f(x)[1]], [f.samples(x).mean(0)])


def check():
    """The authors' package, if installed, keeps y; z is in its state."""
    from schedulefree import SGDScheduleFree

    for plugin, problem, settings in CASES:
        if plugin != "schedule_free_sgd" or not 0 < settings.get("beta", 0.9) < 1:
            continue
        import torch

        start, f = common.PROBLEMS[problem]
        y = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = SGDScheduleFree(
            [y],
            lr=settings["learning_rate"],
            momentum=settings.get("beta", 0.9),
            r=settings.get("r", 0.0),
            weight_lr_power=settings.get("weight_power", 2.0),
        )
        path = []
        for _ in range(max(common.STEPS)):
            y.grad = torch.tensor(f(y.detach().numpy())[1], dtype=torch.float64)
            optimizer.step()
            path.append(optimizer.state[y]["z"].numpy().copy())
        expected = common.iterates(METHODS, plugin, problem, settings)
        common.compare(f"{plugin} {problem} {settings}", expected, path)


if __name__ == "__main__":
    common.main(METHODS, CASES, check_samples, check)
