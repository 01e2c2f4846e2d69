/* Goes on asking after it was told to stop, and calls the step done: 1000 questions, when the suite
 * pays for fewer. */
#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  Descent* descent = (Descent*)self;
  for (int i = 0; i < 1000; ++i)
    (void)oracle->evaluate(oracle, s->ticket, x, NULL, descent->gradient);
  return RAVINE_OK;
}

static void misbehave(void) { tables.optimizer.step = step; }
