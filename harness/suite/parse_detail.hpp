// What the files that read a suite share. No public header includes this one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/suite/suite.hpp"
#include "harness/suite/toml.hpp"

namespace ravine::harness::parsing {

inline constexpr std::uint64_t kLargestWhole = std::uint64_t{1} << 53U;  ///< exact as a double
inline constexpr std::uint64_t kMostValues = 100'000;  ///< of one list, count or range

/// Throws UserError: "file:line:column: what".
[[noreturn]] void complain(const Place& place, const std::string& what);

/// The tree of a file's text. Throws UserError with the place of what is not valid TOML.
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::string& file);

/// A value of the file, with what complaints say of it.
struct Value {
  const toml::node* node;
  std::string name;  ///< of its key
  Place place;
  Place key_place;
  bool is_element = false;  ///< of the list that has the name

  /// Throws "NAME must be WANTED, not FOUND", at the value.
  [[noreturn]] void refuse(const std::string& wanted) const;
};

/// A table of the file whose keys are taken in the file's order, so that the first mistake is the
/// one that is reported.
class Table {
 public:
  Table(const toml::table& table, std::string title, Place place);
  /// The table that a value must be; `example` is what to write instead.
  Table(const Value& value, std::string title, const std::string& example);

  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] std::optional<Value> find(std::string_view key) const;
  [[nodiscard]] std::vector<Value> entries() const;
  /// Refuses other keys, naming the nearest of these, or all and the hint when none is near.
  void allow_only(const std::vector<std::string>& keys, const std::string& hint = "") const;

 private:
  const toml::table* table_;
  std::string title_;
  Place place_;
};

struct WholeRule {
  std::uint64_t least = 0;
  std::uint64_t most = kLargestWhole;
  std::string_view example = "1";
};

/// Bounds are excluded unless said otherwise; `wanted` says them in words, with an example.
struct NumberRule {
  double low;
  double high;
  bool low_included;
  std::string_view wanted;
};

[[nodiscard]] std::string quoted(std::string_view text);
[[nodiscard]] std::uint64_t whole(const Value& value, const WholeRule& rule);
[[nodiscard]] double number(const Value& value, const NumberRule& rule);
/// A text of one line that is not empty.
[[nodiscard]] std::string line(const Value& value, std::string_view example);
/// The elements of a list, or the value itself when it is none; never empty.
[[nodiscard]] std::vector<Value> elements(const Value& value);
/// One number or a list of different ones.
[[nodiscard]] std::vector<double> numbers(const Value& value, const NumberRule& rule);
/// One text or a list of different ones.
[[nodiscard]] std::vector<std::string> lines(const Value& value, std::string_view example);
/// A count, which stands for 0, 1, ..., or a list of different whole numbers.
[[nodiscard]] std::vector<std::uint64_t> seeds(const Value& value);
/// Throws "X stands twice in NAME", at the second.
[[noreturn]] void refuse_repeated(const Value& value, const std::string& shown);

[[nodiscard]] std::vector<Setting> settings(const Value& set);
/// The settings of a table, without the key `but`.
[[nodiscard]] std::vector<Setting> settings(const Table& table, const std::string& but);
[[nodiscard]] Setting batch_setting(const Value& value);
/// A name, or a table with a name and parameters: "cosine", { name = "cosine", warmup = 500 }.
[[nodiscard]] NamedPart named_part(const Value& value);

[[nodiscard]] Budget budget(const Value& value);
[[nodiscard]] Targets targets(const Value& value);
[[nodiscard]] JudgeRule judge(const Value& value);
[[nodiscard]] OracleWeights oracle_weights(const Value& value);

[[nodiscard]] std::vector<ProblemEntry> problems(const Value& list);
[[nodiscard]] std::vector<OptimizerEntry> optimizers(const Value& list);

}  // namespace ravine::harness::parsing
