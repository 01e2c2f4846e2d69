/* Hangs while it is loaded. */
#include <unistd.h>

#include "misbehaving.h"

__attribute__((constructor)) static void hang(void) {
  for (;;) pause();
}

static void misbehave(void) {}
