/* Hangs after a good result. */
#include <unistd.h>

#include "misbehaving.h"

static void destroy(void* self) {
  (void)self;
  for (;;) pause();
}

static void misbehave(void) { tables.optimizer.destroy = destroy; }
