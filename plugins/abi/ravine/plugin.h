/* ravine/plugin.h: the contract between Ravine, the host, and a plugin, a shared library that
 * offers optimizers (or problems). C99 and every later C and C++. This is the only header that a
 * plugin needs; plugins/README.md leads through writing one, plugins/minimal/minimal.c is the
 * smallest. Status: draft of v1.0; it may still change until v1.0 is frozen. One file, though long,
 * because it is the whole contract.
 *
 * Rules that hold for every function here
 * - Structs begin with struct_size, in bytes as the filler knows it, and only ever grow at their
 *   end. Read a field only if it lies within struct_size: RAVINE_HAS(pointer, field).
 * - A function that is absent is NULL and nothing else says so.
 * - Texts are UTF-8, NUL-terminated, owned by the side that filled the struct, and live as long as
 *   the struct. "" where there is nothing to say; NULL is refused.
 * - Vectors of n doubles: x, gradients and the like. The host aligns its own to 64 bytes; yours may
 *   lie anywhere.
 * - No exception, longjmp, locale, floating-point mode or signal handler crosses the line. Each
 *   side frees its own memory.
 * - A plugin is called by one thread at a time. It calls the host only during a call from the host,
 *   on the thread of that call, except where a function says otherwise.
 * - What the host does not offer answers RAVINE_NOT_SUPPORTED, with outputs untouched; an extension
 *   that it does not offer is NULL. That is the one way in which something is "not there".
 */
#ifndef RAVINE_PLUGIN_H
#define RAVINE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RAVINE_ABI_MAJOR 1u /* in the entry's name; another major does not load */
#define RAVINE_ABI_MINOR 0u /* informs; never compared for equality */

#define RAVINE_EXPORT __attribute__((visibility("default")))

/* Whether *pointer, as its filler knows it, reaches past the field. */
#define RAVINE_HAS(pointer, field)                              \
  ((const char*)&(pointer)->field + sizeof((pointer)->field) <= \
   (const char*)(pointer) + (pointer)->struct_size)

/* ---- Status codes: int32_t, never renumbered ----------------------------------------------- */

/* Done; outputs are filled. */
#define RAVINE_OK 0
/* From the host: the trial is over. Sticky: every later call answers it too, does no work and
 * leaves its outputs untouched. Return soon, and return RAVINE_STOP. */
#define RAVINE_STOP 1
/* From the host, in run: this stage is over. Return RAVINE_STAGE_END, and run is called again for
 * the next stage. Sticky like RAVINE_STOP until then. */
#define RAVINE_STAGE_END 2
/* From the host: f is undefined at x; back off. */
#define RAVINE_OUT_OF_DOMAIN 3
/* From the host: not offered here. From an optimizer: it cannot work on this task. */
#define RAVINE_NOT_SUPPORTED 4
/* It went wrong; say why with log(..., RAVINE_LOG_ERROR, ...). */
#define RAVINE_FAILED 5
/* The caller broke a rule of this header (stale ticket, null pointer, bad index, forbidden state).
 */
#define RAVINE_INVALID 6
/* From an optimizer: by its own test it is done. A claim; the host judges for itself. */
#define RAVINE_CONVERGED 7
/* From an optimizer: it can go no further (its line search failed, ...). */
#define RAVINE_NO_PROGRESS 8
/* An allocation failed. */
#define RAVINE_OUT_OF_MEMORY 9

/* ---- What an oracle can answer: bits of `needs`, `uses` and `offers` ------------------------ */

#define RAVINE_VALUE (UINT64_C(1) << 0)
#define RAVINE_GRADIENT (UINT64_C(1) << 1)
#define RAVINE_HESSIAN_VECTORS (UINT64_C(1) << 2)
#define RAVINE_BATCHES (UINT64_C(1) << 3)        /* the objective is a mean over samples */
#define RAVINE_FULL_OBJECTIVE (UINT64_C(1) << 4) /* ticket 0 is answered */

/* ---- Hyperparameters ------------------------------------------------------------------------ */

/* Types. Every value crosses as a double: an integer exactly, a boolean as 0 or 1, a choice as its
 * index. */
