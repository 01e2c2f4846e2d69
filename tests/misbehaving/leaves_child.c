/* Leaves a process behind that would live for half a minute. */
#include <unistd.h>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2 && fork() == 0) {
    sleep(30);
    _exit(0);
  }
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
