/* Offers one id twice. */
#include "misbehaving.h"

static void misbehave(void) {
  tables.optimizers[1] = &tables.optimizer;
  tables.factory.count = 2;
}
