/* Ends the process while it is loaded, as if all had gone well. */
#include "misbehaving.h"

__attribute__((constructor)) static void leave(void) { exit(0); }

static void misbehave(void) {}
