"""What the reference scripts share: how a formula in mpmath becomes rows of the table.

Each script states its problems from their papers, as functions of a list of numbers in mpmath's
arithmetic, and writes the table that reference_test.cpp reads:

    SCRIPT > SCRIPT's name.csv

Columns, numbers as hexadecimal doubles, several separated by blanks:
    family, parameters   as in a suite, "n=6 form=log"; those that are not named have their defaults
    kind                 start: the start of instance 0, to the bit
                         generic: any point
                         first stage: any point, with the first stage's value and gradient; those
                         of the other kinds are the last stage's
                         minimum: x*, with the value f*; landmark: the same for one of these
    point, value, gradient
    value_tolerance, gradient_tolerance    absolute, for the doubles that C++ finds there
"""

import random

from mpmath import mp, mpc, mpf

DIGITS = 60
mp.dps = DIGITS
STEP = mpf(2) ** -2000  # its square is nothing beside any number here

# C++ may order its operations otherwise than the formula here: so many times the rounding errors
# that are seen are allowed.
MARGIN = 30
UNIT = mpf(2) ** -53


def atan(z):
    """mpmath's own loses an infinitesimal imaginary part."""
    return mp.atan(z.real) + 1j * z.imag / (1 + z.real**2) if isinstance(z, mpc) else mp.atan(z)


def absolute(z):
    """|z|, for a complex step a branch of z or -z."""
    return z if mp.re(z) >= 0 else -z


def gradient(f, x):
    """By a complex step: exact to the working precision."""
    steps = (x[:j] + [mpc(x[j], STEP)] + x[j + 1 :] for j in range(len(x)))
    return [mp.im(f(z)) / STEP for z in steps]


def value_and_gradient(f, x):
    x = [mpf(v) for v in x]
    return mp.re(f(x)), gradient(f, x)


def rounding(f, x):
    """What rounding to doubles does to value and gradient: the largest errors of evaluations with
    fewer bits, in proportion to these."""
    exact_value, exact_gradient = value_and_gradient(f, x)
    value_error, gradient_error = abs(exact_value) * UNIT, max(map(abs, exact_gradient)) * UNIT
    for bits in range(36, 53):
        with mp.workprec(bits):
            value, slope = value_and_gradient(f, x)
        shift = mpf(2) ** (bits - 53)
        value_error = max(value_error, shift * abs(value - exact_value))
        for a, b in zip(slope, exact_gradient):
            gradient_error = max(gradient_error, shift * abs(a - b))
    return value_error, gradient_error


def zero_or(v):
    """v, or 0 where it is that but for the working precision."""
    return v if abs(v) > mpf(10) ** (15 - DIGITS) else mpf(0)


def stationary(f, x, tolerance=mpf(10) ** (10 - DIGITS)):
    """The stationary point near x, by Newton's method with a Hessian from differences. In units in
    which x is of size one, where it is not 0."""
    n, h = len(x), mpf(10) ** -25
    x = [mpf(v) for v in x]
    scale = [abs(v) if v != 0 else mpf(1) for v in x]
    for _ in range(60):
        g = gradient(f, x)
        hessian = mp.matrix(n, n)
        for j in range(n):
            ahead = gradient(f, x[:j] + [x[j] + h * scale[j]] + x[j + 1 :])
            for i in range(n):
                hessian[i, j] = (ahead[i] - g[i]) / h * scale[i]
        step = mp.lu_solve(hessian, mp.matrix([-g[i] * scale[i] for i in range(n)]))
        x = [x[i] + step[i] * scale[i] for i in range(n)]
        if max(abs(s) for s in step) < tolerance:
            return [zero_or(v) for v in x]
    raise ArithmeticError(f"Newton's method does not converge: {x}")


def hexadecimal(values):
    return " ".join(float(v).hex() for v in values)


class Table:
    """Rows as they come; parameters as the text of their column."""

    def __init__(self):
        print("family,parameters,kind,point,value,gradient,value_tolerance,gradient_tolerance")

    def add(self, family, parameters, kind, x, value, slope, value_tolerance, gradient_tolerance):
        """A row from numbers however computed."""
        tolerances = (f"{float(value_tolerance):.3e}", f"{float(gradient_tolerance):.3e}")
        numbers = (hexadecimal(x), hexadecimal([value]), hexadecimal(slope))
        print(family, parameters, kind, *numbers, *tolerances, sep=",")

    def point(self, family, f, kind, x, parameters="", value=None):
        """A row of f at the doubles next to x; `value` where it is known of x itself."""
        x = [mpf(float(v)) for v in x]
        here, slope = value_and_gradient(f, x)
        value_error, gradient_error = rounding(f, x)
        value = here if value is None else value
        tolerance = MARGIN * value_error + abs(value - here)
        self.add(family, parameters, kind, x, value, slope, tolerance, MARGIN * gradient_error)

    def start(self, family, f, x0, parameters="", spread=0.3, generic=2):
        """The start, and generic points in a box about it."""
        self.point(family, f, "start", x0, parameters)
        source = random.Random(family + parameters)
        for _ in range(generic):
            x = [float(v) + spread * max(1, abs(float(v))) * source.uniform(-1, 1) for v in x0]
            self.point(family, f, "generic", x, parameters)

    def minimum(self, family, f, x, parameters="", kind="minimum"):
        """The stationary point near x, found to DIGITS. Returns it with its value."""
        x = stationary(f, x)
        value = zero_or(mp.re(f(x)))
        self.point(family, f, kind, x, parameters, value)
        return x, value

    def exact(self, family, f, x, parameters="", kind="minimum"):
        """A stationary point that is known: where the Hessian is singular, or x simple."""
        x = [mpf(v) for v in x]
        self.point(family, f, kind, x, parameters, zero_or(mp.re(f(x))))
