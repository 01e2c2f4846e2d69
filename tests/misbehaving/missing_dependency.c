/* Needs a library that no loader finds. */
#include "gone.h"
#include "misbehaving.h"

static void misbehave(void) { tables.parameter.default_value = gone(); }
