/* A name that would clear the reader's screen. */
#include "misbehaving.h"

static void misbehave(void) { tables.optimizer.name = "neat\033[2Jname"; }
