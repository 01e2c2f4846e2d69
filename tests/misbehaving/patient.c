/* No misdeed: waits before its first step until whoever set RAVINE_TEST_GATE to the name of a pipe
 * has opened the pipe for writing and closed it again. Lets a test meet a run half-way. */
#include <fcntl.h>
#include <unistd.h>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  const char* gate = getenv("RAVINE_TEST_GATE");
  if (s->iteration == 0 && gate != NULL) {
    char byte;
    const int pipe = open(gate, O_RDONLY);
    while (pipe >= 0 && read(pipe, &byte, 1) > 0) {
    }
    close(pipe);
  }
  return good_step(self, oracle, s, x);
}

static void misbehave(void) {
  tables.optimizer.id = "patient";
  tables.optimizer.step = step;
}
