/* Ends the process at once, without any of its handlers. */
#include <unistd.h>

#include "misbehaving.h"

static int32_t init(void* self, const ravine_task* task, const ravine_oracle* oracle,
                    const double* x) {
  (void)self, (void)task, (void)oracle, (void)x;
  _exit(0);
}

static void misbehave(void) { tables.optimizer.init = init; }