#define RAVINE_REAL 0
#define RAVINE_INTEGER 1
#define RAVINE_BOOLEAN 2
#define RAVINE_CHOICE 3

/* Scales on which the range worth tuning is searched. */
#define RAVINE_LINEAR 0
#define RAVINE_LOG 1           /* log(value) */
#define RAVINE_ONE_MINUS_LOG 2 /* log(1 - value), for momenta near 1 */

/* Roles. The learning rates are what a schedule multiplies: all of them by the same
   multiplier. */
#define RAVINE_PLAIN 0
#define RAVINE_LEARNING_RATE 1
#define RAVINE_WEIGHT_DECAY 2

/* Bits of ravine_parameter.open: an end of the legal range that is itself illegal. */
#define RAVINE_OPEN_MINIMUM (UINT64_C(1) << 0)
#define RAVINE_OPEN_MAXIMUM (UINT64_C(1) << 1)

typedef struct ravine_parameter {
  uint64_t struct_size;
  const char* name;      /* [a-z][a-z0-9_]*, unique in its optimizer */
  const char* meaning;   /* one line */
  const char* unit;      /* "1" for a plain number, "steps", "samples", ... */
  const char* condition; /* "" or when it matters: "nesterov = 1" */
  int32_t type;          /* RAVINE_REAL ... RAVINE_CHOICE */
  int32_t scale;         /* RAVINE_LINEAR ... */
  int32_t role;          /* RAVINE_PLAIN ... */
  int32_t reserved;      /* 0 */
  double default_value;  /* legal */
  double minimum;        /* of the legal range; may be -INFINITY. Booleans 0, choices 0 */
  double maximum;        /* may be INFINITY. Booleans 1, choices choice_count - 1 */
  double tune_low;       /* of the range worth tuning, within the legal one; the default may lie
                            outside of it */
  double tune_high;
  uint64_t open;              /* RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM */
  const char* const* choices; /* RAVINE_CHOICE: choice_count names; else NULL */
  uint64_t choice_count;
} ravine_parameter;

/* ---- What the host offers: services ---------------------------------------------------------- */

#define RAVINE_LOG_INFO 0
#define RAVINE_LOG_WARNING 1
/* The last one becomes the reason of a failure in the trial's record. */
#define RAVINE_LOG_ERROR 2

/* Given to create; valid until destroy has returned. Callable from create to destroy. */
typedef struct ravine_host {
  uint64_t struct_size;
  void* handle;       /* the host's own */
  uint64_t abi_minor; /* what the host was built with */

  /* One line of text for the trial's record; control characters are dropped, long texts cut. */
  void (*log)(const struct ravine_host* host, int32_t level, const char* text);

  /* Words first .. first + count - 1 of the named random stream, into out[0 .. count). Streams are
   * infinite, random access, without state, and depend on the trial's seed and the name alone: the
   * same call gives the same words. Any name will do ("noise", "restart").
   * random_bits: 64 uniform bits a word. random_uniform: doubles in [0, 1), multiples of 2^-53.
   * random_normal: standard normal doubles, finite. Answer OK, or INVALID for a null pointer. */
  int32_t (*random_bits)(const struct ravine_host* host, const char* stream, uint64_t first,
                         uint64_t count, uint64_t* out);
  int32_t (*random_uniform)(const struct ravine_host* host, const char* stream, uint64_t first,
                            uint64_t count, double* out);
  int32_t (*random_normal)(const struct ravine_host* host, const char* stream, uint64_t first,
                           uint64_t count, double* out);

  /* A service beyond this struct, by name ("ravine.thing/1"), or NULL. */
  const void* (*extension)(const struct ravine_host* host, const char* name);
} ravine_host;

/* ---- What the host offers: the oracle ---------------------------------------------------------
 */

/* A ticket names a function: the mean of the objective over a batch of samples. The same ticket
 * gives the same function, bit for bit, wherever it is asked, until it is released. Ticket 0 is the
 * full objective, which a problem may refuse. Tickets that the host hands to a step are released by
 * the host when that step returns; tickets that you draw or make are yours to release. */
