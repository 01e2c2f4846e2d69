/* Goes on asking for good, whatever the answer. */
#include "misbehaving.h"

static volatile int for_good = 1;

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  while (for_good) (void)oracle->evaluate(oracle, s->ticket, x, NULL, ((Descent*)self)->gradient);
  return RAVINE_OK;
}

static void misbehave(void) { tables.optimizer.step = step; }
