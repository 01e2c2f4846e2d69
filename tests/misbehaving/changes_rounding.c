/* Rounds upwards from its third step on. */
#include <fenv.h>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2) fesetround(FE_UPWARD);
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