#define RAVINE_FULL UINT64_C(0)

/* The only way in which an optimizer sees a problem. Valid from init to destroy; callable during
 * init, step, run, reset and stage, on the thread of that call, and not from within itself. Every
 * call is counted, timed and charged. Each function answers a status code; on any but OK its
 * outputs are untouched. NaN and infinity are ordinary values of f. x is read, never written, and
 * must not overlap an output. */
typedef struct ravine_oracle {
  uint64_t struct_size;
  void* handle; /* the host's own */

  /* f(x) into *value and its gradient into gradient[0 .. n); either may be NULL, not both.
   * OK, STOP, STAGE_END, OUT_OF_DOMAIN, NOT_SUPPORTED (ticket 0 refused), FAILED, INVALID. */
  int32_t (*evaluate)(const struct ravine_oracle* oracle, uint64_t ticket, const double* x,
                      double* value, double* gradient);

  /* H(x) v for count vectors: v and hv are count x n, one vector after the other.
   * As evaluate; NOT_SUPPORTED where the task does not offer RAVINE_HESSIAN_VECTORS. */
  int32_t (*hessian_vectors)(const struct ravine_oracle* oracle, uint64_t ticket, const double* x,
                             const double* v, uint64_t count, double* hv);

  /* Whether to go on: OK, STOP or STAGE_END. Costs nothing. */
  int32_t (*should_stop)(const struct ravine_oracle* oracle);

  /* Run mode: x is an accepted iterate, the n-th call the n-th iteration. OK, STOP, STAGE_END,
   * INVALID (not in run). Not timed, not charged. */
  int32_t (*report)(const struct ravine_oracle* oracle, const double* x);

  /* A ticket for the next mini-batch of the problem's data order. OK, STOP, STAGE_END,
   * NOT_SUPPORTED where the task has no samples. */
  int32_t (*draw_batch)(const struct ravine_oracle* oracle, uint64_t* ticket);

  /* A ticket for the given samples: count >= 1 indices below sample_count, repeats allowed; copied.
   * As draw_batch; INVALID for a bad index. */
  int32_t (*make_batch)(const struct ravine_oracle* oracle, const uint64_t* indices, uint64_t count,
                        uint64_t* ticket);

  /* The samples of a ticket: their number into *count, and as many of them as fit into
   * indices[0 .. capacity); indices may be NULL when capacity is 0. OK, STOP, STAGE_END,
   * NOT_SUPPORTED (ticket 0, or no samples), INVALID (stale ticket). */
  int32_t (*batch_samples)(const struct ravine_oracle* oracle, uint64_t ticket, uint64_t* indices,
                           uint64_t capacity, uint64_t* count);

  /* Gives a drawn or made ticket back. OK, STOP and STAGE_END (given back all
   * the same), INVALID (stale, 0, or the host's own). */
  int32_t (*release_batch)(const struct ravine_oracle* oracle, uint64_t ticket);

  /* A further way to ask, by the names below, or NULL where this task does not offer it. The struct
   * lives as long as the oracle. */
  const void* (*extension)(const struct ravine_oracle* oracle, const char* name);
} ravine_oracle;

/* ---- What the host offers: extensions of the oracle -------------------------------------------
 */

/* Each is a struct that oracle->extension(name) returns. Tickets, statuses, states and charging as
 * for evaluate. A draft keeps its name when it becomes stable; another meaning is another number.
 */

#define RAVINE_EXTENSION_HESSIAN "ravine.hessian/1"
typedef struct ravine_hessian {
  uint64_t struct_size;
  /* The dense Hessian, n x n doubles, symmetric, both triangles. */
  int32_t (*hessian)(const ravine_oracle* oracle, uint64_t ticket, const double* x, double* h);
} ravine_hessian;

