/* The smallest plugin: gradient descent in plain C. Build it with
 *   cc -shared -fPIC -I<include> minimal.c -o minimal.so
 * where <include> is the folder that holds ravine/plugin.h (plugins/abi in the source tree). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ravine/plugin.h"

typedef struct Minimal {
  double rate, *g;
  uint64_t n;
} Minimal;

static void* create(const ravine_optimizer* optimizer, const ravine_host* host,
                    const double* settings) {
  Minimal* self = (Minimal*)calloc(1, sizeof *self);
  (void)optimizer;
  if (self) self->rate = settings[0];
  if (!self) host->log(host, RAVINE_LOG_ERROR, "out of memory");
  return self;
}

static void destroy(void* self) {
  free(((Minimal*)self)->g);
  free(self);
}

static int32_t init(void* self, const ravine_task* task, const ravine_oracle* oracle,
                    const double* x) {
  Minimal* m = (Minimal*)self;
  (void)oracle, (void)x;
  m->n = task->n;
  m->g = (double*)malloc(task->n * sizeof *m->g);
  return m->g ? RAVINE_OK : RAVINE_OUT_OF_MEMORY;
}

static int32_t step(void* self, const ravine_oracle* oracle, const ravine_step* s, double* x) {
  Minimal* m = (Minimal*)self;
  int32_t status = oracle->evaluate(oracle, s->ticket, x, NULL, m->g);
  for (uint64_t i = 0; status == RAVINE_OK && i < m->n; ++i)
    x[i] -= m->rate * s->multiplier * m->g[i];
  return status;
}

/* clang-format off */
static const ravine_parameter kRate = {
    sizeof kRate, "learning_rate", "how far a step goes along the gradient", "1", "", RAVINE_REAL,
    RAVINE_LOG, RAVINE_LEARNING_RATE, 0, 1e-2, 0, INFINITY, 1e-5, 10,
    RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM, NULL, 0};
static const ravine_parameter *const kParameters[] = {&kRate};

static const ravine_optimizer kMinimal = {
    .struct_size = sizeof kMinimal, .id = "minimal", .name = "Minimal gradient descent",
    .version = "1.0", .author = "Ravine", .license = "MIT",
    .summary = "gradient descent in plain C: the smallest plugin", .paper = "",
    .parameters = kParameters, .parameter_count = 1, .needs = RAVINE_GRADIENT,
    .uses = RAVINE_GRADIENT, .traits = RAVINE_HONOURS_MULTIPLIER, .threads = 1,
    .create = create, .destroy = destroy, .init = init, .step = step};
static const ravine_optimizer *const kOptimizers[] = {&kMinimal};
static const ravine_optimizer_factory kFactory = {sizeof kFactory, kOptimizers, 1};
/* clang-format on */

static const void* factory(const char* id) {
  return strcmp(id, RAVINE_OPTIMIZERS) == 0 ? &kFactory : NULL;
}

const ravine_plugin* ravine_plugin_v1(uint64_t host_minor, char* error, uint64_t error_size) {
  static const ravine_plugin plugin = {sizeof plugin, RAVINE_ABI_MINOR, "minimal", "1.0", factory};
  (void)host_minor, (void)error, (void)error_size;
  return &plugin;
}
