/* Aborts while it is loaded. */
#include "misbehaving.h"

__attribute__((constructor)) static void fail(void) { abort(); }

static void misbehave(void) {}
