// [[problem]] and [[optimizer]].
#include <algorithm>
#include <map>

#include "harness/suite/parse_detail.hpp"
#include "problems/text/nearest.hpp"

namespace ravine::harness::parsing {
namespace {

constexpr const char* kSetHint = "; parameters go into set = { ... }";
const WholeRule kStageIterations{1, kLargestWhole, "100"};

/// Takes the key that an entry cannot do without, and where it stands.
std::string required(const Table& table, const std::string& kind, const std::string& key,
                     const std::string& example, Place& place) {
  const auto value = table.find(key);
  if (!value)
    complain(table.place(),
             "this " + kind + " has no " + quoted(key) + "; add " + key + " = \"" + example + "\"");
  place = value->place;
  return line(*value, example);
}

/// Two entries under one label would share a row of every table.
void refuse_taken(std::map<std::string, Place>& taken, const Value& label,
                  const std::string& text) {
  const auto [other, is_new] = taken.try_emplace(text, label.place);
  if (is_new) return;
  complain(label.place, "the label " + quoted(text) + " is taken by " + other->second.text() +
                            "; write another one");
}

/// Which of the words the value is.
std::size_t one_of(const Value& value, const std::vector<std::string>& words) {
  const std::string word = line(value, words.front());
  const auto found = std::ranges::find(words, word);
  if (found == words.end())
    complain(value.place, value.name + " = " + quoted(word) + " is not known" +
                              ravine::problems::suggestion(word, words));
  return static_cast<std::size_t>(found - words.begin());
}

ProblemEntry problem(const Table& table, std::map<std::string, Place>& labels) {
  table.allow_only({"family", "label", "set", "instances", "seeds", "batch", "batch_order",
                    "last_batch", "stage_iterations", "budget", "targets", "judge"},
                   kSetHint);
  ProblemEntry result;
  result.family = required(table, "problem", "family", "quadratic", result.place);
  for (const Value& entry : table.entries()) {
    if (entry.name == "label") {
      result.label = line(entry, "ill-conditioned");
      refuse_taken(labels, entry, result.label);
    }
    if (entry.name == "set") result.parameters = settings(entry);
    if (entry.name == "instances") result.instances = seeds(entry);
    if (entry.name == "seeds") result.seeds = seeds(entry);
    if (entry.name == "batch") result.batch = batch_setting(entry);
    if (entry.name == "batch_order" || entry.name == "last_batch")
      result.batch_order_place = entry.place;
    if (entry.name == "batch_order")
      result.batch_order = static_cast<BatchOrder>(
          one_of(entry, {kBatchOrderNames.begin(), kBatchOrderNames.end()}));
    if (entry.name == "last_batch") result.drop_last_batch = one_of(entry, {"keep", "drop"}) == 1;
    if (entry.name == "stage_iterations") result.stage_iterations = whole(entry, kStageIterations);
    if (entry.name == "budget") result.budget = budget(entry);
    if (entry.name == "targets") result.targets = targets(entry);
    if (entry.name == "judge") result.judge = judge(entry);
  }
  return result;
}

OptimizerEntry optimizer(const Table& table, std::map<std::string, Place>& labels) {
  table.allow_only({"id", "label", "set", "schedule", "average", "on", "not_on"}, kSetHint);
  OptimizerEntry result;
  result.id = required(table, "optimizer", "id", "gradient_descent", result.place);
  for (const Value& entry : table.entries()) {
    if (entry.name == "label") {
      result.label = line(entry, "GD");
      refuse_taken(labels, entry, result.label);
    }
    if (entry.name == "set") result.settings = settings(entry);
    if (entry.name == "schedule") result.schedule = named_part(entry);
    if (entry.name == "average") result.average = named_part(entry);
    if (entry.name == "on") result.on = lines(entry, "quadratic*");
    if (entry.name == "not_on") result.not_on = lines(entry, "mlp");
  }
  return result;
}

template <class Entry>
std::vector<Entry> entries(const Value& list,
                           Entry (*read)(const Table&, std::map<std::string, Place>&)) {
  const std::string title = "[[" + list.name + "]]";
  const toml::array* array = list.node->as_array();
  if (array == nullptr || array->empty())
    complain(list.key_place, quoted(list.name) + " must be a list of tables; write " + title);
  const std::string example =
      list.name == "problem" ? "{ family = \"quadratic\" }" : "{ id = \"adam\" }";
  std::vector<Entry> result;
  std::map<std::string, Place> labels;
  for (const Value& element : elements(list))
    result.push_back(read(Table(element, title, example), labels));
  return result;
}

}  // namespace

NamedPart named_part(const Value& value) {
  const std::string example = value.name == "average" ? "polyak" : "cosine";
  if (value.node->is_string()) return {line(value, example), {}, value.place};
  const std::string table_example = value.name + " = { name = \"" + example + "\" }";
  if (!value.node->is_table())
    value.refuse("a name such as " + quoted(example) + " or a table such as " + table_example);
  const Table table(value, quoted(value.name), table_example);
  NamedPart result;
  result.name = required(table, value.name, "name", example, result.place);
  result.parameters = settings(table, "name");
  return result;
}

std::vector<ProblemEntry> problems(const Value& list) { return entries(list, problem); }

std::vector<OptimizerEntry> optimizers(const Value& list) { return entries(list, optimizer); }

}  // namespace ravine::harness::parsing
