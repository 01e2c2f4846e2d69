#!/usr/bin/python3
"""Reference iterates of plugins/adaptive, from the papers' formulas in NumPy. See common.py."""

import numpy as np

import common
from first_order import decayed, with_decay


def moments(f, x, beta1, beta2):
    """What Adam's family begins a step with, for x sent in: t, g, m, v."""
    m, v, t = np.zeros_like(x), np.zeros_like(x), 0
    x, g = yield
    while True:
        t += 1
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        x, g = yield t, g, m, v


def started(*arguments):
    generator = moments(*arguments)
    next(generator)
    return generator


def adam(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, epsilon_form=0,
         bias_correction=1, weight_decay=0):
    """Kingma and Ba 2015, Algorithm 1; epsilon_form 2: the end of section 2."""
    penalty = weight_decay * decayed(f, x)
    at = started(f, x, beta1, beta2)
    while True:
        t, g, m, v = at.send((x, f(x)[1] + penalty * x))
        c1, c2 = (1 - beta1**t, 1 - beta2**t) if bias_correction else (1, 1)
        if epsilon_form == 0:
            x = x - learning_rate * (m / c1) / (np.sqrt(v / c2) + epsilon)
        elif epsilon_form == 1:
            x = x - learning_rate * (m / c1) / np.sqrt(v / c2 + epsilon)
        else:
            x = x - learning_rate * np.sqrt(c2) / c1 * m / (np.sqrt(v) + epsilon)
        yield x


def adamw(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2,
          decay_form=0, decay_order=0):
    """Loshchilov and Hutter 2019, Algorithm 2, with eta = 1; decay_form 0: lambda times alpha."""
    share = weight_decay * (learning_rate if decay_form == 0 else 1) * decayed(f, x)
    at = started(f, x, beta1, beta2)
    while True:
        t, g, m, v = at.send((x, f(x)[1]))
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        step = learning_rate * m_hat / (np.sqrt(v_hat) + epsilon)
        x = with_decay(x, share, step, decay_order)
        yield x


def amsgrad(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, definition=0):
    """Reddi, Kale and Kumar 2018, Algorithm 2 (definition 2), with v corrected after (0) or before
    (1) the maximum is taken."""
    largest = np.zeros_like(x)
    at = started(f, x, beta1, beta2)
    while True:
        t, g, m, v = at.send((x, f(x)[1]))
        c1, c2 = (1 - beta1**t, 1 - beta2**t) if definition < 2 else (1, 1)
        largest = np.maximum(largest, v / c2 if definition == 1 else v)
        root = np.sqrt(largest / c2 if definition == 0 else largest)
        x = x - learning_rate * (m / c1) / (root + epsilon)
        yield x


def adamax(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """Kingma and Ba 2015, Algorithm 2, with torch's epsilon beside |g|."""
    u = np.zeros_like(x)
    at = started(f, x, beta1, beta2)
    while True:
        t, g, m, _ = at.send((x, f(x)[1]))
        u = np.maximum(beta2 * u, np.abs(g) + epsilon)
        x = x - learning_rate / (1 - beta1**t) * np.divide(m, u, out=np.zeros_like(x), where=u > 0)
        yield x


def nadamw(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=1e-2,
           definition=2, momentum_decay=4e-3, decay_form=0, decay_order=0):
    """Dozat 2016, Algorithm 8: with the momentum mu_t of torch's documentation (definition 0), with
    a constant one (1), and AlgoPerf's, which corrects both terms for t steps (2)."""
    share = weight_decay * (learning_rate if decay_form == 0 else 1) * decayed(f, x)
    at = started(f, x, beta1, beta2)
    mu = lambda t: beta1 * (1 - 0.96 ** (t * momentum_decay) / 2)
    product = 1
    while True:
        t, g, m, v = at.send((x, f(x)[1]))
        if definition == 0:
            product *= mu(t)
            first = mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu(t)) * g / (1 - product)
        elif definition == 1:
            first = beta1 * m / (1 - beta1 ** (t + 1)) + (1 - beta1) * g / (1 - beta1**t)
        else:
            first = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
        root = np.sqrt(v / (1 - beta2**t))
        x = with_decay(x, share, learning_rate * first / (root + epsilon), decay_order)
        yield x


