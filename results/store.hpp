// The database of results: one SQLite file, a transaction a trial. The schema is documented in
// results/schema.cpp. One process writes at a time; any number may read meanwhile. A process keeps
// one Store on a file: closing the writer's would drop the locks of a second one (POSIX), and the
// writer reads as well. A Store is used by one thread at a time.
//
// Every function throws StoreError. After an error of `add` everything added before it is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "results/dataset.hpp"
#include "results/record.hpp"
#include "results/store_error.hpp"

namespace ravine::results {

enum class OpenMode : std::int32_t {
  append,     ///< create the file or go on with it; one writer at a time
  read_only,  ///< the file must exist; works beside a writer and after one was killed
};

/// How much of each trial is read.
enum class Detail : std::int32_t {
  hits,  ///< all but the trace and the best point: enough for every table
  full,  ///< everything
};

/// What `Store::add` found.
enum class Added : std::int32_t {
  new_trial,     ///< the trial is stored, and its first measurement
  measurement,   ///< the trial was there already: only the measurement is stored
  disagreement,  ///< the same, but status, iterations, oracle cost or hits differ from the stored
                 ///< ones: the trial is not reproducible; the first stands, `agrees` is false
  ignored,       ///< a void run of a trial that has a valid one: nothing is stored
};

/// One value of a row as stored: absent, unsigned integer, real (may be NaN or infinite), text,
/// or a vector of reals.
using Value = std::variant<std::monostate, std::uint64_t, double, std::string, std::vector<double>>;
using Columns = std::vector<std::string>;
using RowVisitor = std::function<void(const Columns&, const std::vector<Value>&)>;

class Store {
 public:
  static Store open(const std::filesystem::path& file, OpenMode mode);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  ~Store();  ///< closes; see `close`. In a forked child it leaves the parent's database alone.

  /// Ends the use of the file and leaves a single plain file, unless a reader still has it open.
  /// Nothing else may be called afterwards. Committed trials are safe without it.
  void close();

  /// Stores a trial and one measurement of it in one transaction. The measurement's `trial` and
  /// `repetition` are set here (0, 1, … in order of arrival), its `hit_times` from `record.hits`
  /// where it has none. A void trial (Status::infrastructure) is replaced by its next run.
  Added add(const TrialRecord& record, const Measurement& measurement);
  void add(const Provenance& provenance);  ///< a machine that is known already is left as it is
  void remove(std::string_view id);        ///< with all that belongs to it; absent: does nothing

  bool has(std::string_view id) const;            ///< stored, and not void
  std::vector<std::string> finished_ids() const;  ///< of all trials that are not void, sorted

  std::optional<TrialRecord> trial(std::string_view id) const;  ///< in full detail
  /// Ordered by problem_label, batch_size, optimizer_label, instance, seed and id. The seconds of a
  /// hit are those of the trial's first measurement, NaN where there is none.
  std::vector<TrialRecord> trials(Detail detail = Detail::hits) const;
  std::vector<Measurement> measurements() const;        ///< ordered by trial and repetition
  std::vector<Provenance> machines() const;             ///< ordered by fingerprint
  Dataset dataset(Detail detail = Detail::hits) const;  ///< all of these, in one snapshot

  /// Calls `visit` for every row of one of `table_names()` (results/schema.hpp), in the order of
  /// its key; for an empty table once, with the columns and no values. `other` for an unknown name,
  /// with the known ones in the sentence.
  void rows(std::string_view table, const RowVisitor& visit) const;

  /// Holds the lock that keeps a second writer out; -1 when read-only. It is inherited by a forked
  /// child, which must close(2) it, or else the lock outlives this process.
  int lock_descriptor() const noexcept;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ravine::results