#define RAVINE_EXTENSION_PARTIALS "ravine.partials/1"
typedef struct ravine_partials {
  uint64_t struct_size;
  /* A cursor at x keeps what makes a coordinate cost a coordinate (residuals). One at a time. On
   * ticket 0 it stays where it is from step to step, until close, another stage or a reset; on a
   * batch, until the ticket is released. It does not follow x: move it as you move x, and open it
   * anew where x is not where you left it (RAVINE_X_MOVED). Opening takes a pass over the data and
   * is charged as a value; moving is free. */
  int32_t (*open)(const ravine_oracle* oracle, uint64_t ticket, const double* x);
  /* df/dx_i and d2f/dx_i^2 at the cursor; either output may be NULL, not both. 1/n gradient. */
  int32_t (*partial)(const ravine_oracle* oracle, uint64_t index, double* first, double* second);
  /* Moves the cursor: x_i += delta. */
  int32_t (*move)(const ravine_oracle* oracle, uint64_t index, double delta);
  int32_t (*close)(const ravine_oracle* oracle);
} ravine_partials;

#define RAVINE_EXTENSION_RESIDUALS "ravine.residuals/1"
typedef struct ravine_residuals {
  uint64_t struct_size;
  uint64_t count; /* m residuals r_i */
  double scale;   /* f = scale * sum r_i^2 + whatever is not a sum of squares */
  /* Ticket 0 only. Charged as a value; the products below as a gradient each (one of each is a
   * Gauss-Newton product), the Jacobian as n of them. */
  int32_t (*residuals)(const ravine_oracle* oracle, uint64_t ticket, const double* x, double* r);
  /* J v (m doubles) and J^T u (n doubles) at x. */
  int32_t (*jacobian_vector)(const ravine_oracle* oracle, uint64_t ticket, const double* x,
                             const double* v, double* jv);
  int32_t (*vector_jacobian)(const ravine_oracle* oracle, uint64_t ticket, const double* x,
                             const double* u, double* uj);
  /* The dense Jacobian, m x n, row-major. */
  int32_t (*jacobian)(const ravine_oracle* oracle, uint64_t ticket, const double* x, double* j);
} ravine_residuals;

#define RAVINE_EXTENSION_GAUSS_NEWTON "ravine.gauss_newton/1"
typedef struct ravine_gauss_newton {
  uint64_t struct_size;
  /* G(x) v for count vectors, laid out as in hessian_vectors. */
  int32_t (*products)(const ravine_oracle* oracle, uint64_t ticket, const double* x,
                      const double* v, uint64_t count, double* gv);
} ravine_gauss_newton;

#define RAVINE_EXTENSION_SAMPLED_LABELS "ravine.sampled_labels/1"
typedef struct ravine_sampled_labels {
  uint64_t struct_size;
  /* The gradient with labels drawn from the model's own distribution; `draw` tells draws apart. */
  int32_t (*gradient)(const ravine_oracle* oracle, uint64_t ticket, const double* x, uint64_t draw,
                      double* gradient);
} ravine_sampled_labels;

#define RAVINE_EXTENSION_SAMPLE_GRADIENTS "ravine.sample_gradients/1"
typedef struct ravine_sample_gradients {
  uint64_t struct_size;
  /* The gradient of each of a ticket's samples, in the order of batch_samples: count x n doubles.
   * On ticket 0 of all samples, in the order of their indices. Charged as the ticket's gradient. */
  int32_t (*gradients)(const ravine_oracle* oracle, uint64_t ticket, const double* x,
                       double* gradients);
} ravine_sample_gradients;

#define RAVINE_EXTENSION_L1 "ravine.l1/1"
typedef struct ravine_l1 {
  uint64_t struct_size;
  double weight; /* the objective is f(x) + weight * sum |x_i|; evaluate answers f alone */
} ravine_l1;

#define RAVINE_EXTENSION_BOUNDS "ravine.bounds/1"
typedef struct ravine_bounds {
  uint64_t struct_size;
  /* n doubles each, -INFINITY and INFINITY where there is no bound. The host projects x onto the
   * box after each step, and what is reported in run before it is judged; the oracle answers
   * outside of the box as well. */
  const double* lower;
  const double* upper;
} ravine_bounds;

/* ---- What an optimizer is told ----------------------------------------------------------------
 */

