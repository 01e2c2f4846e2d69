#include "results/status.hpp"

#include <array>
#include <utility>

namespace ravine::results {
namespace {

template <typename Code, std::size_t kCount>
using Names = std::array<std::pair<Code, std::string_view>, kCount>;

constexpr Names<Status, 10> kStatuses = {{
    {Status::hit, "hit"},
    {Status::budget, "budget"},
    {Status::converged_early, "converged-early"},
    {Status::diverged, "diverged"},
    {Status::unsupported, "unsupported"},
    {Status::timeout, "timeout"},
    {Status::crash, "crash"},
    {Status::memory, "memory"},
    {Status::protocol, "protocol"},
    {Status::infrastructure, "infrastructure"},
}};

constexpr Names<TargetKind, 3> kTargetKinds = {{
    {TargetKind::relative, "relative"},
    {TargetKind::gradient, "gradient"},
    {TargetKind::metric, "metric"},
}};

constexpr Names<HitRule, 2> kHitRules = {{
    {HitRule::iterate, "iterate"},
    {HitRule::evaluation, "evaluation"},
}};

constexpr Names<Ended, 6> kEndings = {{
    {Ended::unknown, ""},
    {Ended::global_minimum, "global minimum"},
    {Ended::local_minimum, "local minimum"},
    {Ended::saddle, "saddle"},
    {Ended::plateau, "plateau"},
    {Ended::elsewhere, "elsewhere"},
}};

template <typename Code, std::size_t kCount>
std::string_view find_name(const Names<Code, kCount>& names, Code code) noexcept {
  for (const auto& [known, name] : names) {
    if (known == code) return name;
  }
  return "unknown";
}

template <typename Code, std::size_t kCount>
std::optional<Code> find_code(const Names<Code, kCount>& names, std::string_view name) noexcept {
  for (const auto& [code, known] : names) {
    if (known == name) return code;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Status status) noexcept { return find_name(kStatuses, status); }
std::string_view name_of(TargetKind kind) noexcept { return find_name(kTargetKinds, kind); }
std::string_view name_of(HitRule rule) noexcept { return find_name(kHitRules, rule); }

std::string_view name_of(Ended ended) noexcept { return find_name(kEndings, ended); }

std::optional<Status> status_from_name(std::string_view name) noexcept {
  return find_code(kStatuses, name);
}
std::optional<TargetKind> target_kind_from_name(std::string_view name) noexcept {
  return find_code(kTargetKinds, name);
}
std::optional<HitRule> hit_rule_from_name(std::string_view name) noexcept {
  return find_code(kHitRules, name);
}

std::optional<Ended> ended_from_name(std::string_view name) noexcept {
  return find_code(kEndings, name);
}

}  // namespace ravine::results
