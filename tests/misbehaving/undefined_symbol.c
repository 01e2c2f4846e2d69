/* Calls a function that nobody has. */
#include "misbehaving.h"

double defined_nowhere(void);

static void misbehave(void) { tables.parameter.default_value = defined_nowhere(); }
