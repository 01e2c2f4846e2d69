// A run that stands still half-way, for as long as a test wants.
#pragma once

#include <memory>
#include <string>

#include "tests/cli/ravine.hpp"

namespace ravine::test {

/// A command with the patient plugin (tests/misbehaving/patient.c), which waits in its first step
/// when the constructor returns. In a run of one trial at a time, as it is when nothing else is
/// asked for, the three trials before it are then stored and four are yet to come.
class HalfWay {
 public:
  explicit HalfWay(const Sandbox::Words& words = {"run", "small.toml", "--db", "half.db", "--jobs",
                                                  "1"});
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
