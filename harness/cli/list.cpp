// ravine list: what there is to run.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "harness/average/average.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/common.hpp"
#include "harness/cli/known_points.hpp"
#include "harness/error.hpp"
#include "harness/plan/problem_facts.hpp"
#include "harness/plan/registry.hpp"
#include "harness/plan/settings.hpp"
#include "harness/schedule/catalog.hpp"
#include "harness/suite/glob.hpp"
#include "harness/suite/parse.hpp"
#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "problems/text/nearest.hpp"
#include "ravine/plugin.h"
#include "results/render/text.hpp"

namespace ravine::harness {
namespace {

struct Arguments {
  std::string what, pattern;
  std::vector<std::string> plugins;

  [[nodiscard]] bool all() const { return pattern.empty(); }
  [[nodiscard]] bool wants(const std::string& id) const { return all() || matches(pattern, id); }
};

/// One line each, where nothing was asked for by name; `what` is how to see more.
void show_summaries(const std::vector<std::pair<std::string, std::string>>& lines,
                    const std::string& what) {
  std::size_t width = 0;
  for (const auto& [id, summary] : lines) width = std::max(width, id.size());
  for (const auto& [id, summary] : lines) fmt::print("{:<{}}  {}\n", id, width, summary);
  fmt::print("\n'ravine list {} {}' shows {}\n", what, lines.empty() ? "NAME" : lines[0].first,
             "everything about one; * and ? match");
}

/// A parameter: its name, its default, what is legal, what is worth tuning, and what it means.
struct Row {
  std::string name, value, range, tuning, meaning;
};

/// The rows in columns that are as wide as their widest entry.
void show_rows(const std::vector<Row>& rows) {
  std::size_t name = 16, value = 10, range = 18;
  for (const Row& row : rows) {
    name = std::max(name, row.name.size());
    value = std::max(value, row.value.size());
    if (!row.tuning.empty()) range = std::max(range, row.range.size());
  }
  for (const Row& row : rows) {
    const std::string end =
        row.tuning.empty() ? row.range : fmt::format("{:<{}} {}", row.range, range, row.tuning);
    fmt::print("    {:<{}} = {:<{}} in {}\n", row.name, name, row.value, value, end);
    fmt::print("    {:<{}}   {}\n", "", name, row.meaning);
  }
}

std::string scale_text(const ParameterInfo& p) {
  if (p.type == RAVINE_BOOLEAN || p.type == RAVINE_CHOICE) return "";
  const char* scale = p.scale == RAVINE_LOG             ? ", log scale"
                      : p.scale == RAVINE_ONE_MINUS_LOG ? ", log scale of 1 - value"
                                                        : "";
  return fmt::format("tune {} .. {}{}", p.tune_low, p.tune_high, scale);
}

std::string abilities(const OptimizerInfo& o) {
  std::string text = o.steps                  ? "steps"
                     : o.reports_iterations() ? "owns its loop"
                                              : "owns its loop, reports no iterations";
  if ((o.needs & RAVINE_VALUE) != 0) text += ", needs values";
  if ((o.needs & RAVINE_GRADIENT) != 0) text += ", needs gradients";
  if ((o.needs & RAVINE_HESSIAN_VECTORS) != 0) text += ", needs Hessian-vector products";
  if ((o.needs & RAVINE_BATCHES) != 0) text += ", needs batches";
  for (const auto& extension : o.needs_extensions) text += ", needs " + extension;
  if (o.honours_schedules()) text += ", honours schedules";
  if (o.takes_stages) text += ", takes stages";
  if (o.saves_state) text += ", saves its state";
  return text;
}

/// What it means, in which unit, and when.
std::string meaning_text(const ParameterInfo& p) {
  std::string text = p.meaning;
  if (p.unit != "1" && !p.unit.empty()) text += ", in " + p.unit;
  if (!p.condition.empty()) text += " (when " + p.condition + ")";
  return text;
}

void show_optimizer(const PluginInfo& plugin, const OptimizerInfo& o) {
  fmt::print("{}  {} {}\n  {}\n", o.id, o.name, o.version, o.summary);
  if (!o.paper.empty()) fmt::print("  {}\n", o.paper);
  fmt::print("  {}\n", abilities(o));
  std::vector<Row> rows;
  for (const auto& p : o.parameters)
    rows.push_back({p.name, setting_text(p, p.default_value), parameters_to_text(p), scale_text(p),
                    meaning_text(p)});
  show_rows(rows);
  if (!plugin.bundled) fmt::print("  from {}\n", plugin.path);
  fmt::print("\n");
}

template <class Shown>
void check_shown(bool any, const Arguments& a, const Shown& known) {
  if (!any)
    throw UserError(fmt::format("nothing in {} is called \"{}\"{}", a.what, a.pattern,
                                problems::suggestion(a.pattern, known)));
}

void list_optimizers(const Arguments& a) {
  const auto plugins = find_plugins(a.plugins);
  const Registry registry(plugins);
  bool any = false;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const std::string& id : registry.ids()) {
    if (!a.wants(id)) continue;
    any = true;
    for (const auto& plugin : plugins)
      for (const auto& optimizer : plugin.optimizers) {
        if (optimizer.id != id) continue;
        if (a.all())
          lines.emplace_back(id, optimizer.summary);
        else
          show_optimizer(plugin, optimizer);
      }
  }
  if (a.all()) return show_summaries(lines, a.what);
  check_shown(any, a, registry.ids());
}

std::string range_text(const problems::ParameterSpec& p) {
  if (p.type == problems::ParameterType::choice)
    return fmt::format("{}", fmt::join(p.choices, ", "));
  if (p.type == problems::ParameterType::text) return "text";
  return fmt::format("[{}, {}]{}", p.minimum, p.maximum,
                     p.type == problems::ParameterType::integer ? " whole" : "");
}

/// What is known of instance 0 at the defaults; nothing where they do not make one (a file is
/// missing).
void show_facts(const problems::Family& family) {
  problems::DataSets data;
  DataHash data_hash;
  ProblemFacts facts;
  std::string points;
  try {
    const auto parameters = problems::complete_parameters(family, {});
    facts = facts_of(family, parameters, {}, data, data_hash);
    points = known_points(*family.make(parameters, {}, data));
  } catch (const UserError&) {
    return;
  }
  std::vector<std::string> constants;
  for (const auto& [name, value] : facts.constants)
    constants.push_back(fmt::format("{} = {:.6g}", name, value));
  fmt::print("  with these defaults: constants {}; f* {}", fmt::join(constants, ", "),
             facts.has_f_star ? "known" : "unknown");
  if (facts.sample_count > 0) fmt::print("; a sum over samples, for batches");
  if (!facts.metrics.empty()) fmt::print("; metrics {}", fmt::join(facts.metrics, ", "));
  fmt::print("\n{}", points);
}

void list_problems(const Arguments& a) {
  std::vector<std::string> known;
  bool any = false;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& family : problems::catalog()) {
    known.push_back(family.id);
    if (!a.wants(family.id)) continue;
    any = true;
    if (a.all()) {
      lines.emplace_back(family.id, family.summary);
      continue;
    }
    fmt::print("{}\n  {}\n  {}\n", family.id, family.summary, family.citation);
    std::vector<Row> rows;
    for (const auto& p : family.parameters)
      rows.push_back({p.name, p.default_value, range_text(p), "", p.meaning});
    show_rows(rows);
    show_facts(family);
    fmt::print("\n");
  }
  if (a.all()) return show_summaries(lines, a.what);
  check_shown(any, a, known);
}

