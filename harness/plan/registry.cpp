#include "harness/plan/registry.hpp"

#include <fmt/format.h>

#include "harness/error.hpp"
#include "problems/text/nearest.hpp"

namespace ravine::harness {

Registry::Registry(const std::vector<PluginInfo>& plugins) : plugins_(plugins) {
  for (std::size_t p = 0; p < plugins.size(); ++p)
    for (std::size_t o = 0; o < plugins[p].optimizers.size(); ++o) {
      auto& places = places_[plugins[p].optimizers[o].id];
      // A copy of a library is the same library: the first one found stands for both.
      if (places.empty() || plugins[places.front().plugin].hash != plugins[p].hash)
        places.push_back({p, o});
    }
}

OptimizerPlace Registry::find(const std::string& id) const {
  const auto found = places_.find(id);
  if (found == places_.end())
    throw UserError(
        fmt::format("no plugin offers an optimizer \"{}\"{}", id, problems::suggestion(id, ids())));
  if (found->second.size() > 1)
    throw UserError(fmt::format(
        "two plugins offer \"{}\": {} and {}: remove one, or give it another id", id,
        plugins_[found->second[0].plugin].path, plugins_[found->second[1].plugin].path));
  return found->second.front();
}

std::vector<std::string> Registry::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, places] : places_) ids.push_back(id);
  return ids;
}

}  // namespace ravine::harness
