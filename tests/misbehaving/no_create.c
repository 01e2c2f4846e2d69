/* Lacks a required function. */
#include "misbehaving.h"

static void misbehave(void) { tables.optimizer.create = NULL; }
