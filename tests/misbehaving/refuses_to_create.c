/* Says why it makes no instance. */
#include "misbehaving.h"

static void* create(const ravine_optimizer* optimizer, const ravine_host* host,
                    const double* settings) {
  (void)optimizer, (void)settings;
  host->log(host, RAVINE_LOG_ERROR, "the moon is\nin the wrong quarter");
  return NULL;
}

static void misbehave(void) { tables.optimizer.create = create; }
