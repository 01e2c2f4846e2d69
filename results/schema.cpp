#include "results/schema.hpp"

#include <algorithm>
#include <array>

namespace ravine::results {
namespace {

// Comments inside the parentheses of CREATE TABLE are kept by SQLite, so that `.schema` explains a
// database without this program. Tables are not STRICT: SQLite before 3.37, still common on
// clusters, could not open the file at all.
constexpr std::string_view kSchema = R"sql(
CREATE TABLE trial (  -- One row a trial. What the seed decides: nothing here comes from a clock.
  -- In all tables: an absent value is NULL. Not a number is the TEXT 'NaN', which compares as larger
  -- than any number; infinities are the REALs Inf and -Inf; zero has no sign. Counts are unsigned
  -- 64-bit integers: from 2^63 on SQLite shows them as negative. Lists are JSON:
  -- json_extract(settings, '$.momentum').
  id                TEXT NOT NULL PRIMARY KEY,  -- exact identity, 32 hexadecimal digits
  meaning           TEXT NOT NULL,  -- identity whatever the bytes of the plugin, 32 hex digits
  suite             TEXT NOT NULL,  -- name of the suite that asked for it first
  suite_hash        TEXT NOT NULL,  -- SHA-256 of that suite's file; empty without one
  optimizer         TEXT NOT NULL,  -- id of the optimizer
  optimizer_version TEXT NOT NULL,
  optimizer_label   TEXT NOT NULL,  -- row of a table: id, and the settings that tell rows apart
  optimizer_entry   TEXT NOT NULL,  -- the label without what the suite sweeps
  optimizer_swept   TEXT NOT NULL,  -- JSON object: settings that the suite sweeps, as it writes them
  settings          TEXT NOT NULL,  -- JSON object: every hyperparameter in force, values as text
  expressions       TEXT NOT NULL,  -- JSON object: of these, what the suite gives by one, "1/L"
  problem           TEXT NOT NULL,  -- id of the problem family
  problem_revision  INTEGER NOT NULL,
  problem_label     TEXT NOT NULL,  -- heading of a table: family, and the parameters that tell apart
  problem_entry     TEXT NOT NULL,  -- the label without what the suite sweeps
  problem_swept     TEXT NOT NULL,  -- JSON object: parameters, and batch, that the suite sweeps
  parameters        TEXT NOT NULL,  -- JSON object: every parameter of the problem, values as text
  shape             TEXT NOT NULL CHECK (shape IN ('', 'convex', 'quadratic')),
  constants         TEXT NOT NULL,  -- JSON object of numbers: mu, L, kappa, R = |x0 - x*|_2, ...
  instance          INTEGER NOT NULL,  -- 0: the canonical one of the problem's paper
  seed              INTEGER NOT NULL,  -- repetition
  batch_size        INTEGER NOT NULL,  -- samples a step; 0: the full objective
  batch_order       TEXT NOT NULL CHECK (batch_order IN ('', 'shuffled', 'sequential',
                      'replacement', 'fresh')),
  n                 INTEGER NOT NULL,  -- number of variables
  instance_hash     TEXT NOT NULL,  -- of the bits of x0, f(x0) and its gradient (on
                                    -- the first samples of a sum), and of the data set
  plugin_hash       TEXT NOT NULL,  -- of the bytes of the shared library
  protocol          INTEGER NOT NULL,  -- version of the measuring protocol
  budget_iterations INTEGER NOT NULL,
  budget_oracle     REAL NOT NULL,  -- gradient equivalents
  schedule          TEXT NOT NULL,  -- of the learning rate; " (ignored)" where it was not honoured
  status            TEXT NOT NULL CHECK (status IN ('hit', 'budget', 'converged-early', 'diverged',
                      'unsupported', 'timeout', 'crash', 'memory', 'protocol', 'infrastructure')),
  reason            TEXT NOT NULL,  -- why, in one line
  stopped_by_clock  INTEGER NOT NULL CHECK (stopped_by_clock IN (0, 1)),  -- 1: a limit in seconds
                                    -- ended it; a miss, and never compared bit for bit
  iterations        INTEGER,  -- NULL: the library reports none
  oracle_cost       REAL NOT NULL,  -- spent, in gradient equivalents
  -- Raw counts of what was asked of the oracle.
  count_values          INTEGER NOT NULL,  -- evaluations of a value alone
  count_gradients       INTEGER NOT NULL,  -- of a gradient, with or without its value
  count_hessian_vectors INTEGER NOT NULL,  -- Hessian- or Gauss-Newton-vector products
  count_hessians        INTEGER NOT NULL,  -- dense Hessians
  count_partials        INTEGER NOT NULL,  -- partial derivatives
  count_batches         INTEGER NOT NULL,  -- batch tickets drawn or made
  count_samples         INTEGER NOT NULL,  -- samples evaluated, over all calls
  f_start           REAL,  -- f(x0)
  f_star            REAL,  -- known optimum; NULL: unknown
  f_best            REAL,  -- lowest judged value of the objective that counts; NULL: never judged
  f_last            REAL,  -- at the last judged iterate; NULL: never judged
  -- Where a deterministic trial ended, by f - f*, gradient norm and smallest eigenvalue there.
  ended             TEXT NOT NULL CHECK (ended IN ('', 'global minimum', 'local minimum', 'saddle',
                      'plateau', 'elsewhere')),  -- elsewhere: not stationary; '': not asked
  ended_at          TEXT NOT NULL,  -- the problem's name of that place; '' where it has none
  gradient_norm_last  REAL,  -- max-norm; NULL: not asked
  smallest_eigenvalue REAL,  -- of the Hessian, by Lanczos; NULL: not asked
  saddle_steps      INTEGER,  -- iterations to leave a known saddle; NULL: not met, or not left
  overshoot         REAL,  -- largest (f - f_start) / (f_start - f_star), at least 0; NULL: no f*
  regret            REAL,  -- on batches: sum over steps of the value that the step saw, less f*:
                           -- against the best fixed point, after whole passes; NULL: no f*
  gradient_noise    REAL,  -- sigma at x0: root mean square of |g_i - g|_2; NULL: not asked
  gradient_error    REAL,  -- at x0, root mean square of |g_B - g|_2 over batches; NULL: not asked
  notes             TEXT NOT NULL,  -- JSON array: what was seen beside the status, a line each
  metric_names      TEXT NOT NULL   -- JSON array: the problem's metrics, in the order of its trace
) WITHOUT ROWID;

CREATE TABLE target (  -- The tolerances at which a trial was judged, met or not.
  trial       TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,  -- "relative 1e-06", "gradient 1e-04", "test_accuracy 0.8"
  position    INTEGER NOT NULL,  -- order in the suite, from 0
  kind        TEXT NOT NULL CHECK (kind IN ('relative', 'gradient', 'metric')),
                              -- relative: (f - f*) / (f0 - f*) <= level; gradient: max-norm
                              -- <= level * max(1, max-norm at x0); metric: at or beyond level
  metric      TEXT NOT NULL,  -- name of the metric; '' for other kinds
  level       REAL NOT NULL,
  decides     INTEGER NOT NULL CHECK (decides IN (0, 1)),  -- 1: counts for the status 'hit'
  below_floor INTEGER NOT NULL CHECK (below_floor IN (0, 1)),  -- 1: below the rounding floor
  PRIMARY KEY (trial, name)
) WITHOUT ROWID;

CREATE TABLE hit (  -- Where a target was first met. A target without a row here was missed.
  trial           TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  target          TEXT NOT NULL,  -- target.name
  rule            TEXT NOT NULL CHECK (rule IN ('iterate', 'evaluation')),
                                  -- iterate: at an accepted iterate; evaluation: at any answered
                                  -- evaluation, whoever owns the loop
  iteration       INTEGER,  -- NULL: the library reports no iterations
  iteration_after INTEGER,  -- last judged iteration that had not met it; the hit lies after it
  oracle_cost     REAL NOT NULL,  -- gradient equivalents
  oracle_cost_after REAL,  -- cost at the last look that had not met it; NULL: exact
  at_start        INTEGER NOT NULL CHECK (at_start IN (0, 1)),  -- 1: met at x0
  PRIMARY KEY (trial, target, rule)
) WITHOUT ROWID;

CREATE TABLE trace (  -- Judged points, thinned to a bounded number.
  trial         TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  position      INTEGER NOT NULL,  -- from 0, in order of time
  iteration     INTEGER NOT NULL,  -- where a library reports none: the number of the evaluation
  stage         INTEGER NOT NULL,  -- of a continuation or curriculum problem, from 0
  oracle_cost   REAL NOT NULL,  -- gradient equivalents
  value         REAL,  -- of the objective that counts; NULL: not judged here
  gradient_norm REAL,  -- max-norm; NULL: not judged here
  step_value    REAL,  -- mini-batches: the value that the step saw; NULL: none
  PRIMARY KEY (trial, position)
) WITHOUT ROWID;

CREATE TABLE metric (  -- Metrics of the problem at points of the trace.
  trial     TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  position  INTEGER NOT NULL,  -- trace.position
  name      TEXT NOT NULL,     -- one of trial.metric_names
  iteration INTEGER NOT NULL,  -- as in the trace, for queries without a join
  value     REAL NOT NULL,     -- in the metric's own unit
  PRIMARY KEY (trial, position, name)
) WITHOUT ROWID;

CREATE TABLE point (  -- Point of the best hit, for verification by an independent process.
  trial TEXT NOT NULL PRIMARY KEY REFERENCES trial (id) ON DELETE CASCADE,
  x     BLOB NOT NULL  -- n IEEE 754 doubles, little-endian
) WITHOUT ROWID;

CREATE TABLE measurement (  -- One run of a trial on a machine. All times in seconds of wall-clock.
  id                INTEGER PRIMARY KEY,
  trial             TEXT NOT NULL REFERENCES trial (id) ON DELETE CASCADE,
  repetition        INTEGER NOT NULL,  -- from 0 in order of arrival in this database
  machine           TEXT NOT NULL,  -- fingerprint: provenance.machine
  started_at        TEXT NOT NULL,  -- UTC, ISO 8601
  wall_seconds      REAL NOT NULL,  -- of the worker process, from its start to its end
  startup_seconds   REAL NOT NULL,
  optimizer_seconds REAL NOT NULL,
  oracle_seconds    REAL NOT NULL,
  judge_seconds     REAL NOT NULL,
  averaging_seconds REAL NOT NULL,  -- in the optimizer's averaging callback
  recording_seconds REAL NOT NULL,
  remainder_seconds REAL NOT NULL,  -- wall minus all of these
  books_balance     INTEGER NOT NULL CHECK (books_balance IN (0, 1)),
                                    -- 0: the remainder exceeds 5 % and a millisecond
  clock_cost_seconds REAL NOT NULL,  -- of one reading of the clock
  state_bytes       INTEGER NOT NULL,  -- heap growth from creation to the end of the second step
  peak_memory_bytes INTEGER NOT NULL,  -- of the worker process
  agrees            INTEGER NOT NULL CHECK (agrees IN (0, 1)),
                                    -- 0: status, iterations, cost, values or hits differ from the trial's
  UNIQUE (trial, repetition)
);

CREATE TABLE hit_time (  -- When a target was first met in one run.
  measurement       INTEGER NOT NULL REFERENCES measurement (id) ON DELETE CASCADE,
  target            TEXT NOT NULL,  -- target.name
  rule              TEXT NOT NULL CHECK (rule IN ('iterate', 'evaluation')),
  seconds           REAL NOT NULL,  -- of optimizer and oracle until then, judging left out
  optimizer_seconds REAL NOT NULL,  -- the optimizer's own share of them
  PRIMARY KEY (measurement, target, rule)
) WITHOUT ROWID;

CREATE TABLE step_time (  -- Distribution of wall-clock per step. No rows: nobody saw steps.
  measurement    INTEGER NOT NULL REFERENCES measurement (id) ON DELETE CASCADE,
  part           TEXT NOT NULL,     -- 'step', 'oracle', or 'optimizer' (step minus oracle)
  count          INTEGER NOT NULL,  -- steps, warm-up apart
  mean_seconds   REAL NOT NULL,
  median_seconds REAL NOT NULL,
  p90_seconds    REAL NOT NULL,
  p99_seconds    REAL NOT NULL,
  max_seconds    REAL NOT NULL,
  median_absolute_deviation_seconds REAL NOT NULL,
  warmup_count        INTEGER NOT NULL,
  warmup_mean_seconds REAL NOT NULL,
  PRIMARY KEY (measurement, part)
) WITHOUT ROWID;

CREATE TABLE provenance (  -- A machine and a build, as far as times depend on them.
  machine   TEXT NOT NULL PRIMARY KEY,  -- fingerprint: hash of the rest
  cpu       TEXT NOT NULL,
  governor  TEXT NOT NULL,  -- of the processor's frequency
  kernel    TEXT NOT NULL,
  compiler  TEXT NOT NULL,
  flags     TEXT NOT NULL,
  libraries TEXT NOT NULL,
  version   TEXT NOT NULL,  -- of Ravine
  cores     INTEGER NOT NULL
) WITHOUT ROWID;

-- Each trial beside its measurements: a row a measurement.
CREATE VIEW trials AS
SELECT t.*, m.repetition, m.machine, m.started_at, m.wall_seconds, m.startup_seconds,
       m.optimizer_seconds, m.oracle_seconds, m.judge_seconds, m.averaging_seconds,
       m.recording_seconds, m.remainder_seconds, m.books_balance, m.clock_cost_seconds,
       m.state_bytes, m.peak_memory_bytes, m.agrees, s.count AS steps,
       s.median_seconds AS step_median_seconds, p.median_seconds AS optimizer_median_seconds,
       o.median_seconds AS oracle_median_seconds
  FROM trial t
  LEFT JOIN measurement m ON m.trial = t.id
  LEFT JOIN step_time s ON s.measurement = m.id AND s.part = 'step'
  LEFT JOIN step_time p ON p.measurement = m.id AND p.part = 'optimizer'
  LEFT JOIN step_time o ON o.measurement = m.id AND o.part = 'oracle';
)sql";

}  // namespace

std::string_view schema_sql() noexcept { return kSchema; }

const std::vector<TableInfo>& table_infos() {
  static const std::vector<TableInfo> infos = {
      {"trials", "id, repetition"},
      {"trial", "id"},
      {"target", "trial, position"},
      {"hit", "trial, target, rule"},
      {"trace", "trial, position"},
      {"metric", "trial, position, name"},
      {"point", "trial"},
      {"measurement", "trial, repetition"},
      {"hit_time", "measurement, target, rule"},
      {"step_time", "measurement, part"},
      {"provenance", "machine"},
  };
  return infos;
}

std::vector<std::string_view> table_names() {
  std::vector<std::string_view> names;
  for (const TableInfo& info : table_infos()) names.push_back(info.name);
  return names;
}

bool is_json_column(std::string_view column) noexcept {
  constexpr std::array<std::string_view, 8> kJson = {"settings",   "optimizer_swept", "expressions",
                                                     "parameters", "problem_swept",   "constants",
                                                     "notes",      "metric_names"};
  return std::find(kJson.begin(), kJson.end(), column) != kJson.end();
}

}  // namespace ravine::results
