#!/usr/bin/python3
"""Reference iterates of plugins/first_order, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common


def heavy_ball(f, x, learning_rate, beta):
    """Sutskever et al. 2013, (1) and (2), with the rate outside the velocity."""
    v = np.zeros_like(x)
    while True:
        v = beta * v - f(x)[1]
        x = x + learning_rate * v
        yield x


def nesterov(f, x, learning_rate, beta, form):
    """form 0: Sutskever et al. 2013, (3) and (4); form 1: torch.optim.SGD(nesterov=True)."""
    v = np.zeros_like(x)
    while True:
        if form == 0:
            v = beta * v - f(x + learning_rate * beta * v)[1]
            x = x + learning_rate * v
        else:
            g = f(x)[1]
            v = beta * v + g
            x = x - learning_rate * (g + beta * v)
        yield x


METHODS = {"heavy_ball": heavy_ball, "nesterov": nesterov}

CASES = [  # plugin, problem, settings
    ("heavy_ball", "quadratic", dict(learning_rate=0.02, beta=0.8)),
    ("heavy_ball", "rosenbrock", dict(learning_rate=5e-4, beta=0.9)),
    ("heavy_ball", "net", dict(learning_rate=0.1, beta=0.9)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=0)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=0)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=1)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=1)),
    ("nesterov", "net", dict(learning_rate=0.1, beta=0.9, form=1)),
]


def check():
    for plugin, problem, settings in CASES:
        if settings.get("form") == 0:
            continue  # torch has only the other form
        found = common.torch_iterates(
            lambda torch, x: torch.optim.SGD(
                x,
                lr=settings["learning_rate"],
                momentum=settings["beta"],
                nesterov=plugin == "nesterov",
            ),
            problem,
        )
        expected = common.iterates(METHODS, plugin, problem, settings)
        common.compare(f"{plugin} {problem} {settings}", expected, found)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