def nadam(f, x, learning_rate, definition=0, **settings):
    return nadamw(f, x, learning_rate, weight_decay=0, definition=definition, **settings)


def radam(f, x, learning_rate, beta1=0.9, beta2=0.999, epsilon=1e-8, threshold=0, epsilon_form=0):
    """Liu et al. 2020, Algorithm 2; epsilon as in torch (0) or as in Adam (1)."""
    at = started(f, x, beta1, beta2)
    limit = 2 / (1 - beta2) - 1
    while True:
        t, g, m, v = at.send((x, f(x)[1]))
        m_hat, c2 = m / (1 - beta1**t), 1 - beta2**t
        rho = limit - 2 * t * beta2**t / c2
        if (rho > 5, rho >= 5, rho > 4)[threshold]:
            r = np.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho))
            if epsilon_form == 0:
                inverse = np.sqrt(c2) / (np.sqrt(v) + epsilon)
            else:
                inverse = 1 / (np.sqrt(v / c2) + epsilon)
            x = x - learning_rate * r * m_hat * inverse
        else:
            x = x - learning_rate * m_hat
        yield x


def adagrad(f, x, learning_rate, epsilon=1e-10, epsilon_form=0, initial_accumulator=0):
    """Duchi, Hazan and Singer 2011, the diagonal of (1)."""
    r = np.full_like(x, initial_accumulator)
    while True:
        g = f(x)[1]
        r = r + g**2
        root = np.sqrt(r) + epsilon if epsilon_form == 0 else np.sqrt(r + epsilon)
        x = x - learning_rate * np.divide(g, root, out=np.zeros_like(x), where=root > 0)
        yield x


def adagrad_norm(f, x, learning_rate, epsilon=1e-10, initial_accumulator=0):
    """Ward, Wu and Bottou 2019, Algorithm 1, with the lecture's epsilon."""
    b2 = initial_accumulator
    while True:
        g = f(x)[1]
        b2 += np.dot(g, g)
        x = x - learning_rate * g / np.sqrt(epsilon + b2)
        yield x


def adagrad_full(f, x, learning_rate, inverse=0, delta=1e-7):
    """Duchi, Hazan and Singer 2011, (1), by the matrix square root's pseudo-inverse or inverse."""
    S = np.zeros((x.size, x.size))
    while True:
        g = f(x)[1]
        S = S + np.outer(g, g)
        values, vectors = np.linalg.eigh(S)
        keep = values > x.size * np.finfo(float).eps * values.max()
        G = (vectors[:, keep] * np.sqrt(values[keep])) @ vectors[:, keep].T
        if inverse == 0:
            root = vectors[:, keep] / np.sqrt(values[keep]) @ vectors[:, keep].T
            x = x - learning_rate * root @ g
        else:
            x = x - learning_rate * np.linalg.solve(G + delta * np.eye(x.size), g)
        yield x


def rmsprop(f, x, learning_rate, beta=0.99, epsilon=1e-8, epsilon_form=0, average_of=0, centered=0,
            bias_correction=0, momentum=0):
    """Tieleman and Hinton 2012; centered as Graves 2013, (38)-(41); average_of 1: a lecture's
    literal form, the average of the running sum."""
    r, S, mean, velocity = (np.zeros_like(x) for _ in range(4))
    t = 0
    while True:
        t += 1
        g = f(x)[1]
        S = S + g**2
        r = beta * r + (1 - beta) * (g**2 if average_of == 0 else S)
        mean = beta * mean + (1 - beta) * g
        c = 1 - beta**t if bias_correction else 1
        square = np.maximum(r / c - (mean / c) ** 2, 0) if centered else r / c
        root = np.sqrt(square) + epsilon if epsilon_form == 0 else np.sqrt(square + epsilon)
        velocity = momentum * velocity + g / root
        x = x - learning_rate * velocity
        yield x


