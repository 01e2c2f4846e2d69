// What an iteration takes: the time of the optimizer and of the oracle since it began.
#pragma once

#include <cstdint>

#include "harness/measure/area.hpp"
#include "harness/measure/books.hpp"

namespace ravine::harness {

class StepClock {
 public:
  StepClock(Area& area, Books& books) : area_(area), books_(books) {}

  /// The optimizer begins its next iteration.
  void begin() {
    books_.switch_to(Account::optimizer);
    optimizer_ = books_.spent(Account::optimizer);
    oracle_ = books_.spent(Account::oracle);
  }
  /// It is done, and neither account is open.
  void end() {
    const std::int64_t optimizer = books_.spent(Account::optimizer) - optimizer_;
    const std::int64_t oracle = books_.spent(Account::oracle) - oracle_;
    area_.step.add(optimizer + oracle);
    area_.oracle.add(oracle);
    area_.optimizer.add(optimizer);
  }

 private:
  Area& area_;
  Books& books_;
  std::int64_t optimizer_ = 0, oracle_ = 0;
};

}  // namespace ravine::harness
