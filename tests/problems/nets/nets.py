#!/usr/bin/python3
"""Reference values of the layers and losses of nets, by PyTorch in double precision.

Writes a table: a net's name, its parameters theta, inputs (sample by sample), targets or labels and
weights of the samples, a direction v, and of the weighted sum of the losses the value, the gradient,
the Hessian times v and the generalized Gauss-Newton matrix times v, all as hexadecimal numbers. The
nets are those of nets.cpp; what a layer computes is PyTorch's own, its parameters are laid out as
this file says.

    ./nets.py > nets.csv
"""

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

SAMPLES, OUTPUTS = 7, 3


class Taker:
    """Cuts tensors off a flat vector, one after the other."""

    def __init__(self, theta):
        self.theta, self.at = theta, 0

    def __call__(self, *shape):
        size = int(np.prod(shape))
        self.at += size
        return self.theta[self.at - size:self.at].reshape(shape)

    def dense(self, x, outputs):
        return F.linear(x, self(outputs, x.shape[1]), self(outputs))

    def convolution(self, x, channels, side, stride, padding, bias=True):
        weight = self(channels, x.shape[1], side, side)
        return F.conv2d(x, weight, self(channels) if bias else None, stride, padding)

    def batch_norm(self, x):
        gamma, beta = self(x.shape[1]), self(x.shape[1])
        return F.batch_norm(x, None, None, gamma, beta, training=True, eps=1e-5)


def perceptron(phi):
    def net(take, x):
        h = phi(take.dense(x, 6))
        return [(1, take.dense(phi(take.dense(h, 5)), OUTPUTS))]
    return net


def head(take, x):
    h = torch.tanh(take.dense(x, 6))
    z = take.dense(h, OUTPUTS)
    return [(1, z), (0.3, take.dense(torch.tanh(take.dense(h, 4)), OUTPUTS))]


def convolution(take, x):
    h = torch.tanh(take.convolution(x.reshape(-1, 2, 5, 4), 3, 3, 1, 1))
    h = F.gelu(take.convolution(F.max_pool2d(h, 2), 2, 2, 1, 1))
    return [(1, take.dense(h.flatten(1), OUTPUTS))]


def batch_norm(take, x):
    h = torch.tanh(take.batch_norm(take.dense(x, 6)))
    h = torch.tanh(take.batch_norm(take.dense(h, 5)))
    return [(1, take.dense(h, OUTPUTS))]


def residual(take, x):
    x = x.reshape(-1, 2, 4, 3)
    h = torch.tanh(take.batch_norm(take.convolution(x, 2, 3, 1, 1, bias=False)))
    h = take.batch_norm(take.convolution(h, 3, 3, 2, 1, bias=False))
    h = torch.tanh(h + take.batch_norm(take.convolution(x, 3, 1, 2, 0, bias=False)))
    h = h + torch.tanh(take.convolution(h, 3, 3, 1, 1))
    return [(1, take.dense(h.mean((2, 3)), OUTPUTS))]


def recurrent(take, x):
    w, u, b = take(4, 2), take(4, 4), take(4)
    zero = torch.zeros(4)
    outputs, last = torch._VF.rnn_tanh(x.reshape(-1, 6, 2), torch.zeros(1, x.shape[0], 4),
                                       (w, u, b, zero), True, 1, 0.0, True, False, True)
    return [(1, take.dense(last[0], OUTPUTS))]


def cross_entropy(z, labels, targets):
    return F.cross_entropy(z, labels, reduction="none")


def squared(z, labels, targets):
    return 0.7 * ((z - targets) ** 2).sum(1)


def bernoulli(z, labels, targets):
    return F.binary_cross_entropy_with_logits(z, targets, reduction="none").sum(1)


NETS = {
    "tanh": (perceptron(torch.tanh), cross_entropy, 4),
    "sigmoid": (perceptron(torch.sigmoid), cross_entropy, 4),
    "relu": (perceptron(torch.relu), cross_entropy, 4),
    "gelu": (perceptron(F.gelu), cross_entropy, 4),
    "linear": (perceptron(lambda z: z), cross_entropy, 4),
    "squared": (perceptron(torch.tanh), squared, 4),
    "bernoulli": (perceptron(torch.tanh), bernoulli, 4),
    "head": (head, cross_entropy, 4),
    "convolution": (convolution, cross_entropy, 40),
    "batch_norm": (batch_norm, cross_entropy, 4),
    "residual": (residual, cross_entropy, 24),
    "recurrent": (recurrent, cross_entropy, 12),
}


def parameter_count(net, x):
    take = Taker(torch.zeros(10000))
    net(take, x)
    return take.at


def row(name, net, loss, features):
    rng = np.random.default_rng([len(name), *name.encode()])
    x = torch.tensor(rng.standard_normal((SAMPLES, features)))
    targets = torch.sigmoid(torch.tensor(rng.standard_normal((SAMPLES, OUTPUTS))))
    labels = torch.tensor(rng.integers(OUTPUTS, size=SAMPLES))
    weights = torch.tensor(np.abs(rng.standard_normal(SAMPLES)))
    n = parameter_count(net, x)
    theta = torch.tensor(0.5 * rng.standard_normal(n), requires_grad=True)
    v = torch.tensor(rng.standard_normal(n))

    def total(theta):
        exits = net(Taker(theta), x)
        return sum(w * (weights * loss(z, labels, targets)).sum() for w, z in exits)

    value = total(theta)
    gradient, = torch.autograd.grad(value, theta, create_graph=True)
    hv, = torch.autograd.grad(gradient @ v, theta)

    # J'SJ v exit by exit: J from the outputs, S v from the loss as a function of the outputs alone.
    gv = torch.zeros(n)
    for e, (weight, z) in enumerate(net(Taker(theta), x)):
        j = torch.autograd.functional.jacobian(lambda t: net(Taker(t), x)[e][1].flatten(), theta)

        def of_outputs(flat):
            return weight * (weights * loss(flat.reshape(z.shape), labels, targets)).sum()

        _, sjv = torch.autograd.functional.vhp(of_outputs, z.detach().flatten(), j @ v)
        gv += j.T @ sjv

    def text(values):
        return " ".join(float(a).hex() for a in values.detach().flatten())

    return [name, text(theta), text(x), text(targets),
            " ".join(str(int(k)) for k in labels), text(weights), text(v), float(value).hex(),
            text(gradient), text(hv), text(gv)]


if __name__ == "__main__":
    print("net,theta,inputs,targets,labels,weights,v,loss,loss_gradient,hv,gv")
    for name, (net, loss, features) in NETS.items():
        print(",".join(row(name, net, loss, features)))
