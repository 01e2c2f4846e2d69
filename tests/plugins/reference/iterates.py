#!/usr/bin/python3
"""Reference iterates of the first-order plugins, written from the papers' formulas in NumPy float64.

    iterates.py > iterates.csv        writes the table that iterates_test.cpp reads
    iterates.py --check-with-torch    compares with torch.optim in float64, if torch is installed

Columns: plugin, problem, settings, number of steps, x after them as hexadecimal doubles.
"""

import sys

import numpy as np

STEPS = (1, 2, 3, 5, 10, 20, 40, 70, 100)

LAMBDA = 1.0 + 11.0 * np.arange(10)  # condition number 100


def rosenbrock_gradient(x):
    a = x[1] - x[0] * x[0]
    return np.array([-400 * x[0] * a - 2 * (1 - x[0]), 200 * a])


PROBLEMS = {  # start, gradient
    "quadratic": (np.ones(10), lambda x: LAMBDA * x),
    "rosenbrock": (np.array([-1.2, 1.0]), rosenbrock_gradient),
    "flat": (np.array([0.0, 5.0, 2.0]), lambda x: np.array([x[0] - 3, 0.0, x[2] * x[2] * x[2]])),
}


def heavy_ball(grad, x, learning_rate, beta):
    """Sutskever et al. 2013, (1) and (2), with the rate outside the velocity."""
    v = np.zeros_like(x)
    while True:
        v = beta * v - grad(x)
        x = x + learning_rate * v
        yield x


def nesterov(grad, x, learning_rate, beta, form):
    """form 0: Sutskever et al. 2013, (3) and (4); form 1: torch.optim.SGD(nesterov=True)."""
    v = np.zeros_like(x)
    while True:
        if form == 0:
            v = beta * v - grad(x + learning_rate * beta * v)
            x = x + learning_rate * v
        else:
            g = grad(x)
            v = beta * v + g
            x = x - learning_rate * (g + beta * v)
        yield x


def adam(grad, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Kingma and Ba 2015, Algorithm 1."""
    m, v, t = np.zeros_like(x), np.zeros_like(x), 0
    while True:
        t += 1
        g = grad(x)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        m_hat = m / (1 - beta1**t)
        v_hat = v / (1 - beta2**t)
        x = x - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        yield x


METHODS = {"heavy_ball": heavy_ball, "nesterov": nesterov, "adam": adam}

CASES = [  # plugin, problem, settings
    ("heavy_ball", "quadratic", dict(learning_rate=0.02, beta=0.8)),
    ("heavy_ball", "rosenbrock", dict(learning_rate=5e-4, beta=0.9)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=0)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=0)),
    ("nesterov", "quadratic", dict(learning_rate=0.01, beta=0.8, form=1)),
    ("nesterov", "rosenbrock", dict(learning_rate=5e-4, beta=0.9, form=1)),
    ("adam", "quadratic", dict(learning_rate=0.05)),
    ("adam", "rosenbrock", dict(learning_rate=0.02)),
    ("adam", "rosenbrock", dict(learning_rate=0.01, beta1=0.5, beta2=0.9, epsilon=1e-3)),
    ("adam", "flat", dict(learning_rate=0.1)),
]


def iterates(plugin, problem, settings):
    start, grad = PROBLEMS[problem]
    method = METHODS[plugin](grad, start, **settings)
    return [next(method) for _ in range(max(STEPS))]


def write():
    print("plugin,problem,settings,steps,x")
    for plugin, problem, settings in CASES:
        path = iterates(plugin, problem, settings)
        text = " ".join(f"{name}={value!r}" for name, value in settings.items())
        for k in STEPS:
            print(plugin, problem, text, k, " ".join(float(v).hex() for v in path[k - 1]), sep=",")


def torch_optimizer(torch, plugin, settings, x):
    rate = settings["learning_rate"]
    if plugin == "adam":
        betas = (settings.get("beta1", 0.9), settings.get("beta2", 0.999))
        return torch.optim.Adam([x], lr=rate, betas=betas, eps=settings.get("epsilon", 1e-8))
    return torch.optim.SGD([x], lr=rate, momentum=settings["beta"], nesterov=plugin == "nesterov")


def check_with_torch():
    try:
        import torch
    except ImportError:
        print("torch is not installed: nothing checked")
        return
    for plugin, problem, settings in CASES:
        if settings.get("form") == 0:
            continue  # torch has only the other form
        start, grad = PROBLEMS[problem]
        x = torch.tensor(start, dtype=torch.float64, requires_grad=True)
        optimizer = torch_optimizer(torch, plugin, settings, x)
        worst = 0.0
        for expected in iterates(plugin, problem, settings):
            x.grad = torch.tensor(grad(x.detach().numpy()), dtype=torch.float64)
            optimizer.step()
            difference = np.max(np.abs(x.detach().numpy() - expected)) / np.max(np.abs(expected))
            worst = max(worst, difference)
        print(f"{plugin} {problem} {settings}: largest relative difference {worst:.1e}")
        if worst > 1e-12:
            sys.exit("the reference and torch disagree")


if __name__ == "__main__":
    check_with_torch() if "--check-with-torch" in sys.argv[1:] else write()
