"""Line searches whose every trial their papers fix, and where they begin, for the reference
scripts: search(phi, first trial, d'Hd, c2) -> a, with phi(a) = (value, slope) along d."""

import numpy as np

C1 = 1e-4


def armijo(phi, trial, curvature, c2):
    """Nocedal and Wright 2006, Algorithm 3.1, by halves."""
    f0, s0 = phi(0)
    while phi(trial)[0] > f0 + C1 * trial * s0:
        trial /= 2
    return trial


def exact(phi, trial, curvature, c2):
    """The minimizer of a quadratic, Nocedal and Wright 2006, (3.55), or halves of it for Armijo."""
    return armijo(phi, -phi(0)[1] / curvature() if curvature() > 0 else trial, curvature, c2)


def cubic(p, q):
    """The minimizer of the cubic through both (Nocedal and Wright 2006, (3.59)), and whether it
    lies beyond q as seen from p; where the cubic has no minimizer, that of least slope."""
    (a, fa, sa), (b, fb, sb) = p, q
    theta = sa + sb - 3 * (fa - fb) / (a - b)
    gamma = np.sign(b - a) * np.sqrt(max(0.0, theta * theta - sa * sb))
    r = (sb + gamma - theta) / (sb - sa + 2 * gamma)
    return b - (b - a) * r, r < 0 and gamma != 0


def minimizer(p, q):
    """Of the cubic through both: Nocedal and Wright 2006, (3.59). NaN where it has none."""
    (a, fa, sa), (b, fb, sb) = p, q
    d1 = sa + sb - 3 * (fa - fb) / (a - b)
    d2 = np.sign(b - a) * np.sqrt(d1 * d1 - sa * sb) if d1 * d1 >= sa * sb else np.nan
    return b - (b - a) * (sb + d2 - d1) / (sb - sa + 2 * d2)


def wolfe_zoom(phi, trial, curvature, c2):
    """Nocedal and Wright 2006, Algorithms 3.5 and 3.6, which leave two choices open. Beyond a_i: the
    cubic's minimizer, between 1.1 and 4 times the last stride further, 4 where there is none. Within
    a bracket: the cubic's minimizer, a tenth of the width off either end, or the middle where there
    is none and where the last trial has left more than 0.66 of the width."""
    f0, s0 = phi(0)
    low, high, width = (0.0, f0, s0), None, np.inf
    too_high = lambda t: t[1] > f0 + C1 * t[0] * s0 or t[1] >= low[1]
    while high is None:  # Algorithm 3.5
        t = (trial, *phi(trial))
        if too_high(t):
            high = t
            break
        if abs(t[2]) <= -c2 * s0:
            return trial
        before, low = low, t
        if t[2] >= 0:
            high = before
            break
        near, far = (trial + times * (trial - before[0]) for times in (1.1, 4))
        guess = minimizer(before, t)
        trial = np.clip(guess, near, far) if np.isfinite(guess) else far
    for _ in range(40):  # Algorithm 3.6
        width_before, width = width, abs(high[0] - low[0])
        near, far = sorted(low[0] + share * (high[0] - low[0]) for share in (0.1, 0.9))
        guess = minimizer(low, high)
        interpolate = np.isfinite(guess) and width < 0.66 * width_before
        trial = np.clip(guess, near, far) if interpolate else (low[0] + high[0]) / 2
        t = (trial, *phi(trial))
        if too_high(t):
            high = t
            continue
        if abs(t[2]) <= -c2 * s0:
            return trial
        if t[2] * (high[0] - low[0]) >= 0:
            high = low
        low = t
    raise ArithmeticError("values no longer tell points apart")


def trial_value(x, y, t, bracketed, low, high):
    """More and Thuente 1994, section 4: the next trial, and whether a minimum is bracketed."""
    (ax, fx, sx), (at, ft, st) = x, t
    to_t, ahead = cubic(x, t)
    secant = at - st * (at - ax) / (st - sx) if st != sx else np.inf
    if ft > fx:  # case 1
        quadratic = ax + (at - ax) * sx / (2 * ((fx - ft) / (at - ax) + sx))
        near = abs(to_t - ax) < abs(quadratic - ax)
        return (to_t if near else (to_t + quadratic) / 2), True
    if sx * st < 0:  # case 2
        return max(to_t, secant, key=lambda a: abs(a - at)), True
    limit = high if at > ax else low
    if abs(st) < abs(sx):  # case 3
        candidates = [to_t if ahead else limit, secant]
        if not bracketed:
            return np.clip(max(candidates, key=lambda a: abs(a - at)), low, high), False
        within = min if at > ax else max
        return within(at + 0.66 * (y[0] - at), min(candidates, key=lambda a: abs(a - at))), True
    return (cubic(y, t)[0] if bracketed else limit), bracketed  # case 4


