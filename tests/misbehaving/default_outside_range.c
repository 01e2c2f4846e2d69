/* A hyperparameter whose default is not legal. */
#include "misbehaving.h"

static void misbehave(void) { tables.parameter.default_value = 2; }
