/* Leaves a process behind that has moved to a session of its own, out of the worker's group, before
 * the step goes on. */
#include <sys/wait.h>
#include <unistd.h>

#include "misbehaving.h"

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  if (s->iteration == 2) {
    const pid_t child = fork();
    if (child == 0) {
      setsid();
      if (fork() == 0) sleep(30);
      _exit(0);
    }
    waitpid(child, NULL, 0);
  }
  return good_step(self, oracle, s, x);
}

static void misbehave(void) { tables.optimizer.step = step; }
