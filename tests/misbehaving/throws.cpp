// Lets an exception cross the contract.
#include <stdexcept>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2) throw std::runtime_error("thrown by a plugin");
  return good_step(self, oracle, s, x);
}

static void misbehave() { tables.optimizer.step = step; }
