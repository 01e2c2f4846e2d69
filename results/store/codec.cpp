#include "results/store/codec.hpp"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "results/status.hpp"

namespace ravine::results {
namespace {

static_assert(std::endian::native == std::endian::little, "a BLOB of doubles is little-endian");

using Json = nlohmann::ordered_json;  // settings keep their order

// Text of a plugin may not be UTF-8: a bad byte becomes U+FFFD, where dump() would throw and lose
// the trial.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void Binder::operator()(std::string_view, const std::string& text) {
  statement_.bind_text(next_++, text);
}
void Binder::operator()(std::string_view, double value) { statement_.bind_real(next_++, value); }
void Binder::operator()(std::string_view, std::uint64_t value) {
  statement_.bind_integer(next_++, static_cast<std::int64_t>(value));
}
void Binder::operator()(std::string_view, std::uint32_t value) {
  statement_.bind_integer(next_++, value);
}
void Binder::operator()(std::string_view, bool value) {
  statement_.bind_integer(next_++, value ? 1 : 0);
}
void Binder::operator()(std::string_view, Status value) {
  statement_.bind_text(next_++, std::string(name_of(value)));
}
void Binder::operator()(std::string_view, TargetKind value) {
  statement_.bind_text(next_++, std::string(name_of(value)));
}
void Binder::operator()(std::string_view, HitRule value) {
  statement_.bind_text(next_++, std::string(name_of(value)));
}
void Binder::operator()(std::string_view, Ended value) {
  statement_.bind_text(next_++, std::string(name_of(value)));
}
void Binder::operator()(std::string_view, const std::vector<Setting>& settings) {
  Json json = Json::object();
  for (const Setting& setting : settings) json[setting.name] = setting.value;
  statement_.bind_text(next_++, dump(json));
}
void Binder::operator()(std::string_view, const std::map<std::string, double>& numbers) {
  statement_.bind_text(next_++, dump(Json(numbers)));
}
void Binder::operator()(std::string_view, const std::vector<std::string>& lines) {
  statement_.bind_text(next_++, dump(Json(lines)));
}
void Binder::operator()(std::string_view, const std::vector<double>& x) {
  std::string bytes(x.size() * sizeof(double), '\0');
  if (!x.empty()) std::memcpy(bytes.data(), x.data(), bytes.size());
  statement_.bind_blob(next_++, std::move(bytes));
}

void Filler::corrupt(std::string_view column) const {
  throw StoreError(
      StoreErrorKind::corrupt,
      fmt::format(
          "{}: the column {} holds \"{}\", which Ravine never writes. Has the database been "
          "edited? Undo that, or remove the row.",
          statement_.connection().file().string(), column, statement_.text(next_)));
}

void Filler::operator()(std::string_view, std::string& text) { text = statement_.text(next_++); }
void Filler::operator()(std::string_view, double& value) { value = statement_.real(next_++); }
void Filler::operator()(std::string_view, std::uint64_t& value) {
  value = static_cast<std::uint64_t>(statement_.integer(next_++));
}
void Filler::operator()(std::string_view, std::uint32_t& value) {
  value = static_cast<std::uint32_t>(statement_.integer(next_++));
}
void Filler::operator()(std::string_view, bool& value) { value = statement_.integer(next_++) != 0; }

void Filler::operator()(std::string_view column, Status& value) {
  const auto code = status_from_name(statement_.text(next_));
  if (!code) corrupt(column);
  value = *code;
  ++next_;
}
void Filler::operator()(std::string_view column, TargetKind& value) {
  const auto code = target_kind_from_name(statement_.text(next_));
  if (!code) corrupt(column);
  value = *code;
  ++next_;
}
void Filler::operator()(std::string_view column, HitRule& value) {
  const auto code = hit_rule_from_name(statement_.text(next_));
  if (!code) corrupt(column);
  value = *code;
  ++next_;
}

void Filler::operator()(std::string_view column, Ended& value) {
  const auto code = ended_from_name(statement_.text(next_));
  if (!code) corrupt(column);
  value = *code;
  ++next_;
}

void Filler::operator()(std::string_view column, std::vector<Setting>& settings) {
  const Json json = Json::parse(statement_.text(next_), nullptr, false);
  if (!json.is_object()) corrupt(column);
  for (const auto& [name, value] : json.items()) {
    settings.push_back({name, value.is_string() ? value.get<std::string>() : dump(value)});
  }
  ++next_;
}
void Filler::operator()(std::string_view column, std::map<std::string, double>& numbers) {
  const Json json = Json::parse(statement_.text(next_), nullptr, false);
  if (!json.is_object()) corrupt(column);
  for (const auto& [name, value] : json.items()) {
    if (!value.is_number()) corrupt(column);
    numbers[name] = value.get<double>();
  }
  ++next_;
}
void Filler::operator()(std::string_view column, std::vector<std::string>& lines) {
  const Json json = Json::parse(statement_.text(next_), nullptr, false);
  if (!json.is_array()) corrupt(column);
  for (const Json& line : json) {
    lines.push_back(line.is_string() ? line.get<std::string>() : dump(line));
  }
  ++next_;
}
void Filler::operator()(std::string_view, std::vector<double>& x) {
  const std::string_view bytes = statement_.blob(next_++);
  x.resize(bytes.size() / sizeof(double));
  if (!x.empty()) std::memcpy(x.data(), bytes.data(), x.size() * sizeof(double));
}

}  // namespace ravine::results
