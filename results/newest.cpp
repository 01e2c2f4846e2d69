#include "results/newest.hpp"

#include <map>
#include <set>
#include <string>
#include <tuple>

namespace ravine::results {

std::size_t keep_newest(Dataset& data) {
  std::map<std::string, std::string> measured;  // trial -> its last moment; ISO 8601 sorts as text
  for (const Measurement& m : data.measurements) {
    std::string& last = measured[m.trial];
    last = std::max(last, m.started_at);
  }
  using Key = std::tuple<std::string, std::uint64_t, std::string, std::uint64_t, std::uint64_t>;
  std::map<Key, std::string> newest;
  for (const TrialRecord& t : data.trials) {
    const Key key{t.problem_label, t.batch_size, t.optimizer_label, t.instance, t.seed};
    const auto [known, fresh] = newest.emplace(key, t.id);
    if (!fresh && measured[known->second] < measured[t.id]) known->second = t.id;
  }
  std::set<std::string> kept;
  for (const auto& [key, id] : newest) kept.insert(id);
  std::erase_if(data.measurements, [&](const Measurement& m) { return !kept.contains(m.trial); });
  return std::erase_if(data.trials, [&](const TrialRecord& t) { return !kept.contains(t.id); });
}

}  // namespace ravine::results