/* Roles of a block. */
#define RAVINE_BLOCK_GENERIC 0
#define RAVINE_BLOCK_MATRIX 1
#define RAVINE_BLOCK_BIAS 2
#define RAVINE_BLOCK_NORM_SCALE 3
#define RAVINE_BLOCK_EMBEDDING 4
#define RAVINE_BLOCK_OUTPUT_LAYER 5

/* A part of the flat vector x that has a shape: x[offset .. offset + product of dimensions),
 * row-major. */
typedef struct ravine_block {
  uint64_t struct_size;
  const char* name;
  uint64_t offset;
  const uint64_t* dimensions;
  uint64_t dimension_count;
  int32_t role;
  int32_t exempt_from_decay; /* 1: weight decay should leave it alone */
} ravine_block;

/* The task at hand. Says nothing of which problem it is. Valid from init to destroy. */
typedef struct ravine_task {
  uint64_t struct_size;
  uint64_t n;                        /* number of variables, at least 1 */
  uint64_t offers;                   /* RAVINE_VALUE | ... */
  uint64_t sample_count;             /* 0: not a finite sum */
  uint64_t batch_size;               /* samples in a step's ticket; 0: steps get ticket 0 */
  uint64_t horizon;                  /* iterations planned, 0 unknown */
  uint64_t stage_count;              /* 1 unless the objective comes in stages */
  uint64_t threads;                  /* how many threads you may use, at least 1 */
  const ravine_block* const* blocks; /* block_count pointers; they cover [0, n) in order */
  uint64_t block_count;
} ravine_task;

/* Flags of a step. */
/* x is not where the last step left it: the host has projected it onto the box. What was known of
 * the point (its gradient, a cursor there) is of another one. */
#define RAVINE_X_MOVED (UINT64_C(1) << 0)

/* What a step may need to know. Valid during the call. */
typedef struct ravine_step {
  uint64_t struct_size;
  uint64_t iteration; /* 0 for the first step */
  uint64_t ticket;    /* the batch of this step; RAVINE_FULL without mini-batches */
  uint64_t horizon;   /* iterations planned, 0 unknown */
  double multiplier;  /* of the learning rate, from the schedule; 1 without one */
  double epoch;       /* passes over the data so far; the iteration without samples */
  uint64_t flags;     /* RAVINE_X_MOVED */
} ravine_step;

/* The objective has changed: from here on the oracle answers for another stage. */
#define RAVINE_STALE_CURVATURE (UINT64_C(1) << 0) /* gradient differences from before mislead */
#define RAVINE_STALE_VALUES (UINT64_C(1) << 1)    /* values from before do not compare */
typedef struct ravine_stage {
  uint64_t struct_size;
  uint64_t index;   /* 1 for the first change */
  uint64_t count;   /* number of stages; the last one is the objective that counts */
  uint64_t changed; /* RAVINE_STALE_CURVATURE | RAVINE_STALE_VALUES */
  double parameter; /* the stage's own: a smoothing width t, a share of the data */
} ravine_stage;

/* Where saved state goes to and comes from: callbacks that take or give any number of bytes. */
typedef struct ravine_sink {
  uint64_t struct_size;
  void* handle;
  int32_t (*write)(const struct ravine_sink* sink, const void* bytes, uint64_t count);
} ravine_sink;

typedef struct ravine_source {
  uint64_t struct_size;
  void* handle;
  /* Up to count bytes into bytes, their number into *got; 0 at the end. */
  int32_t (*read)(const struct ravine_source* source, void* bytes, uint64_t count, uint64_t* got);
} ravine_source;

/* ---- An optimizer ------------------------------------------------------------------------------
 */

/* Traits. */
/* It scales its learning rate by step->multiplier. */
#define RAVINE_HONOURS_MULTIPLIER (UINT64_C(1) << 0)
/* Run mode: it calls report for each iterate. */
#define RAVINE_REPORTS_ITERATIONS (UINT64_C(1) << 1)

/* An algorithm with its hyperparameters. A constant table in the plugin. Instances are what create
 * returns; several may live at once and share nothing that changes.
 * Order of calls: create, init, then any of step (or run), stage, reset, judged_point, save,
 * restore; destroy at any moment after create, once. */