def adadelta(f, x, learning_rate=1, rho=0.9, epsilon=1e-6):
    """Zeiler 2012, Algorithm 1."""
    E, D = np.zeros_like(x), np.zeros_like(x)
    while True:
        g = f(x)[1]
        E = rho * E + (1 - rho) * g**2
        delta = np.sqrt(D + epsilon) / np.sqrt(E + epsilon) * g
        D = rho * D + (1 - rho) * delta**2
        x = x - learning_rate * delta
        yield x


METHODS = {
    method.__name__: method
    for method in (adam, adamw, amsgrad, adamax, nadam, nadamw, radam, adagrad, adagrad_norm,
                   adagrad_full, rmsprop, adadelta)
}  # fmt: skip

OTHER = dict(beta1=0.8, beta2=0.99, epsilon=1e-2)  # settings in which epsilon matters
VARIANTS = [  # plugin, rates on quadratic, rosenbrock and net, settings
    ("adam", (0.05, 0.02, 0.02), dict()),
    ("adam", (0.05, 0.01, 0.02), dict(OTHER)),
    ("adam", (0.05, 0.01, 0.02), dict(OTHER, epsilon_form=1)),
    ("adam", (0.05, 0.01, 0.02), dict(OTHER, epsilon_form=2)),
    ("adam", (0.05, 0.01, 0.02), dict(OTHER, bias_correction=0)),
    ("adam", (0.05, 0.01, 0.02), dict(OTHER, epsilon_form=1, bias_correction=0)),
    ("adam", (0.05, 0.02, 0.02), dict(weight_decay=0.1)),
    ("adamw", (0.1, 0.02, 0.02), dict()),
    ("adamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=0.1)),
    ("adamw", (0.05, 0.02, 0.02), dict(weight_decay=2e-3, decay_form=1)),
    ("adamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=0.1, decay_order=1)),
    ("adamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=0.1, decay_order=2)),
    ("adamw", (0.05, 0.02, 0.02), dict(weight_decay=2e-3, decay_form=1, decay_order=2)),
    ("amsgrad", (0.05, 0.02, 0.02), dict()),
    ("amsgrad", (0.05, 0.02, 0.02), dict(OTHER)),
    ("amsgrad", (0.05, 0.02, 0.02), dict(OTHER, definition=1)),
    ("amsgrad", (0.05, 0.02, 0.02), dict(OTHER, definition=2)),
    ("adamax", (0.05, 0.02, 0.02), dict()),
    ("adamax", (0.05, 0.02, 0.02), dict(OTHER)),
    ("adamax", (0.05, 0.02, 0.02), dict(epsilon=0)),
    ("nadam", (0.05, 0.02, 0.02), dict()),
    ("nadam", (0.05, 0.02, 0.02), dict(OTHER, momentum_decay=0.05)),
    ("nadam", (0.05, 0.02, 0.02), dict(OTHER, definition=1)),
    ("nadam", (0.05, 0.02, 0.02), dict(OTHER, definition=2)),
    ("nadamw", (0.05, 0.02, 0.02), dict(definition=0)),
    ("nadamw", (0.05, 0.02, 0.02), dict(OTHER, definition=1, weight_decay=0.1)),
    ("nadamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=0.1)),
    ("nadamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=2e-3, decay_form=1)),
    ("nadamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=0.1, decay_order=1)),
    ("nadamw", (0.05, 0.02, 0.02), dict(OTHER, weight_decay=2e-3, decay_form=1, decay_order=2)),
    ("radam", (0.01, 1e-3, 0.1), dict()),
    ("radam", (0.01, 1e-3, 0.1), dict(OTHER)),
    ("radam", (0.01, 1e-3, 0.1), dict(OTHER, epsilon_form=1, threshold=1)),
    ("radam", (0.01, 1e-3, 0.1), dict(threshold=2)),
    ("adagrad", (0.5, 0.1, 0.1), dict()),
    ("adagrad", (0.5, 0.1, 0.1), dict(epsilon=1e-2)),
    ("adagrad", (0.5, 0.1, 0.1), dict(epsilon=1e-2, initial_accumulator=0.1)),
    ("adagrad", (0.5, 0.1, 0.1), dict(epsilon=1e-3, epsilon_form=1, initial_accumulator=0.1)),
    ("adagrad", (0.5, 0.1, 0.1), dict(epsilon=0)),
    ("adagrad_norm", (1.0, 0.5, 1.0), dict()),
    ("adagrad_norm", (1.0, 0.5, 1.0), dict(epsilon=1, initial_accumulator=4)),
    ("rmsprop", (0.01, 0.01, 0.01), dict()),
    ("rmsprop", (0.01, 0.001, 0.01), dict(beta=0.9, epsilon=1e-2)),
    ("rmsprop", (0.01, 0.001, 0.01), dict(beta=0.9, epsilon=1e-2, epsilon_form=1)),
    ("rmsprop", (0.01, 0.01, 0.01), dict(beta=0.9, epsilon=0.1, centered=1)),
    ("rmsprop", (0.01, 0.01, 0.01), dict(beta=0.9, epsilon=0.1, centered=1, epsilon_form=1)),
    ("rmsprop", (0.005, 0.005, 0.005), dict(epsilon=0.1, centered=1, momentum=0.5)),
    ("rmsprop", (0.005, 0.005, 0.005), dict(epsilon=1e-2, momentum=0.9)),
    ("rmsprop", (0.01, 0.01, 0.01), dict(epsilon=1e-3, bias_correction=1)),
    ("rmsprop", (0.01, 0.01, 0.01), dict(epsilon=1e-3, epsilon_form=1, bias_correction=1)),
    ("rmsprop", (0.1, 0.05, 0.05), dict(beta=0.9, average_of=1)),
    ("rmsprop", (0.1, 0.05, 0.05), dict(beta=0.9, epsilon=1e-2, average_of=1, epsilon_form=1)),
    ("adadelta", (1.0, 1.0, 1.0), dict()),
    ("adadelta", (1.0, 1.0, 1.0), dict(rho=0.95, epsilon=1e-4)),
]
CASES = [  # plugin, problem, settings
    (plugin, problem, dict(learning_rate=rate, **settings))
    for plugin, rates, settings in VARIANTS
    for problem, rate in zip(("quadratic", "rosenbrock", "net"), rates)
]
CASES += [
    ("adam", "flat", dict(learning_rate=0.1)),
    ("adagrad", "flat", dict(learning_rate=0.1, epsilon=0)),
    ("adamax", "flat", dict(learning_rate=0.1, epsilon=0)),
    ("adagrad_full", "rosenbrock", dict(learning_rate=0.1)),
    ("adagrad_full", "quadratic", dict(learning_rate=1.0, inverse=1, delta=10.0)),
    ("adagrad_full", "rosenbrock", dict(learning_rate=0.1, inverse=1, delta=10.0)),
    ("adagrad_full", "net", dict(learning_rate=0.5, inverse=1, delta=10.0)),
    # While G gains rank its pseudo-inverse divides by the square root of its least eigenvalue.
    ("adagrad_full", "quadratic", dict(learning_rate=1.0), 1e-9),
    ("adagrad_full", "net", dict(learning_rate=1.0), 1e-10),
]
DEFAULT_RATES = dict(adam=1e-3, adamw=1e-3, amsgrad=1e-3, adamax=2e-3, nadam=2e-3, nadamw=1e-3,
                     radam=1e-3, adagrad=1e-2, adagrad_norm=1.0, rmsprop=1e-2,
                     adadelta=1.0)  # fmt: skip
CASES += [
    (plugin, "net", dict(learning_rate=rate))
    for plugin, rate in DEFAULT_RATES.items()
    if (plugin, "net", dict(learning_rate=rate)) not in CASES
]
CASES += [("adagrad_full", "rosenbrock", dict(learning_rate=0.01))]


def check():
    import adaptive_checks

    adaptive_checks.check()


if __name__ == "__main__":
    common.main(METHODS, CASES, check)
