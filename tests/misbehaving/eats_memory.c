/* Allocates and fills memory until there is none, and says so. */
#include "misbehaving.h"

enum { kPiece = 1 << 20, kPage = 1 << 12 };

static char* last; /* each piece begins with the address of the one before */

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  (void)self, (void)oracle, (void)s, (void)x;
  for (;;) {
    char* piece = (char*)malloc(kPiece);
    if (piece == NULL) return RAVINE_OUT_OF_MEMORY;
    for (int i = 0; i < kPiece; i += kPage) piece[i] = 1;
    *(char**)(void*)piece = last;
    last = piece;
  }
}

static void misbehave(void) { tables.optimizer.step = step; }