typedef struct ravine_optimizer {
  uint64_t struct_size;
  const char* id;      /* [a-z][a-z0-9_.-]*, at most 64 bytes, unique; never changes its meaning */
  const char* name;    /* for people: "Adam" */
  const char* version; /* of this optimizer: raised when its iterates change */
  const char* author;
  const char* license; /* SPDX identifier */
  const char* summary; /* one line */
  const char* paper;   /* the citation, or "" */

  const ravine_parameter* const* parameters;
  uint64_t parameter_count;

  uint64_t needs;   /* RAVINE_GRADIENT | ...: without these the trial is "unsupported" */
  uint64_t uses;    /* needs, and what else it asks for where offered */
  uint64_t traits;  /* RAVINE_HONOURS_MULTIPLIER | ... */
  uint64_t threads; /* the most threads that it would use, at least 1 */
  const char* const* needs_extensions; /* names; NULL when the count is 0 */
  uint64_t needs_extension_count;
  const char* const* uses_extensions; /* those that it needs, and what else it asks for */
  uint64_t uses_extension_count;

  /* Required. A new instance with the given settings: one double for each parameter, in order,
   * legal and finite; valid during the call only. NULL after log(..., RAVINE_LOG_ERROR, why) when
   * they do not go together or memory is short; what only the task can tell is refused by init. */
  void* (*create)(const struct ravine_optimizer* optimizer, const ravine_host* host,
                  const double* settings);

  /* Required. Frees the instance and joins its threads. Never fails. */
  void (*destroy)(void* self);

  /* Required. Prepares for a task that starts at x (n doubles, valid during the call).
   * OK, NOT_SUPPORTED, FAILED, OUT_OF_MEMORY, or a status of the oracle passed on. */
  int32_t (*init)(void* self, const ravine_task* task, const ravine_oracle* oracle,
                  const double* x);

  /* One of step and run is required; with both, the host steps.
   * One iteration: reads x, leaves the next iterate in x. x is the host's, n doubles, the same
   * buffer or another at each call, and holds what the last step left, unless the step's flags say
   * that the host moved it. OK: an iteration is done. CONVERGED, NO_PROGRESS: it is done, x may
   * be as it was, and no further one is worth it. STOP: the iteration does not count, whatever x
   * holds. NOT_SUPPORTED, OUT_OF_DOMAIN, FAILED, OUT_OF_MEMORY and other statuses of the oracle
   * passed on: it does not count, and the trial ends. */
  int32_t (*step)(void* self, const ravine_oracle* oracle, const ravine_step* step, double* x);

  /* The optimizer's own loop: from x to a final x, with report for each accepted iterate.
   * CONVERGED or NO_PROGRESS: it stopped by itself. STOP, STAGE_END: the host said so. */
  int32_t (*run)(void* self, const ravine_oracle* oracle, const ravine_step* step, double* x);

  /* Optional. Back to the state after init, starting at x. Without it the host makes a new
   * instance. OK or FAILED. */
  int32_t (*reset)(void* self, const double* x);

  /* Optional. The objective moves on to another stage, at x. Without it the host resets.
   * OK or FAILED. */
  int32_t (*stage)(void* self, const ravine_stage* stage, const double* x);

  /* Optional. The point at which this optimizer wants to be judged after the step that left x, such
   * as an average, into out[0 .. n). x is as the next step will see it, projected where there is a
   * box, and so is out before it is judged. The next stage starts from x, not from out. May not ask
   * the oracle; timed on an account of its own. Step mode only. OK, or FAILED: then x is judged,
   * and the record says so. */
  int32_t (*judged_point)(void* self, const double* x, double* out);

  /* Optional, both or none. The whole state after init, as bytes of the plugin's own format. A
   * failed restore (FAILED: damaged, another version, another n) leaves the instance as it was. */
  int32_t (*save)(void* self, const ravine_sink* sink);
  int32_t (*restore)(void* self, const ravine_source* source);
} ravine_optimizer;

