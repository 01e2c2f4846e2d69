"""The random numbers that problems are drawn by: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, SC
2011), keyed by FNV-1a of the purpose and SplitMix64's finalizer; quantiles by mpmath."""

from mpmath import mp, mpf

MASK = 2**64 - 1


def mix64(z):
    z = (z + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def fnv1a(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & MASK
    return h


class Stream:
    """Of a key, 0 for the tables' instance, and a purpose."""

    def __init__(self, purpose, key=0):
        mixed = mix64(mix64(key) ^ fnv1a(purpose))
        self.key = (mixed & 0xFFFFFFFF, mixed >> 32)

    def bits(self, index):
        c, k = [index & 0xFFFFFFFF, index >> 32, 0, 0], list(self.key)
        for _ in range(10):
            a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
            c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
            k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
        return c[1] << 32 | c[0]

    def uniform(self, index):
        return (self.bits(index) >> 11) / 2**53

    def normal(self, index):
        """To all digits of mpmath's."""
        p = mpf(2 * (self.bits(index) >> 11) + 1) / 2**54
        return mp.sqrt(2) * mp.erfinv(2 * p - 1)

    def below(self, index, bound):
        """By multiplication, where one in 2^60 would be drawn again."""
        return self.bits(index) * bound >> 64

    def permutation(self, size):
        """Fisher and Yates."""
        order = list(range(size))
        for i in range(size, 1, -1):
            j = self.below(i - 1, i)
            order[i - 1], order[j] = order[j], order[i - 1]
        return order
