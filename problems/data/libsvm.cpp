#include "problems/data/libsvm.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <system_error>

#include "problems/data/text_lines.hpp"

namespace ravine::problems {
namespace {

class Reader {
 public:
  Reader(const std::string& path, std::uint64_t most) : lines_(path), most_(most) {}

  RowsInProgress read() {
    rows_.starts.push_back(0);
    while (lines_.next()) {
      const std::string_view line = lines_.line();
      end_ = line.data() + std::min(line.find('#'), line.size());
      const char* at = skip(line.data());
      if (at != end_) sample(at);
    }
    if (rows_.labels.empty()) lines_.fail("has no samples: expected lines 'label index:value ...'");
    if (rows_.columns == 0) lines_.fail("has no features: expected some 'index:value'");
    return std::move(rows_);
  }

 private:
  void sample(const char* at) {
    rows_.labels.push_back(lines_.finite(at, "the label", " \t#"));
    rows_.lines.push_back(lines_.number());
    for (std::uint64_t last = 0; (at = skip(at)) != end_;) {
      const std::uint64_t column = index(at, last);
      const double value =
          lines_.finite(at, "the value of index " + std::to_string(column), " \t#");
      if (rows_.values.size() == most_)
        lines_.fail(at, "more values than the " + std::to_string(most_) + " that a file may hold");
      rows_.values.push_back(value);
      rows_.indices.push_back(static_cast<std::uint32_t>(column - 1));
      rows_.columns = std::max(rows_.columns, column);
      last = column;
    }
    rows_.starts.push_back(rows_.values.size());
  }

  /// "17:", the one before was `last`; moves `at` behind the colon.
  std::uint64_t index(const char*& at, std::uint64_t last) const {
    std::uint64_t found = 0;
    const auto [behind, error] = std::from_chars(at, end_, found);
    const char* stop = std::find_first_of(at, end_, kEnds.begin(), kEnds.end());
    const std::string word(at, stop);
    if (behind != stop || stop == end_ || *stop != ':' ||
        (error != std::errc{} && error != std::errc::result_out_of_range))
      lines_.fail(at, "found '" + word + "', expected 'index:value'");
    if (error != std::errc{} || found < 1 || found > kMostColumns)
      lines_.fail(at, "index " + word + ", expected 1 to " + std::to_string(kMostColumns));
    if (found <= last)
      lines_.fail(
          at, "index " + word + " behind " + std::to_string(last) + ", expected ascending indices");
    at = stop + 1;
    return found;
  }

  const char* skip(const char* at) const {
    return std::find_if(at, end_, [](char c) { return c != ' ' && c != '\t'; });
  }

  static constexpr std::string_view kEnds = ": \t";

  TextLines lines_;
  std::uint64_t most_;
  const char* end_ = nullptr;  ///< of the line, comment left out
  RowsInProgress rows_;
};

}  // namespace

RowsInProgress read_libsvm(const std::string& path, std::uint64_t most) {
  return Reader(path, most).read();
}

}  // namespace ravine::problems
