/* The library that missing_dependency needs. */
#include "gone.h"

double gone(void) { return 0.1; }
