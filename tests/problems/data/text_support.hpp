// A file of text for a reader, and what the reader has against it.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "problems/family.hpp"
#include "tests/problems/support/small_data.hpp"

namespace ravine::problems::testing {

inline Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

/// What `read` throws behind "data file 'PATH'", or "accepted".
inline std::string refusal_of(const std::string& path, const std::function<void()>& read) {
  try {
    read();
  } catch (const ProblemError& error) {
    const std::string prefix = "data file '" + path + "'";
    const std::string message = error.what();
    EXPECT_TRUE(message.starts_with(prefix)) << message;
    return message.substr(prefix.size());
  }
  return "accepted";
}

}  // namespace ravine::problems::testing
