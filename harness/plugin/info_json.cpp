#include "harness/plugin/info_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace ravine::harness {
namespace {

using Json = nlohmann::json;

// JSON has no infinity, and ranges do.
Json number(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}
double number(const Json& json) {
  if (!json.is_string()) return json.get<double>();
  return json.get<std::string>() == "inf" ? HUGE_VAL : -HUGE_VAL;
}

Json to_json(const ParameterInfo& p) {
  return {{"name", p.name},
          {"meaning", p.meaning},
          {"unit", p.unit},
          {"condition", p.condition},
          {"type", p.type},
          {"scale", p.scale},
          {"role", p.role},
          {"default", number(p.default_value)},
          {"minimum", number(p.minimum)},
          {"maximum", number(p.maximum)},
          {"tune_low", number(p.tune_low)},
          {"tune_high", number(p.tune_high)},
          {"open", p.open},
          {"choices", p.choices}};
}

ParameterInfo parameter(const Json& j) {
  ParameterInfo p;
  p.name = j.at("name");
  p.meaning = j.at("meaning");
  p.unit = j.at("unit");
  p.condition = j.at("condition");
  p.type = j.at("type");
  p.scale = j.at("scale");
  p.role = j.at("role");
  p.default_value = number(j.at("default"));
  p.minimum = number(j.at("minimum"));
  p.maximum = number(j.at("maximum"));
  p.tune_low = number(j.at("tune_low"));
  p.tune_high = number(j.at("tune_high"));
  p.open = j.at("open");
  p.choices = j.at("choices").get<std::vector<std::string>>();
  return p;
}

Json to_json(const OptimizerInfo& o) {
  Json parameters = Json::array();
  for (const auto& p : o.parameters) parameters.push_back(to_json(p));
  return {{"id", o.id},
          {"name", o.name},
          {"version", o.version},
          {"author", o.author},
          {"license", o.license},
          {"summary", o.summary},
          {"paper", o.paper},
          {"parameters", parameters},
          {"needs", o.needs},
          {"uses", o.uses},
          {"traits", o.traits},
          {"threads", o.threads},
          {"needs_extensions", o.needs_extensions},
          {"uses_extensions", o.uses_extensions},
          {"steps", o.steps},
          {"runs", o.runs},
          {"takes_stages", o.takes_stages},
          {"saves_state", o.saves_state},
          {"has_judged_point", o.has_judged_point}};
}

OptimizerInfo optimizer(const Json& j) {
  OptimizerInfo o;
  o.id = j.at("id");
  o.name = j.at("name");
  o.version = j.at("version");
  o.author = j.at("author");
  o.license = j.at("license");
  o.summary = j.at("summary");
  o.paper = j.at("paper");
  for (const auto& p : j.at("parameters")) o.parameters.push_back(parameter(p));
  o.needs = j.at("needs");
  o.uses = j.at("uses");
  o.traits = j.at("traits");
  o.threads = j.at("threads");
  o.needs_extensions = j.at("needs_extensions").get<std::vector<std::string>>();
  o.uses_extensions = j.at("uses_extensions").get<std::vector<std::string>>();
  o.steps = j.at("steps");
  o.runs = j.at("runs");
  o.takes_stages = j.at("takes_stages");
  o.saves_state = j.at("saves_state");
  o.has_judged_point = j.at("has_judged_point");
  return o;
}

}  // namespace

std::string to_json(const PluginInfo& info) {
  Json optimizers = Json::array();
  for (const auto& o : info.optimizers) optimizers.push_back(to_json(o));
  return Json{{"path", info.path},
              {"hash", info.hash},
              {"libraries_hash", info.libraries_hash},
              {"name", info.name},
              {"version", info.version},
              {"abi_minor", info.abi_minor},
              {"optimizers", optimizers},
              {"offers_problems", info.offers_problems},
              {"notes", info.notes}}
      .dump();
}

PluginInfo plugin_info_from_json(const std::string& text) {
  const Json j = Json::parse(text);
  PluginInfo info;
  info.path = j.at("path");
  info.hash = j.at("hash");
  info.libraries_hash = j.at("libraries_hash");
  info.name = j.at("name");
  info.version = j.at("version");
  info.abi_minor = j.at("abi_minor");
  for (const auto& o : j.at("optimizers")) info.optimizers.push_back(optimizer(o));
  info.offers_problems = j.at("offers_problems");
  info.notes = j.at("notes").get<std::vector<std::string>>();
  return info;
}

}  // namespace ravine::harness
