/* A table shorter than version 1.0 of the contract has it. */
#include "misbehaving.h"

static void misbehave(void) { tables.optimizer.struct_size = 64; }
