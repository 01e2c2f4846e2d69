#include "harness/suite/parse.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <memory>
#include <system_error>

#include "harness/suite/parse_detail.hpp"

namespace ravine::harness {
namespace {

using parsing::complain;
using parsing::Table;
using parsing::Value;

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr parsing::NumberRule kDivergence{1.0, kInfinity, false, "a number above 1, such as 1e6"};
constexpr parsing::WholeRule kMemory{1, std::uint64_t{1} << 30U, "4096"};  // up to a pebibyte

std::string suite_name(const Value& value) {
  std::string name = parsing::line(value, "quick");
  const bool fine = name.find_first_not_of(
                        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "0123456789._-") == std::string::npos;
  // The name becomes part of file names.
  if (!fine || name[0] == '.' || name[0] == '-')
    value.refuse("letters, digits, '.', '_' and '-', such as 'quick'");
  return name;
}

void read_suite(const Value& value, Suite& suite) {
  const Table table(value, "'suite'", "[suite]");
  table.allow_only({"name", "description", "seeds", "divergence", "memory_mib"});
  for (const Value& entry : table.entries()) {
    if (entry.name == "name") suite.name = suite_name(entry);
    if (entry.name == "description") suite.description = parsing::line(entry, "what it is for");
    if (entry.name == "seeds") suite.seeds = parsing::seeds(entry);
    if (entry.name == "divergence") suite.divergence = parsing::number(entry, kDivergence);
    if (entry.name == "memory_mib") suite.memory_mib = parsing::whole(entry, kMemory);
  }
  if (suite.name.empty()) complain(table.place(), "the suite has no 'name'; add name = \"quick\"");
}

void read_root(const Table& root, Suite& suite) {
  root.allow_only({"suite", "budget", "targets", "oracle_cost", "judge", "problem", "optimizer"});
  for (const Value& entry : root.entries()) {
    if (entry.name == "suite") read_suite(entry, suite);
    if (entry.name == "budget") suite.budget = parsing::budget(entry);
    if (entry.name == "targets") suite.targets = parsing::targets(entry);
    if (entry.name == "oracle_cost") suite.weights = parsing::oracle_weights(entry);
    if (entry.name == "judge") suite.judge = parsing::judge(entry);
    if (entry.name == "problem") suite.problems = parsing::problems(entry);
    if (entry.name == "optimizer") suite.optimizers = parsing::optimizers(entry);
  }
  // What is missing comes last: whoever mistyped a key is told that, not that the key is missing.
  if (suite.name.empty())
    complain(root.place(), "the file has no [suite]; add [suite] with name = \"quick\"");
  if (suite.problems.empty())
    complain(root.place(), "the suite has no problem; add [[problem]] with family = \"quadratic\"");
  if (suite.optimizers.empty())
    complain(root.place(),
             "the suite has no optimizer; add [[optimizer]] with id = \"gradient_descent\"");
}

[[noreturn]] void refuse_file(const std::string& path, const std::string& why) {
  throw UserError("cannot read the suite '" + path + "': " + why +
                  "; give a suite's file, or a name that 'ravine list' shows");
}

}  // namespace

Suite parse_suite(std::string_view text, const std::string& file) {
  Suite suite;
  suite.file = file;
  const toml::table root = parsing::parse_toml(text, file);
  read_root(Table(root, "the suite", {file, 1, 1}), suite);
  return suite;
}

NamedPart parse_named_part(const std::string& text, const std::string& key) {
  const std::string option = "--" + key;
  const Place place{option, 0, 0};
  if (text.find('{') == std::string::npos) return {text, {}, place};
  try {
    const toml::table root = parsing::parse_toml(key + " = " + text, option);
    const Table table(root, option, place);
    table.allow_only({key});
    NamedPart part = parsing::named_part(*table.find(key));
    part.place = place;
    for (Setting& setting : part.parameters) setting.place = setting.value_place = place;
    return part;
  } catch (const UserError& error) {
    // Its columns are not those of what was typed.
    const std::string said = error.what();
    complain(place, "'" + text + "': " + said.substr(said.find(": ") + 2));
  }
}

Suite load_suite(const std::string& path) {
  struct Close {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) refuse_file(path, std::generic_category().message(errno));
  std::string text;
  std::array<char, 65536> block{};
  // A limit, because the path may be a device without an end.
  while (text.size() <= kLargestFile) {
    const std::size_t size = std::fread(block.data(), 1, block.size(), file.get());
    if (std::ferror(file.get()) != 0) refuse_file(path, std::generic_category().message(errno));
    if (size == 0) return parse_suite(text, path);
    text.append(block.data(), size);
  }
  refuse_file(path, "it is larger than 16 MiB");
}

}  // namespace ravine::harness
