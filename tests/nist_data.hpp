// NIST's data sets for nonlinear regression, which are not part of this tree: the folder that
// CMake's RAVINE_NIST_DATA names. Tests that read them skip where it lacks them:
//     if (!nist_missing().empty()) GTEST_SKIP() << nist_missing();
#pragma once

#include <filesystem>
#include <string>

namespace ravine::test {

inline constexpr const char* kNistData = RAVINE_TEST_NIST_DATA;

/// What is missing and what to do about it; "" where the data are there.
inline std::string nist_missing() {
  if (std::filesystem::exists(std::filesystem::path(kNistData) / "Misra1a.dat")) return "";
  return "no NIST data sets in " + std::string(kNistData) +
         ": set CMake's RAVINE_NIST_DATA to a folder with NIST's files (Misra1a.dat and so on)";
}

}  // namespace ravine::test
