/* Says at once that it is done. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  (void)self, (void)oracle, (void)s, (void)x;
  return RAVINE_CONVERGED;
}

static void misbehave(void) { tables.optimizer.step = step; }
