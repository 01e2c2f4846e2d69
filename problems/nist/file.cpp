#include "problems/nist/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>

#include "problems/family.hpp"
#include "problems/text/number.hpp"
#include "problems/text/printable.hpp"

namespace ravine::problems::nist {
namespace {

using Words = std::vector<std::string>;

Words words_of(const std::string& text) {
  std::istringstream stream(text);
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

/// Lines are numbered from 1, as the header does.
struct Range {
  std::size_t first = 0, last = 0;
  std::size_t said_in = 0;  ///< the line of the header
};

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {
    std::ifstream in(path_, std::ios::binary);
    if (!in) fail(std::string(" cannot be opened: ") + std::strerror(errno));
    for (std::string line; std::getline(in, line);) {
      if (line.ends_with('\r')) line.pop_back();
      lines_.push_back(line);
    }
    if (in.bad()) fail(" cannot be read");
  }

  File read() {
    file_.set = name();
    file_.predictors = predictors();
    const Range starts = range("Starting Values");
    const Range certified = range("Certified Values");
    const Range data = range("Data");
    for (std::size_t at = starts.first; at <= starts.last; ++at) parameter(at, at - starts.first);
    file_.residual_sum = certified_number(certified, "Residual Sum of Squares:");
    for (std::size_t at = data.first; at <= data.last; ++at) observation(at);
    for (std::size_t at = data.last + 1; at <= lines_.size(); ++at)
      if (!words_of(line(at)).empty())
        fail(at, "goes on after the data, which end in line " + std::to_string(data.last));
    check_counts(certified);
    return std::move(file_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw ProblemError("data file '" + path_ + "'" + printable(what));
  }
  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    fail(", line " + std::to_string(at) + ": " + what);
  }

  [[nodiscard]] const std::string& line(std::size_t at) const { return lines_[at - 1]; }

  [[nodiscard]] double number(std::size_t at, const std::string& what,
                              const std::string& word) const {
    const auto value = parse_number(word);
    if (!value || !std::isfinite(*value))
      fail(at, what + " is '" + word + "', expected a finite number");
    return *value;
  }
  [[nodiscard]] std::size_t whole(std::size_t at, const std::string& what,
                                  const std::string& word) const {
    const double value = number(at, what, word);
    if (value < 0 || value > 1e9 || value != std::floor(value))
      fail(at, what + " is '" + word + "', expected a whole number");
    return static_cast<std::size_t>(value);
  }

  /// "Dataset Name:  MGH10             (MGH10.dat)"
  [[nodiscard]] std::string name() const {
    constexpr std::string_view kLabel = "Dataset Name:";
    for (const std::string& text : lines_) {
      if (!text.starts_with(kLabel)) continue;
      const Words words = words_of(text.substr(kLabel.size()));
      if (!words.empty()) return words.front();
    }
    fail(" has no line 'Dataset Name: ...': it is not in NIST's format");
  }

  /// "               1 Predictor (x)"
  [[nodiscard]] std::size_t predictors() const {
    for (std::size_t at = 1; at <= lines_.size(); ++at) {
      const Words words = words_of(line(at));
      if (words.size() < 2 || !words[1].starts_with("Predictor")) continue;
      const std::size_t count = whole(at, "the number of predictors", words[0]);
      if (count != 1 && count != 2) fail(at, "expected 1 or 2 predictors, found " + words[0]);
      return count;
    }
    fail(" has no line 'N Predictor ...': it is not in NIST's format");
  }

  /// "               Starting Values   (lines 41 to 43)"
  [[nodiscard]] Range range(const std::string& label) const {
    for (std::size_t at = 1; at <= lines_.size(); ++at) {
      const std::size_t open = line(at).find("(lines ");
      const std::size_t from = line(at).find_first_not_of(" \t");
      if (open == std::string::npos || !line(at).substr(from).starts_with(label)) continue;
      std::string inside = line(at).substr(open + 1);
      inside.resize(std::min(inside.find(')'), inside.size()));
      const Words words = words_of(inside);
      if (words.size() != 4 || words[2] != "to")
        fail(at, "expected '" + label + " (lines A to B)', found '(" + inside.append(")'"));
      const Range found{whole(at, "the first line", words[1]), whole(at, "the last line", words[3]),
                        at};
      if (found.first == 0 || found.last < found.first)
        fail(at, "no lines are from " + words[1] + " to " + words[3]);
      if (found.last > lines_.size())
        fail(at, "'" + label + "' are said to end in line " + words[3] + ", but the file ends in " +
                     std::to_string(lines_.size()));
      return found;
    }
    fail(" has no line '" + label + " (lines A to B)': it is not in NIST's format");
  }

  /// "  b1 =        2         0.02       5.6096364710E-03  1.5687892471E-04"
  void parameter(std::size_t at, std::size_t index) {
    const std::string label = "b" + std::to_string(index + 1);
    const std::size_t equals = line(at).find('=');
    const std::string left = line(at).substr(0, equals);
    const Words values =
        equals == std::string::npos ? Words{} : words_of(line(at).substr(equals + 1));
    if (words_of(left) != Words{label} || values.size() != 4)
      fail(at, "expected '" + label +
                   " = start 1, start 2, certified value, standard deviation', found '" + line(at) +
                   "'");
    file_.starts[0].push_back(number(at, "start 1 of " + label, values[0]));
    file_.starts[1].push_back(number(at, "start 2 of " + label, values[1]));
    file_.certified.push_back(number(at, "the certified value of " + label, values[2]));
    const double deviation = number(at, "the standard deviation of " + label, values[3]);
    if (!(deviation > 0))
      fail(at, "the standard deviation of " + label + " is '" + values[3] +
                   "', expected a positive number");
    file_.deviations.push_back(deviation);
  }

  /// The line of `certified` that begins with the label, and what stands behind it.
  [[nodiscard]] std::pair<std::size_t, std::string> certified_word(const Range& certified,
                                                                   const std::string& label) const {
    for (std::size_t at = certified.first; at <= certified.last; ++at) {
      if (!line(at).starts_with(label)) continue;
      const Words words = words_of(line(at).substr(label.size()));
      if (words.size() != 1) fail(at, "expected '" + label + "' and one number");
      return {at, words[0]};
    }
    fail(certified.said_in, "expected '" + label + "' in lines " + std::to_string(certified.first) +
                                " to " + std::to_string(certified.last));
  }
  [[nodiscard]] double certified_number(const Range& certified, const std::string& label) const {
    const auto [at, word] = certified_word(certified, label);
    return number(at, "'" + label + "'", word);
  }
  // Not by the degrees of freedom: NIST's own Rat43.dat says 9 of 15 observations and 4 parameters,
  // and has a standard deviation with 11.
  void check_counts(const Range& certified) const {
    const std::string observations = "Number of Observations:";
    const std::size_t m = file_.y.size();
    const std::size_t n = file_.certified.size();
    const auto [at, word] = certified_word(certified, observations);
    if (whole(at, "'" + observations + "'", word) != m)
      fail(at, "'" + observations + "' is " + word + ", but the data are " + std::to_string(m));
    for (std::size_t i = 1; i < certified.first; ++i) {
      const Words words = words_of(line(i));
      // "2 Parameters (b1 and b2)"
      if (words.size() > 2 && words[1] == "Parameters" &&
          whole(i, "the number of parameters", words[0]) != n)
        fail(i,
             "says " + words[0] + " parameters, but starting values are for " + std::to_string(n));
      if (words.size() != 2 || words[1] != "Observations") continue;
      if (whole(i, "the number of observations", words[0]) != m)
        fail(i, "says " + words[0] + " observations, but the data are " + std::to_string(m));
    }
    if (m <= n) fail(at, "no more observations than parameters");
    const std::string deviation = "Residual Standard Deviation:";
    const double found = certified_number(certified, deviation);
    const double expected = std::sqrt(file_.residual_sum / static_cast<double>(m - n));
    if (!(std::abs(found - expected) <= 1e-9 * expected))
      fail(certified_word(certified, deviation).first,
           "'" + deviation + "' does not fit the residual sum of squares, which makes it " +
               rounded(expected, 11));
  }

  /// "      3.478000E+04    5.000000E+01": the response, then the predictors.
  void observation(std::size_t at) {
    const Words words = words_of(line(at));
    if (words.size() != 1 + file_.predictors)
      fail(at, "expected a response and " + std::to_string(file_.predictors) +
                   (file_.predictors == 1 ? " predictor" : " predictors") + ", found '" + line(at) +
                   "'");
    file_.y.push_back(number(at, "the response", words[0]));
    for (std::size_t k = 1; k < words.size(); ++k)
      file_.x.push_back(number(at, "predictor " + std::to_string(k), words[k]));
  }

  std::string path_;
  std::vector<std::string> lines_;
  File file_;
};

}  // namespace

File read_file(const std::string& path) { return Reader(path).read(); }

}  // namespace ravine::problems::nist
