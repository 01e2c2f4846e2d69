#!/usr/bin/python3
"""Value and gradient of nets beside PyTorch's, on one thread, in double precision.

Usage: nets.py NETS_BENCHMARK [ROUNDS]

For each net the two take turns, some evaluations each, in one run; what is printed is the time of
ours over PyTorch's, the fastest of each turn: median, lowest and highest over the rounds. PyTorch
gets the inputs as a tensor; ours converts them from the bytes of the data set in every evaluation.
"""
import statistics
import subprocess
import sys
import time

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


class Block(nn.Module):
    def __init__(self, below, channels, stride):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(below, channels, 3, stride, 1, bias=False), nn.BatchNorm2d(channels), nn.ReLU(),
            nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))
        same = stride == 1 and below == channels
        self.shortcut = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(below, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return torch.relu(self.branch(x) + self.shortcut(x))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.top = nn.RNN(2, 32, batch_first=True), nn.Linear(32, 1)

    def forward(self, x):
        return self.top(self.rnn(x)[1][0])


class Mean(nn.Module):
    def forward(self, x):
        return x.mean((2, 3))


def dense(widths, phi, last=None):
    layers = []
    for below, above in zip(widths, widths[1:]):
        layers += [nn.Linear(below, above), phi()]
    return nn.Sequential(*layers[:-1], *([last()] if last else []))


def autoencoder():
    widths = [784, 400, 200, 100, 50, 25, 6]
    encoder = dense(widths, nn.Sigmoid)
    return nn.Sequential(encoder, dense(widths[::-1], nn.Sigmoid, nn.Sigmoid))


def labels(batch):
    return torch.arange(batch) % 10


NETS = {
    "mlp_1000-500-100_relu": (lambda: dense([784, 1000, 500, 100, 10], nn.ReLU), (784,), None),
    "mlp_32_tanh": (lambda: dense([784, 32, 10], nn.Tanh), (784,), None),
    "cnn_2c2d": (lambda: nn.Sequential(
        nn.Conv2d(1, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(3136, 1024), nn.ReLU(), nn.Linear(1024, 10)), (1, 28, 28), None),
    "resnet": (lambda: nn.Sequential(
        nn.Conv2d(1, 8, 3, 1, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU(), Block(8, 8, 1),
        Block(8, 16, 2), Block(16, 32, 2), Mean(), nn.Linear(32, 10)), (1, 28, 28), None),
    "rnn_addition": (Recurrent, (30, 2), (1,)),
    "autoencoder": (autoencoder, (784,), (784,)),
}


def torch_step(make, shape, target, batch):
    net = make()
    x = torch.rand(batch, *shape)
    wanted = labels(batch) if target is None else torch.rand(batch, *target)

    def step():
        for p in net.parameters():
            p.grad = None
        z = net(x)
        loss = (nn.functional.cross_entropy(z, wanted) if target is None
                else ((z - wanted) ** 2).sum() / batch)
        loss.backward()
        return float(loss)

    return step, sum(p.numel() for p in net.parameters())


def fastest(step):
    best, total, count = float("inf"), 0, 0
    while count < 3 or total < 0.3:
        began = time.thread_time()
        step()
        took = time.thread_time() - began
        best, total, count = min(best, took), total + took, count + 1
    return best


def main():
    program, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    print(f"{'net':24} {'batch':>5} {'n':>8} {'ours, ms':>9} {'over PyTorch':>12}   lowest  highest")
    for name, (make, shape, target) in NETS.items():
        batch = 128
        step, n = torch_step(make, shape, target, batch)
        step()
        ours = subprocess.Popen([program, name, str(batch)], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True, bufsize=1)
        assert int(ours.stdout.readline().split()[1]) <= n, "another net"
        ratios, times = [], []
        for _ in range(rounds):
            ours.stdin.write("go\n")
            ours.stdin.flush()
            times.append(float(ours.stdout.readline()))
            ratios.append(times[-1] / fastest(step))
        ours.stdin.close()
        ours.wait()
        print(f"{name:24} {batch:5} {n:8} {1e3 * min(times):9.2f} {statistics.median(ratios):12.2f}"
              f"   {min(ratios):6.2f}  {max(ratios):7.2f}", flush=True)


if __name__ == "__main__":
    main()
