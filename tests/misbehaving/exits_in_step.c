/* Ends the process as if all had gone well. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2) exit(0);
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