/// Up to the first colon, semicolon or full stop that ends a clause.
std::string first_clause(const std::string& text) {
  const std::size_t end = std::min({text.find(": "), text.find("; "), text.find(". ")});
  return text.substr(0, end);
}

void list_suites(const Arguments& a) {
  std::vector<std::string> known;
  std::vector<std::pair<std::string, std::string>> lines;
  bool any = false;
  for (const auto& suite : known_suites()) {
    known.push_back(suite.name);
    if (!a.wants(suite.name)) continue;
    any = true;
    const std::string description = load_suite(suite.file).description;
    if (a.all()) {
      lines.emplace_back(suite.name, first_clause(description));
    } else {
      fmt::print("{}\n  {}\n\n", suite.name, results::wrap_text(description, 98, "\n  "));
    }
  }
  if (a.all()) return show_summaries(lines, a.what);
  check_shown(any, a, known);
}

void show_parts(const std::vector<PartParameter>& parameters) {
  std::vector<Row> rows;
  rows.reserve(parameters.size());
  for (const auto& [p, default_text, default_from, is_list] : parameters)
    rows.push_back({p.name,
                    default_text.empty() ? setting_text(p, p.default_value)
                                         : fmt::format("({})", default_text),
                    parameters_to_text(p), "", p.meaning});
  show_rows(rows);
  fmt::print("\n");
}

/// Names, summaries and formulas of all; parameters and citations of those that are asked for.
template <class Kind>
void list_kinds(const Arguments& a, const std::vector<Kind>& catalog) {
  std::vector<std::string> known;
  bool any = false;
  for (const Kind& kind : catalog) {
    known.push_back(kind.id);
    if (!a.wants(kind.id)) continue;
    any = true;
    fmt::print("{}\n  {}\n  {}\n", kind.id, kind.summary, kind.formula);
    if (a.all()) continue;
    fmt::print("  {}\n", kind.citation);
    show_parts(kind.parameters);
  }
  check_shown(any, a, known);
}

void list_schedules(const Arguments& a) {
  fmt::print("m(t) multiplies the learning rate; t counts steps or epochs from 0\n\n");
  list_kinds(a, schedule_catalog());
}

void list_averages(const Arguments& a) { list_kinds(a, average_catalog()); }

int list(const Arguments& a) {
  const std::map<std::string, void (*)(const Arguments&)> lists{{"optimizers", list_optimizers},
                                                                {"problems", list_problems},
                                                                {"suites", list_suites},
                                                                {"schedules", list_schedules},
                                                                {"averages", list_averages}};
  if (a.what.empty()) {
    for (const char* what : {"optimizers", "problems", "suites", "schedules", "averages"}) {
      Arguments one = a;
      one.what = what;
      fmt::print("== {}\n\n", what);
      lists.at(what)(one);
      fmt::print("\n");
    }
    return kExitDone;
  }
  lists.at(a.what)(a);
  return kExitDone;
}

}  // namespace

void add_list(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  Arguments& a = *arguments;
  CLI::App* command = app.add_subcommand(
      "list", "List optimizers with their hyperparameters, problems, suites, schedules, averages");
  command
      ->add_option("WHAT", a.what,
                   "optimizers, problems, suites, schedules or averages (default: all)")
      ->check(CLI::IsMember({"optimizers", "problems", "suites", "schedules", "averages"}));
  command->add_option("NAME", a.pattern,
                      "Only these, with all that is known of them; * and ? match");
  command
      ->add_option("--plugin", a.plugins,
                   "A plugin, or a folder of them; may be given several times")
      ->type_name("FILE|FOLDER");
  command->callback([arguments, &exit_code] { exit_code = list(*arguments); });
}

}  // namespace ravine::harness
