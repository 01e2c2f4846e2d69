"""What the reference scripts share: problems with closed forms, and the table that they write.

Each script names its METHODS (a generator of iterates by plugin) and CASES, and ends in main(...):

    SCRIPT > SCRIPT's name.csv      writes the table that iterates_test.cpp reads
    SCRIPT --check                  compares with the libraries that the script names, and exits with
                                    77 where one of them is not installed

Columns: plugin, problem, settings, number of steps, tolerance, x after them as hexadecimal doubles.
A method that ends by itself before the 100th step has a last row for where it ended.
A tolerance is relative to the largest |x_i|: 1e-12 unless the case says why more.
"""

import itertools
import math
import sys

import numpy as np

STEPS = (1, 2, 3, 5, 10, 20, 40, 70, 100)
TOLERANCE = 1e-12  # some 1e3 roundings on methods that do not amplify them, and room for 1 - beta^t

LAMBDA = 1.0 + 11.0 * np.arange(10)  # condition number 100


def quadratic(x):
    return 0.5 * np.dot(LAMBDA * x, x), LAMBDA * x


COUPLED = 1 / (1.0 + np.abs(np.subtract.outer(np.arange(6), np.arange(6)))) + np.diag(np.arange(6))
COUPLED_B = np.array([2.0, -2.0] * 3)


def coupled(x):
    return x @ (COUPLED @ x / 2 - COUPLED_B), COUPLED @ x - COUPLED_B


def rosenbrock(x):
    a, b = x[1] - x[0] * x[0], 1 - x[0]
    return 100 * a * a + b * b, np.array([-400 * x[0] * a - 2 * b, 200 * a])


def flat(x):
    """1/2 (x_0 - 3)^2 + 1/4 x_2^4: x_1 does not enter."""
    f = (x[0] - 3) ** 2 / 2 + x[2] ** 4 / 4
    return f, np.array([x[0] - 3, 0.0, x[2] * x[2] * x[2]])


NET_INPUTS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0], [0.5, 0.25]])
NET_LABELS = np.array([-0.8, 0.8, 0.8, -0.8, 0.3])


def net(x):
    """Mean of 1/2 (w2' tanh(W1 u + b1) + b2 - y)^2 over five samples; x = W1 (3 x 2), b1, w2, b2."""
    W1, b1, w2, b2 = x[:6].reshape(3, 2), x[6:9], x[9:12], x[12]
    h = np.tanh(NET_INPUTS @ W1.T + b1)
    r = h @ w2 + b2 - NET_LABELS
    back = r[:, None] * w2 * (1 - h * h)
    g = np.concatenate([(back.T @ NET_INPUTS).ravel(), back.sum(0), h.T @ r, [r.sum()]])
    return 0.5 * np.dot(r, r) / 5, g / 5


def net_plus_square(x):
    """The net and 1/2 x'x, which makes its Hessian at the start positive definite."""
    f, g = net(x)
    return f + 0.5 * np.dot(x, x), g + x


PROBLEMS = {  # start, x -> (f, gradient)
    "quadratic": (np.ones(10), quadratic),
    "coupled": (np.ones(6), coupled),
    "rosenbrock": (np.array([-1.2, 1.0]), rosenbrock),
    "flat": (np.array([0.0, 5.0, 2.0]), flat),
    "net": (np.array([((7 * i) % 13 - 6) / 8 for i in range(13)]), net),
    "net_plus_square": (np.array([((7 * i) % 13 - 6) / 8 for i in range(13)]), net_plus_square),
}


def random_bits(stream, index):
    """Word `index` of the test host's stream of that name: tests/plugins/random.hpp."""
    mask, seed = 2**64 - 1, 0xCBF29CE484222325
    for byte in stream.encode():
        seed = (seed ^ byte) * 0x100000001B3 & mask
    z = seed + (index + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ z >> 27) * 0x94D049BB133111EB & mask
    return z ^ z >> 31


def uniform(stream, index):
    return (random_bits(stream, index) >> 11) * 2.0**-53


def normal(stream, index):
    radius = math.sqrt(-2 * math.log(1 - uniform(stream, 2 * index)))
    return radius * math.cos(2 * math.pi * uniform(stream, 2 * index + 1))


def iterates(methods, plugin, problem, settings, count=max(STEPS)):
    """The first `count` iterates: methods[plugin](f, x0, **settings) yields them; f gives (f, g).
    Fewer where the method ends by itself."""
    start, f = PROBLEMS[problem]
    method = methods[plugin](f, start.copy(), **settings)
    return [np.array(x, dtype=float) for x in itertools.islice(method, count)]


def write(methods, cases):
    print("plugin,problem,settings,steps,tolerance,x")
    for plugin, problem, settings, *tolerance in cases:
        path = iterates(methods, plugin, problem, settings)
        text = " ".join(f"{name}={float(value)!r}" for name, value in settings.items())
        for k in sorted({k for k in STEPS if k <= len(path)} | {len(path)}):
            x = " ".join(float(v).hex() for v in path[k - 1])
            print(plugin, problem, text, k, *(tolerance or [TOLERANCE]), x, sep=",")


def compare(label, expected, found, tolerance=1e-12):
    """Exits where two lists of iterates differ by more than `tolerance`, relative."""
    worst = max(np.max(np.abs(b - a)) / np.max(np.abs(a)) for a, b in zip(expected, found))
    print(f"{label}: largest relative difference {worst:.1e}")
    if not worst <= tolerance:
        sys.exit("the reference and the library disagree")


def torch_iterates(make, problem, count=max(STEPS), decayed=None):
    """Iterates of a torch optimizer in float64: make(torch, groups) -> the optimizer, which decays
    the coordinates where `decayed` is 0 by nothing."""
    import torch

    torch.set_default_dtype(torch.float64)  # of the optimizers' own state too
    start, f = PROBLEMS[problem]
    masks = [np.ones(len(start), bool)] if decayed is None else [decayed != 0, decayed == 0]
    masks = [mask for mask in masks if mask.any()]
    parts = [torch.tensor(start[mask], requires_grad=True) for mask in masks]
    groups = [{"params": [part]} for part in parts]
    if len(groups) > 1:
        groups[1]["weight_decay"] = 0.0
    optimizer = make(torch, groups)
    x, path = start.copy(), []
    for _ in range(count):
        g = f(x)[1]
        for part, mask in zip(parts, masks):
            part.grad = torch.tensor(g[mask])
        optimizer.step()
        for part, mask in zip(parts, masks):
            x[mask] = part.detach().numpy()
        path.append(x.copy())
    return path


SKIPPED = 77  # run.py says so of a test
OPTIONAL = ("scipy", "torch", "schedulefree")


def main(methods, cases, *checks):
    """Writes the table, or with --check makes each of the checks whose libraries are installed; any
    that is not is said and makes the exit status SKIPPED."""
    if "--check" not in sys.argv[1:]:
        write(methods, cases)
        return
    missing = 0
    for check in checks:
        try:
            check()
        except ModuleNotFoundError as error:
            if error.name.split(".")[0] not in OPTIONAL:
                raise  # a mistake of ours
            print(f"not compared: {error}")
            missing += 1
    sys.exit(SKIPPED if missing else 0)
