/* Writes 50 kB to standard output and to standard error at every step. */
#include <stdio.h>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  for (int i = 0; i < 1000; ++i) {
    printf("the quick brown fox jumps over the lazy dog, again\n");
    fprintf(stderr, "the quick brown fox jumps over the lazy dog, again\n");
  }
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
