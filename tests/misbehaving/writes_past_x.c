/* Writes one double more than x has. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  x[((Descent*)self)->n] = 1;
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
