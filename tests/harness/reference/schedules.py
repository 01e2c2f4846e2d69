#!/usr/bin/python3
"""Multipliers by torch.optim.lr_scheduler, for schedule_test.cpp: SCRIPT > schedules.tsv

Columns: the schedule in the suite's language, t, the value that the step at t saw (for the one that
looks at values), the multiplier. torch keeps its learning rates by updating them, so its rounding
grows with t.
"""

import math
import warnings

import torch
from torch.optim import lr_scheduler as lr

warnings.filterwarnings("ignore")  # that no optimizer steps between the schedulers'


def optimizer(momentum=0.0):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0, momentum=momentum)


def rate(opt):
    return opt.param_groups[0]["lr"]


def by_steps(make, steps):
    opt = optimizer()
    scheduler = make(opt)
    for t in range(steps + 1):
        yield t, rate(opt)
        if t < steps:
            scheduler.step()


def at_times(make, times):
    opt = optimizer()
    scheduler = make(opt)
    for t in times:
        scheduler.step(t)
        yield t, rate(opt)


def one_cycle(rise, shape):
    # torch counts total_steps points and meets its peak at the point pct_start total_steps - 1.
    total = 100
    return lambda o: lr.OneCycleLR(
        o, 1.0, total_steps=total + 1, pct_start=(rise * total + 1) / (total + 1),
        anneal_strategy=shape, div_factor=25.0, final_div_factor=1e4, cycle_momentum=False)


def cyclic(mode, gamma=1.0):
    return lambda o: lr.CyclicLR(
        o, 0.25, 1.0, step_size_up=20, step_size_down=30, mode=mode, gamma=gamma,
        cycle_momentum=False)


def warm_cosine(o):
    warm = lr.LinearLR(o, start_factor=0.1, end_factor=1.0, total_iters=10)
    return lr.SequentialLR(o, [warm, lr.CosineAnnealingLR(o, T_max=40)], milestones=[10])


def constant_warm_up(o):
    warm = lr.ConstantLR(o, factor=0.25, total_iters=10)
    return lr.SequentialLR(o, [warm, lr.CosineAnnealingLR(o, T_max=40)], milestones=[10])


CASES = [
    ('{ name = "time_inverse", eta = 0.1, per = "step" }', 60,
     lambda o: lr.LambdaLR(o, lambda t: 1 / (1 + 0.1 * t))),
    ('{ name = "inverse_sqrt", k = 0.5 }', 60,
     lambda o: lr.LambdaLR(o, lambda t: 0.5 / math.sqrt(t + 1))),
    ('{ name = "exponential", per = "step" }', 100, lambda o: lr.ExponentialLR(o, 0.95)),
    ('{ name = "step", size = 30, per = "step" }', 100, lambda o: lr.StepLR(o, 30)),
    ('{ name = "multi_step", milestones = [30, 80], gamma = 0.2, per = "step" }', 100,
     lambda o: lr.MultiStepLR(o, [30, 80], gamma=0.2)),
    ('{ name = "linear", from = 0.25, to = 0.75, total = 20 }', 30,
     lambda o: lr.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=20)),
    ('{ name = "polynomial", power = 2, total = 50 }', 60,
     lambda o: lr.PolynomialLR(o, total_iters=50, power=2.0)),
    ('{ name = "cosine", eta_min = 0.1, total = 50 }', 50,
     lambda o: lr.CosineAnnealingLR(o, T_max=50, eta_min=0.1)),
    ('{ name = "constant", warmup = 10, warmup_from = 0.1 }', 20,
     lambda o: lr.LinearLR(o, start_factor=0.1, end_factor=1.0, total_iters=10)),
    ('{ name = "cosine", warmup = 10, warmup_from = 0.1, total = 40 }', 50, warm_cosine),
    ('{ name = "cosine", warmup = 10, warmup_from = 0.25, warmup_shape = "constant", total = 40 }',
     50, constant_warm_up),
    ('{ name = "one_cycle", total = 100 }', 100, one_cycle(0.3, "cos")),
    ('{ name = "one_cycle", total = 100, rise = 0.25, shape = "linear" }', 100,
     one_cycle(0.25, "linear")),
    ('{ name = "cyclic", low = 0.25, up = 20, down = 30 }', 130, cyclic("triangular")),
    ('{ name = "cyclic", low = 0.25, up = 20, down = 30, shape = "triangular2" }', 130,
     cyclic("triangular2")),
    ('{ name = "cyclic", low = 0.25, up = 20, down = 30, shape = "exp_range", gamma = 0.99 }', 130,
     cyclic("exp_range", 0.99)),
    ('{ name = "warm_restarts", period = 10, growth = 1, eta_min = 0.05, per = "step" }', 45,
     lambda o: lr.CosineAnnealingWarmRestarts(o, T_0=10, T_mult=1, eta_min=0.05)),
    ('{ name = "warm_restarts", period = 10, growth = 2, per = "step" }', 160,
     lambda o: lr.CosineAnnealingWarmRestarts(o, T_0=10, T_mult=2)),
]

# Falls, stays, rises, falls a little less than the threshold, falls below 0.
VALUES = (
    [10 - k for k in range(5)] + [6.0] * 8 + [7.0 + 0.1 * k for k in range(9)]
    + [5.9999 - 1e-5 * k for k in range(12)] + [5, 4, 3, 2, 1, 0.5] + [0.5] * 7)

PLATEAUS = [
    ("patience = 3, factor = 0.5", dict(patience=3, factor=0.5)),
    ("patience = 2, cooldown = 4, eta_min = 0.02", dict(patience=2, cooldown=4, min_lr=0.02)),
    ("patience = 0, threshold = 0.2, factor = 0.9", dict(patience=0, threshold=0.2, factor=0.9)),
]


def plateau(options):
    opt = optimizer()
    scheduler = lr.ReduceLROnPlateau(opt, eps=0.0, **options)
    for t, value in enumerate(VALUES):
        yield t, value, rate(opt)
        scheduler.step(value)


def main():
    for text, steps, make in CASES:
        for t, multiplier in by_steps(make, steps):
            print(text, t, "", repr(multiplier), sep="\t")
    restarts = '{ name = "warm_restarts", period = 4, growth = 2, per = "fractional_epoch" }'
    times = [k / 8 for k in range(8 * 30)]
    for t, multiplier in at_times(
            lambda o: lr.CosineAnnealingWarmRestarts(o, T_0=4, T_mult=2), times):
        print(restarts, t, "", repr(multiplier), sep="\t")
    for text, options in PLATEAUS:
        for t, value, multiplier in plateau(options):
            print('{ name = "reduce_on_plateau", per = "step", %s }' % text, t, value,
                  repr(multiplier), sep="\t")


if __name__ == "__main__":
    main()
