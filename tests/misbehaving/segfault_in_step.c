/* Writes through a null pointer in its third step. */
#include "misbehaving.h"

static int* volatile nowhere = NULL;

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2) *nowhere = 1;
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
