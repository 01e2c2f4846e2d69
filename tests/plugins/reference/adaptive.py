#!/usr/bin/python3
"""Reference iterates of plugins/adaptive, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common


def adam(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Kingma and Ba 2015, Algorithm 1."""
    m, v, t = np.zeros_like(x), np.zeros_like(x), 0
    while True:
        t += 1
        g = f(x)[1]
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        yield x


METHODS = {"adam": adam}

CASES = [  # plugin, problem, settings
    ("adam", "quadratic", dict(learning_rate=0.05)),
    ("adam", "rosenbrock", dict(learning_rate=0.02)),
    ("adam", "rosenbrock", dict(learning_rate=0.01, beta1=0.5, beta2=0.9, epsilon=1e-3)),
    ("adam", "flat", dict(learning_rate=0.1)),
    ("adam", "net", dict(learning_rate=0.02)),
]


def check():
    for plugin, problem, settings in CASES:
        betas = (settings.get("beta1", 0.9), settings.get("beta2", 0.999))
        found = common.torch_iterates(
            lambda torch, x: torch.optim.Adam(
                x, lr=settings["learning_rate"], betas=betas, eps=settings.get("epsilon", 1e-8)
            ),
            problem,
        )
        expected = common.iterates(METHODS, plugin, problem, settings)
        common.compare(f"{plugin} {problem} {settings}", expected, found)


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
