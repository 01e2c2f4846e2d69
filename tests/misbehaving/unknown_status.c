/* Returns a status that the contract does not have. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  (void)self, (void)oracle, (void)s, (void)x;
  return 4242;
}

static void misbehave(void) { tables.optimizer.step = step; }