#define RAVINE_OPTIMIZERS "ravine.optimizers/1"
typedef struct ravine_optimizer_factory {
  uint64_t struct_size;
  const ravine_optimizer* const* optimizers;
  uint64_t count;
} ravine_optimizer_factory;

/* ---- A problem ----------------------------------------------------------------------------------
 */

/* Which function a problem is asked for. */
typedef struct ravine_objective {
  uint64_t struct_size;
  uint64_t stage;          /* below stage_count */
  const uint64_t* samples; /* sample indices; NULL: all of them */
  uint64_t count;
} ravine_objective;

/* What is known of a problem's instance. Owned by the instance. */
typedef struct ravine_facts {
  uint64_t struct_size;
  uint64_t n;
  uint64_t offers;       /* RAVINE_VALUE | ... */
  uint64_t sample_count; /* 0: not a finite sum */
  uint64_t stage_count;  /* at least 1 */
  const double* x0;      /* the start, n doubles */
  const double* x_star;  /* a global minimizer, n doubles, or NULL */
  double f_star;         /* the minimum of the last stage; NAN when unknown */
  double rounding_floor; /* smallest (f - f*) / (f0 - f*) that rounding allows; 0 when none */
  const ravine_block* const* blocks; /* block_count pointers; they cover [0, n) in order */
  uint64_t block_count;
} ravine_facts;

/* A family of problems. The host stands between: an optimizer never sees one of these. */
typedef struct ravine_problem {
  uint64_t struct_size;
  const char* id;
  const char* name;
  const char* version;
  const char* author;
  const char* license;
  const char* summary;
  const char* citation;
  const ravine_parameter* const* parameters;
  uint64_t parameter_count;

  /* Required. An instance: 0 is the paper's own, the others depend on the seed, which is also that
   * of the host's random streams. NULL after log(..., RAVINE_LOG_ERROR, why). */
  void* (*create)(const struct ravine_problem* problem, const ravine_host* host,
                  const double* settings, uint64_t instance, uint64_t seed);
  void (*destroy)(void* self);              /* required */
  const ravine_facts* (*facts)(void* self); /* required */
  /* Required. As ravine_oracle.evaluate; the same arguments give the same bits. */
  int32_t (*evaluate)(void* self, const ravine_objective* objective, const double* x, double* value,
                      double* gradient);
  /* Optional, as in ravine_oracle and ravine_hessian. */
  int32_t (*hessian_vectors)(void* self, const ravine_objective* objective, const double* x,
                             const double* v, uint64_t count, double* hv);
  int32_t (*hessian)(void* self, const ravine_objective* objective, const double* x, double* h);
  /* Optional. A further offer, by name, or NULL. */
  const void* (*extension)(void* self, const char* name);
} ravine_problem;

#define RAVINE_PROBLEMS "ravine.problems/1"
typedef struct ravine_problem_factory {
  uint64_t struct_size;
  const ravine_problem* const* problems;
  uint64_t count;
} ravine_problem_factory;

/* ---- The entry
 * ----------------------------------------------------------------------------------- */

typedef struct ravine_plugin {
  uint64_t struct_size;
  uint64_t abi_minor;  /* RAVINE_ABI_MINOR that it was built with */
  const char* name;    /* of the library, for people */
  const char* version; /* of the library */
  /* RAVINE_OPTIMIZERS: const ravine_optimizer_factory *. RAVINE_PROBLEMS: const
   * ravine_problem_factory *. NULL for what it does not offer or does not know. The same answer at
   * every call. */
  const void* (*factory)(const char* id);
} ravine_plugin;

/* The one exported symbol, with the major in its name: a table that lives as long as the library,
 * or NULL after writing why into error (at most error_size bytes, NUL-terminated). Does no work,
 * starts no thread, may be called twice. Static constructors do nothing either: the host loads a
 * plugin once and forks for each trial. */
RAVINE_EXPORT const ravine_plugin* ravine_plugin_v1(uint64_t host_minor, char* error,
                                                    uint64_t error_size);

#ifdef __cplusplus
}
#endif
#endif /* RAVINE_PLUGIN_H */
