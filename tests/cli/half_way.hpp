// A run that stands still half-way, for as long as a test wants.
#pragma once

#include <memory>
#include <string>

#include "tests/cli/ravine.hpp"

namespace ravine::test {

/// "ravine run small.toml --db half.db" with the patient plugin (tests/misbehaving/patient.c), one
/// trial at a time. When the constructor returns, at least the three trials before the first
/// patient one are stored, that one waits in its first step, and as many as before are yet to come.
class HalfWay {
 public:
  HalfWay();
  ~HalfWay();
  HalfWay(const HalfWay&) = delete;
  HalfWay& operator=(const HalfWay&) = delete;

  /// Lets the patient plugin go on, now and for good.
  void let_go();
  /// half.db holds what an undisturbed run of the same suite gives.
  void expect_whole() const;

  static constexpr int kTrials = 8;  ///< two problems, four optimizers
  Sandbox sandbox;
  Sandbox::Words command;
  std::unique_ptr<Running> run;

 private:
  int gate_ = -1;
};

}  // namespace ravine::test