def more_thuente(phi, trial, curvature, c2):
    """More and Thuente 1994, with the constants of their code in MINPACK-2."""
    f0, s0 = phi(0)
    x = y = (0.0, f0, s0)
    bracketed, stage, low, high, widths = False, 1, 0.0, 5 * trial, [np.inf, np.inf]
    for _ in range(40):
        f, s = phi(trial)
        if f <= f0 + C1 * trial * s0 and abs(s) <= -c2 * s0:
            return trial
        if stage == 1 and f <= f0 + C1 * trial * s0 and s >= 0:
            stage = 2
        psi = stage == 1 and x[1] >= f > f0 + C1 * trial * s0
        tilted = lambda p: (p[0], p[1] - C1 * p[0] * s0, p[2] - C1 * s0) if psi else p
        t = (trial, f, s)
        X, Y, T = tilted(x), tilted(y), tilted(t)
        trial, bracketed = trial_value(X, Y, T, bracketed, low, high)
        if T[1] > X[1]:  # the updating algorithm of section 2
            y = t
        else:
            x, y = t, x if T[2] * X[2] < 0 else y
        if bracketed:
            if abs(y[0] - x[0]) >= 0.66 * widths[0]:
                trial = (x[0] + y[0]) / 2
            widths = [widths[1], abs(y[0] - x[0])]
            low, high = min(x[0], y[0]), max(x[0], y[0])
        else:
            low, high = trial + 1.1 * (trial - x[0]), trial + 4 * (trial - x[0])
    raise ArithmeticError("values no longer tell points apart")


class Accepted(Exception):
    pass


def hager_zhang(phi, trial, curvature, c2, theta=0.5, gamma=0.66, rho=5.0):
    """Hager and Zhang 2005, section 4, with the constants of section 5; it ends at the first trial
    that satisfies (4.1) or the Wolfe conditions."""
    f0, s0 = phi(0)
    delta, highest = min(0.1, c2), f0 + 1e-6 * abs(f0)

    def look(a):
        f, s = phi(a)
        wolfe = f - f0 <= delta * a * s0
        if s >= c2 * s0 and (wolfe or ((2 * delta - 1) * s0 >= s and f <= highest)):
            raise Accepted(a)
        return f, s

    def secant(a, b):
        slope_a, slope_b = phi(a)[1], phi(b)[1]
        return a - slope_a * (b - a) / (slope_b - slope_a) if slope_a != slope_b else np.inf

    def u3(a, b):
        while True:
            d = (1 - theta) * a + theta * b
            f, s = look(d)
            if s >= 0:
                return a, d
            a, b = (d, b) if f <= highest else (a, d)

    def update(a, b, c):
        if not a < c < b:
            return a, b
        f, s = look(c)
        if s >= 0:
            return a, c
        return (c, b) if f <= highest else u3(a, c)

    def bracket(c):
        a = 0.0
        while True:
            f, s = look(c)
            if s >= 0:
                return a, c
            if f > highest:
                return u3(0.0, c)
            a, c = c, rho * c

    def secant2(a, b):
        c = secant(a, b)
        A, B = update(a, b, c)
        if c == B:
            return update(A, B, secant(b, B))
        return update(A, B, secant(a, A)) if c == A else (A, B)

    try:
        a, b = bracket(trial)
        for _ in range(50):
            A, B = secant2(a, b)
            a, b = update(A, B, (A + B) / 2) if B - A > gamma * (b - a) else (A, B)
    except Accepted as found:
        return found.args[0]
    raise ArithmeticError("values no longer tell points apart")


SEARCHES = {  # by the plugins' hyperparameter
    0: wolfe_zoom,
    1: more_thuente,
    2: hager_zhang,
    3: armijo,
    4: exact,
}


# ---- First trials ---------------------------------------------------------------------------------


def section_3_5(history, slope, d):
    """Nocedal and Wright 2006, section 3.5: of both rules there the longer; history: (f, slope, a)
    of the steps, and f where they led to."""
    if len(history) < 2:
        return min(1.0, 1 / np.linalg.norm(d))
    (f_before, slope_before, a), (f,) = history[-2:]
    return max(2 * (f - f_before) / slope, a * slope_before / slope)


def scipys(history, slope, d):
    if len(history) < 2:  # along d = -g
        return min(1.0, 1.01 / np.linalg.norm(d))
    return min(1.0, 1.01 * 2 * (history[-1][0] - history[-2][0]) / slope)
