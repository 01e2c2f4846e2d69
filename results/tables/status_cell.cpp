// How the trials of a row ended: the status column and the notes of a table.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "results/status.hpp"
#include "results/tables/cells.hpp"

namespace ravine::results {
namespace {

// "SIGSEGV" out of a reason in words; "" without a signal's name.
std::string signal_of(std::string_view reason) {
  const std::size_t begin = reason.find("SIG");
  if (begin == std::string_view::npos) return "";
  std::size_t end = begin;
  while (end < reason.size() && reason[end] >= 'A' && reason[end] <= 'Z') ++end;
  return std::string(reason.substr(begin, end - begin));
}

std::string share(std::size_t count, std::size_t of) {
  return count == of ? "" : fmt::format(" {}/{}", count, of);
}

std::string name_with_signal(Status status, const Row& row) {
  std::set<std::string> signals;
  for (const TrialRecord* trial : row.trials) {
    if (trial->status == status) signals.insert(signal_of(trial->reason));
  }
  signals.erase("");
  if (status != Status::crash || signals.empty()) return std::string(name_of(status));
  return fmt::format("{} ({})", name_of(status), fmt::join(signals, ", "));
}

void append_reasons(const Group& group, std::vector<std::string>& notes) {
  for (const Row& row : group.rows) {
    std::set<Status> told;
    for (const TrialRecord* trial : row.trials) {
      const Status status = trial->status;
      const bool plain = status == Status::hit || status == Status::budget;
      if (plain || trial->reason.empty() || !told.insert(status).second) continue;
      notes.push_back(fmt::format("{}: {}: {}", row.label, name_of(status), trial->reason));
    }
  }
}

void append_disagreements(const Group& group, std::vector<std::string>& notes) {
  for (const Row& row : group.rows) {
    const auto count = std::count_if(row.measurements.begin(), row.measurements.end(),
                                     [](const Measurement* m) { return !m->agrees; });
    if (count > 0) {
      notes.push_back(
          fmt::format("{}: not reproducible: {} of {} runs came out otherwise than the "
                      "first with the same seed.",
                      row.label, count, row.measurements.size()));
    }
  }
}

}  // namespace

Cell status_cell(const Row& row, Signs& signs) {
  std::map<Status, std::size_t> counts;
  std::size_t by_clock = 0;
  for (const TrialRecord* trial : row.trials) {
    ++counts[trial->status];
    if (trial->stopped_by_clock) ++by_clock;
  }
  std::string text;
  for (const auto& [status, count] : counts) {
    if (status == Status::hit && counts.size() > 1) continue;  // what is left after the others
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", name_with_signal(status, row),
                        share(count, row.trials.size()));
  }
  if (by_clock > 0) {
    text += fmt::format(" (clock{})", share(by_clock, row.trials.size()));
    signs.clock = true;
  }
  const bool all_hit = counts.size() == 1 && counts.contains(Status::hit);
  return {text, all_hit ? CellStyle::plain : CellStyle::miss};
}

std::vector<std::string> legend_of(const Signs& signs) {
  std::vector<std::string> notes;
  if (signs.missed) notes.emplace_back("—  missed: no run met the target.");
  if (signs.partial) {
    notes.emplace_back(
        "2/3  so many of the runs met the target; a miss counts as ∞, and — before it "
        "means that the median is one.");
  }
  if (signs.not_available) {
    notes.emplace_back("n/a  the library reports no iterations; compare the oracle cost.");
  }
  if (signs.at_start) notes.emplace_back("start, *  met at the start x0 (in some of the runs).");
  if (signs.between) {
    notes.emplace_back(
        "≤  the judge looks only now and then: the first hit lies at or before this.");
  }
  if (signs.below_floor) {
    notes.emplace_back(
        "°  below the rounding floor of the problem: a miss may be the arithmetic's.");
  }
  if (signs.not_judged) notes.emplace_back("·  not run to this target.");
  if (signs.clock) {
    notes.emplace_back(
        "(clock)  ended by a limit in seconds: counted as a miss, and another machine "
        "may come further.");
  }
  return notes;
}

std::vector<std::string> footnotes_of(const Group& group) {
  std::vector<std::string> notes;
  append_reasons(group, notes);
  append_disagreements(group, notes);
  if (!group.voided.empty()) {
    notes.push_back(fmt::format("{} void {} left out (our fault, to be run again): {}",
                                group.voided.size(), group.voided.size() == 1 ? "trial" : "trials",
                                group.voided.front()));
  }
  return notes;
}

}  // namespace ravine::results
