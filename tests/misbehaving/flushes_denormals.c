/* Does what the linker adds to a library built with -ffast-math: flushes denormals to zero for
 * everyone as soon as it is loaded. */
#include <xmmintrin.h>

#include "misbehaving.h"

__attribute__((constructor)) static void flush(void) { _mm_setcsr(_mm_getcsr() | 0x8040); }

static void misbehave(void) {}
