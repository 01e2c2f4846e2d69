/* Allocates and fills memory until there is none, and says so. */
#include "misbehaving.h"

enum { kPiece = 1 << 20 };

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  (void)self, (void)oracle, (void)s, (void)x;
  for (;;) {
    void* piece = malloc(kPiece);
    if (piece == NULL) return RAVINE_OUT_OF_MEMORY;
    memset(piece, 1, kPiece);
  }
}

static void misbehave(void) { tables.optimizer.step = step; }
