// What a Store holds. Internal.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>

#include "results/store.hpp"
#include "results/store/connection.hpp"
#include "results/store/file_lock.hpp"

namespace ravine::results {

struct Store::Impl {
  Impl(const std::filesystem::path& file, OpenMode mode);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  void open_for_writing();
  void check_identity();  ///< throws unless it is a database of ours, of a version we know
  bool has_tables();
  void leave_plain_file();  ///< out of write-ahead logging

  /// Appends the trials that match `id` (all without one), in no transaction of their own.
  void load_trials(const std::optional<std::string>& id, Detail detail,
                   std::vector<TrialRecord>& trials);
  std::vector<Measurement> load_measurements();
  std::vector<Provenance> load_machines();

  std::filesystem::path file;
  OpenMode mode;
  pid_t owner;
  std::optional<FileLock> lock;  // destroyed after the connection: see FileLock
  std::optional<Connection> connection;
};

}  // namespace ravine::results
