// Names of the codes of a record: what the database, the tables and the exports show.
#pragma once

#include <optional>
#include <string_view>

#include "results/record.hpp"

namespace ravine::results {

/// "hit", "converged-early", … A code that this build does not know gives "unknown".
std::string_view name_of(Status status) noexcept;
std::string_view name_of(TargetKind kind) noexcept;  ///< "relative", "gradient", "metric"
std::string_view name_of(HitRule rule) noexcept;     ///< "iterate", "evaluation"
std::string_view name_of(Ended ended) noexcept;      ///< "", "global minimum", ...

/// The other way round; empty for a name that is none.
std::optional<Status> status_from_name(std::string_view name) noexcept;
std::optional<TargetKind> target_kind_from_name(std::string_view name) noexcept;
std::optional<HitRule> hit_rule_from_name(std::string_view name) noexcept;
std::optional<Ended> ended_from_name(std::string_view name) noexcept;

}  // namespace ravine::results
