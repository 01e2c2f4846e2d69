/* A plugin that behaves but for one misdeed. Its optimizer, "misbehaving", is gradient descent with
 * steps of 0.1; a file beside this one includes the header and defines misbehave(), which changes
 * the tables before the host sees them: C99, and C++ too. */
#ifndef RAVINE_MISBEHAVING_H
#define RAVINE_MISBEHAVING_H

#include <stdlib.h>
#include <string.h>

#include "ravine/plugin.h"

typedef struct Tables {
  ravine_plugin plugin;
  ravine_optimizer_factory factory;
  ravine_optimizer optimizer;
  ravine_parameter parameter;
  const ravine_optimizer* optimizers[2];
  const ravine_parameter* parameters[1];
  const void* nothing;
} Tables;

static Tables tables; /* all zero until behave() */

static void misbehave(void); /* each file's own */

typedef struct Descent {
  uint64_t n;
  double* gradient;
} Descent;

static inline void* good_create(const ravine_optimizer* optimizer, const ravine_host* host,
                                const double* settings) {
  (void)optimizer, (void)host, (void)settings;
  return calloc(1, sizeof(Descent));
}

static inline void good_destroy(void* self) {
  free(((Descent*)self)->gradient);
  free(self);
}

static inline int32_t good_init(void* self, const ravine_task* task, const ravine_oracle* oracle,
                                const double* x) {
  Descent* descent = (Descent*)self;
  (void)oracle, (void)x;
  descent->n = task->n;
  descent->gradient = (double*)malloc(task->n * sizeof(double));
  return descent->gradient ? RAVINE_OK : RAVINE_OUT_OF_MEMORY;
}

static inline int32_t good_step(void* self, const ravine_oracle* oracle, const ravine_step* step,
                                double* x) {
  Descent* descent = (Descent*)self;
  double value;
  int32_t status = oracle->evaluate(oracle, step->ticket, x, &value, descent->gradient);
  for (uint64_t i = 0; status == RAVINE_OK && i < descent->n; ++i)
    x[i] -= 0.1 * descent->gradient[i];
  return status;
}

static inline const void* good_factory(const char* id) {
  return strcmp(id, RAVINE_OPTIMIZERS) == 0 ? (const void*)&tables.factory : tables.nothing;
}

static inline void behave(void) {
  ravine_parameter* p = &tables.parameter;
  ravine_optimizer* o = &tables.optimizer;
  p->struct_size = sizeof *p;
  p->name = "strength";
  p->meaning = "has none";
  p->unit = "1";
  p->condition = "";
  p->default_value = p->maximum = p->tune_high = 1;
  o->struct_size = sizeof *o;
  o->id = "misbehaving";
  o->name = "Gradient descent with a misdeed";
  o->version = "1.0";
  o->author = o->license = o->summary = o->paper = "";
  o->parameters = tables.parameters;
  o->parameter_count = 1;
  o->needs = o->uses = RAVINE_GRADIENT;
  o->threads = 1;
  o->create = good_create;
  o->destroy = good_destroy;
  o->init = good_init;
  o->step = good_step;
  tables.optimizers[0] = o;
  tables.parameters[0] = p;
  tables.factory.struct_size = sizeof tables.factory;
  tables.factory.optimizers = tables.optimizers;
  tables.factory.count = 1;
  tables.plugin.struct_size = sizeof tables.plugin;
  tables.plugin.abi_minor = RAVINE_ABI_MINOR;
  tables.plugin.name = "misbehaving";
  tables.plugin.version = "1.0";
  tables.plugin.factory = good_factory;
}

const ravine_plugin* ravine_plugin_v1(uint64_t host_minor, char* error, uint64_t error_size) {
  (void)host_minor, (void)error, (void)error_size;
  behave();
  misbehave();
  return &tables.plugin;
}

#endif
