#include "harness/plugin/describe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

namespace ravine::harness {
namespace {

constexpr std::size_t kLongestText = 4096;
constexpr std::uint64_t kMostParameters = 1024;
constexpr std::uint64_t kMostOptimizers = 4096;

/// Length of the UTF-8 sequence that starts at text[i], or 0 when it is not valid.
std::size_t utf8_length(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  const std::size_t length = byte < 0x80   ? 1
                             : byte < 0xC2 ? 0
                             : byte < 0xE0 ? 2
                             : byte < 0xF0 ? 3
                             : byte < 0xF5 ? 4
                                           : 0;
  if (length == 0 || i + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return 0;
  const auto second = length > 1 ? static_cast<unsigned char>(text[i + 1]) : 0;
  const bool overlong = (byte == 0xE0 && second < 0xA0) || (byte == 0xF0 && second < 0x90);
  const bool surrogate = byte == 0xED && second > 0x9F;
  const bool beyond = byte == 0xF4 && second > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

bool is_name(std::string_view text, std::string_view also, std::size_t longest) {
  if (text.empty() || text.size() > longest || text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           also.find(c) != std::string_view::npos;
  });
}

bool in_range(const ParameterInfo& p, double value) {
  return value >= p.minimum && value <= p.maximum &&
         !(value == p.minimum && (p.open & RAVINE_OPEN_MINIMUM) != 0) &&
         !(value == p.maximum && (p.open & RAVINE_OPEN_MAXIMUM) != 0);
}

ParameterInfo describe_parameter(const ravine_parameter* p, const std::string& where) {
  if (p == nullptr) throw Malformed(where + " is NULL");
  check_struct_size(p->struct_size, sizeof(ravine_parameter), where);
  ParameterInfo info;
  info.name = checked_text(p->name, where + ".name");
  if (!is_name(info.name, "_", 64))
    throw Malformed(fmt::format("{}.name is \"{}\": write [a-z][a-z0-9_]*, at most 64 bytes", where,
                                info.name));
  const std::string field = fmt::format("{} ({})", where, info.name);
  info.meaning = checked_text(p->meaning, field + ".meaning");
  info.unit = checked_text(p->unit, field + ".unit");
  info.condition = checked_text(p->condition, field + ".condition");
  info.type = p->type;
  info.scale = p->scale;
  info.role = p->role;
  if (p->type < RAVINE_REAL || p->type > RAVINE_CHOICE)
    throw Malformed(fmt::format("{}.type is {}: write 0 to 3", field, p->type));
  if (p->scale < RAVINE_LINEAR || p->scale > RAVINE_ONE_MINUS_LOG)
    throw Malformed(fmt::format("{}.scale is {}: write 0 to 2", field, p->scale));
  if (p->role < RAVINE_PLAIN || p->role > RAVINE_WEIGHT_DECAY)
    throw Malformed(fmt::format("{}.role is {}: write 0 to 2", field, p->role));
  info.default_value = p->default_value;
  info.minimum = p->minimum;
  info.maximum = p->maximum;
  info.tune_low = p->tune_low;
  info.tune_high = p->tune_high;
  info.open = p->open;
  if (p->type == RAVINE_CHOICE) {
    if (p->choices == nullptr || p->choice_count == 0 || p->choice_count > kMostParameters)
      throw Malformed(field + ".choices: a choice needs 1 to 1024 of them");
    for (std::uint64_t i = 0; i < p->choice_count; ++i)
      info.choices.push_back(checked_text(p->choices[i], fmt::format("{}.choices[{}]", field, i)));
    info.minimum = 0;
    info.maximum = static_cast<double>(p->choice_count - 1);
  } else if (p->type == RAVINE_BOOLEAN) {
    info.minimum = 0;
    info.maximum = 1;
  }
  if (!(info.minimum <= info.maximum))
    throw Malformed(fmt::format("{}: the legal range [{}, {}] is upside down or NaN", field,
                                info.minimum, info.maximum));
  if (!in_range(info, info.default_value))
    throw Malformed(fmt::format("{}.default_value is {}, outside the legal range {}", field,
                                info.default_value, parameters_to_text(info)));
  if (info.type != RAVINE_REAL && info.default_value != std::floor(info.default_value))
    throw Malformed(
        fmt::format("{}.default_value is {}: write a whole number", field, info.default_value));
  if (!(info.tune_low <= info.tune_high) || info.tune_low < info.minimum ||
      info.tune_high > info.maximum)
    throw Malformed(
        fmt::format("{}: the range worth tuning [{}, {}] must lie within the legal one {}", field,
                    info.tune_low, info.tune_high, parameters_to_text(info)));
  return info;
}

std::vector<std::string> describe_names(const char* const* names, std::uint64_t count,
                                        const std::string& where) {
  if (count > kMostParameters || (count > 0 && names == nullptr))
    throw Malformed(where + ": NULL, or too many");
  std::vector<std::string> texts;
  for (std::uint64_t i = 0; i < count; ++i)
    texts.push_back(checked_text(names[i], fmt::format("{}[{}]", where, i)));
  return texts;
}

}  // namespace

bool OptimizerInfo::reports_iterations() const {
  return steps || (traits & RAVINE_REPORTS_ITERATIONS) != 0;
}

bool OptimizerInfo::honours_schedules() const {
  return steps && (traits & RAVINE_HONOURS_MULTIPLIER) != 0;
}

std::string parameters_to_text(const ParameterInfo& p) {
  if (p.type == RAVINE_BOOLEAN) return "0 or 1";
  if (p.type == RAVINE_CHOICE) return fmt::format("{}", fmt::join(p.choices, ", "));
  return fmt::format("{}{}, {}{}", (p.open & RAVINE_OPEN_MINIMUM) != 0 ? "(" : "[", p.minimum,
                     p.maximum, (p.open & RAVINE_OPEN_MAXIMUM) != 0 ? ")" : "]");
}

void check_struct_size(std::uint64_t size, std::uint64_t smallest, const std::string& what) {
  if (size < smallest || size > kLargestStruct || size % 8 != 0)
    throw Malformed(
        fmt::format("{}.struct_size is {}: write sizeof the struct ({} as this harness knows it)",
                    what, size, smallest));
}

std::string checked_text(const char* text, const std::string& field) {
  if (text == nullptr)
    throw Malformed(field + " is NULL: write \"\" where there is nothing to say");
  const std::string_view view(text, strnlen(text, kLongestText + 1));
  if (view.size() > kLongestText)
    throw Malformed(fmt::format("{} is longer than {} bytes", field, kLongestText));
  for (std::size_t i = 0; i < view.size();) {
    const std::size_t length = utf8_length(view, i);
    if (length == 0) throw Malformed(fmt::format("{} is not UTF-8 at byte {}", field, i));
    const auto byte = static_cast<unsigned char>(view[i]);
    const bool c1 = length == 2 && byte == 0xC2 && static_cast<unsigned char>(view[i + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || c1)
      throw Malformed(fmt::format("{} has a control character at byte {}", field, i));
    i += length;
  }
  return std::string(view);
}

OptimizerInfo describe_optimizer(const ravine_optimizer* o) {
  if (o == nullptr) throw Malformed("an optimizer is NULL");
  check_struct_size(o->struct_size, sizeof(ravine_optimizer), "ravine_optimizer");
  OptimizerInfo info;
  info.id = checked_text(o->id, "ravine_optimizer.id");
  if (!is_name(info.id, "_.-", 64))
    throw Malformed(fmt::format(
        "ravine_optimizer.id is \"{}\": write [a-z][a-z0-9_.-]*, at most 64 bytes", info.id));
  const std::string where = "optimizer \"" + info.id + "\"";
  info.name = checked_text(o->name, where + ".name");
  info.version = checked_text(o->version, where + ".version");
  info.author = checked_text(o->author, where + ".author");
  info.license = checked_text(o->license, where + ".license");
  info.summary = checked_text(o->summary, where + ".summary");
  info.paper = checked_text(o->paper, where + ".paper");
  if (o->parameter_count > kMostParameters || (o->parameter_count > 0 && o->parameters == nullptr))
    throw Malformed(where + ".parameters: NULL, or more than 1024");
  std::set<std::string> names;
  for (std::uint64_t i = 0; i < o->parameter_count; ++i) {
    info.parameters.push_back(
        describe_parameter(o->parameters[i], fmt::format("{}.parameters[{}]", where, i)));
    const ParameterInfo& p = info.parameters.back();
    if (!names.insert(p.name).second)
      throw Malformed(fmt::format("{}: two parameters are called \"{}\"", where, p.name));
  }
  info.needs = o->needs;
  info.uses = o->uses | o->needs;
  info.traits = o->traits;
  info.threads = std::max<std::uint64_t>(1, o->threads);
  info.needs_extensions =
      describe_names(o->needs_extensions, o->needs_extension_count, where + ".needs_extensions");
  info.uses_extensions =
      describe_names(o->uses_extensions, o->uses_extension_count, where + ".uses_extensions");
  if (o->create == nullptr) throw Malformed(where + ".create is NULL: it is required");
  if (o->destroy == nullptr) throw Malformed(where + ".destroy is NULL: it is required");
  if (o->init == nullptr) throw Malformed(where + ".init is NULL: it is required");
  if (o->step == nullptr && o->run == nullptr)
    throw Malformed(where + ": step and run are both NULL: one is required");
  if ((o->save == nullptr) != (o->restore == nullptr))
    throw Malformed(where + ": save and restore come both or not at all");
  if ((o->traits & RAVINE_REPORTS_ITERATIONS) != 0 && o->run == nullptr)
    throw Malformed(where + ".traits claims to report iterations, but run is NULL");
  info.steps = o->step != nullptr;
  info.runs = o->run != nullptr;
  info.takes_stages = o->stage != nullptr;
  info.saves_state = o->save != nullptr;
  info.has_judged_point = o->judged_point != nullptr;
  return info;
}

std::vector<OptimizerInfo> describe_optimizers(const ravine_optimizer_factory* factory) {
  std::vector<OptimizerInfo> optimizers;
  if (factory == nullptr) return optimizers;
  check_struct_size(factory->struct_size, sizeof(ravine_optimizer_factory),
                    "ravine_optimizer_factory");
  if (factory->count > kMostOptimizers || (factory->count > 0 && factory->optimizers == nullptr))
    throw Malformed("ravine_optimizer_factory.optimizers: NULL, or more than 4096");
  std::set<std::string> ids;
  for (std::uint64_t i = 0; i < factory->count; ++i) {
    optimizers.push_back(describe_optimizer(factory->optimizers[i]));
    if (!ids.insert(optimizers.back().id).second)
      throw Malformed(fmt::format("two optimizers are called \"{}\"", optimizers.back().id));
  }
  return optimizers;
}

}  // namespace ravine::harness
