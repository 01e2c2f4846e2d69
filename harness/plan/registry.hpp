// Which plugin offers which optimizer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/plugin/info.hpp"

namespace ravine::harness {

struct OptimizerPlace {
  std::size_t plugin = 0;     ///< index into the plugins
  std::size_t optimizer = 0;  ///< index into that plugin's optimizers
};

class Registry {
 public:
  explicit Registry(const std::vector<PluginInfo>& plugins);

  /// Throws UserError: an unknown id is answered with the nearest known one; an id that two
  /// different libraries offer with both of them.
  [[nodiscard]] OptimizerPlace find(const std::string& id) const;
  [[nodiscard]] const OptimizerInfo& info(OptimizerPlace place) const {
    return plugins_[place.plugin].optimizers[place.optimizer];
  }
  [[nodiscard]] const std::vector<PluginInfo>& plugins() const { return plugins_; }
  [[nodiscard]] std::vector<std::string> ids() const;  ///< sorted

 private:
  const std::vector<PluginInfo>& plugins_;
  std::map<std::string, std::vector<OptimizerPlace>> places_;
};

}  // namespace ravine::harness
