#include "results/tables/sweep.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "results/tables/natural_order.hpp"

namespace ravine::results {
namespace {

/// "full" is the largest of the batch sizes.
bool value_less(const std::string& a, const std::string& b) {
  if ((a == "full") != (b == "full")) return b == "full";
  return natural_less(a, b);
}

bool point_less(const SweepPoint& a, const SweepPoint& b) {
  return std::lexicographical_compare(a.at.begin(), a.at.end(), b.at.begin(), b.at.end(),
                                      value_less);
}

/// Sweeps in order of first appearance.
class Collection {
 public:
  void add(const std::string& key, const std::string& problem, const std::string& optimizer,
           const std::vector<Setting>& swept, const Group& group, const Row& row) {
    if (swept.empty()) return;
    const auto [place, fresh] = places_.emplace(key, sweeps_.size());
    if (fresh) {
      sweeps_.push_back({problem, optimizer, {}, {}});
      for (const Setting& s : swept) sweeps_.back().names.push_back(s.name);
    }
    SweepPoint point{{}, &group, &row};
    for (const Setting& s : swept) point.at.push_back(s.value);
    sweeps_[place->second].points.push_back(std::move(point));
  }
  std::vector<Sweep> take() {
    std::erase_if(sweeps_, [](const Sweep& sweep) { return sweep.points.size() < 2; });
    for (Sweep& sweep : sweeps_)
      std::stable_sort(sweep.points.begin(), sweep.points.end(), point_less);
    return std::move(sweeps_);
  }

 private:
  std::vector<Sweep> sweeps_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

std::vector<Sweep> sweeps_of(const std::vector<Group>& groups) {
  Collection of_optimizers, of_problems;
  for (const Group& group : groups)
    for (const Row& row : group.rows) {
      const TrialRecord& t = *row.trials.front();
      of_optimizers.add(group.title + "\n" + t.optimizer_entry, group.title, t.optimizer_entry,
                        t.optimizer_swept, group, row);
      of_problems.add(t.problem_entry + "\n" + row.label, t.problem_entry, row.label,
                      t.problem_swept, group, row);
    }
  std::vector<Sweep> all = of_optimizers.take();
  for (Sweep& sweep : of_problems.take()) all.push_back(std::move(sweep));
  return all;
}

std::vector<std::string> values_of(const Sweep& sweep, std::size_t i) {
  std::vector<std::string> values;
  for (const SweepPoint& point : sweep.points) values.push_back(point.at[i]);
  std::sort(values.begin(), values.end(), value_less);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace ravine::results
