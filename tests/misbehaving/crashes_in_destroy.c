/* Crashes after a good result. */
#include "misbehaving.h"

static int* volatile nowhere = NULL;

static void destroy(void* self) {
  (void)self;
  *nowhere = 1;
}

static void misbehave(void) { tables.optimizer.destroy = destroy; }
