#!/usr/bin/python3
"""Reference iterates of plugins/finite_sums, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common


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


def svrg(f, x, learning_rate, m):
    """Johnson and Zhang 2013, Figure 1, option I, with all samples in every batch."""
    while True:
        snapshot, mu = x.copy(), f(x)[1]
        for _ in range(int(m)):
            x = x - learning_rate * (f(x)[1] - f(snapshot)[1] + mu)
            yield x


METHODS = {"schedule_free_sgd": schedule_free_sgd, "svrg": svrg}

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
]


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
    common.main(METHODS, CASES, check)
