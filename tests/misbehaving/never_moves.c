/* Counts iterations and leaves x as it was. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  (void)self, (void)oracle, (void)s, (void)x;
  return RAVINE_OK;
}

static void misbehave(void) { tables.optimizer.step = step; }
