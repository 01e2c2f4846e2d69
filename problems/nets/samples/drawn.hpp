// Samples that a rule draws by their number.
#pragma once

#include <cstdint>

#include "problems/nets/samples.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems::nets {

struct Counts {
  std::uint64_t training = 0, validation = 0, test = 0;
};

/// Counts, and a stream for each sample of each part: what it draws depends on nothing else.
class Drawn : public Samples {
 public:
  Drawn(const Counts& counts, std::uint64_t seed) : counts_(counts), seed_(seed) {}

  [[nodiscard]] std::uint64_t count(Part part) const final {
    switch (part) {
      case Part::training:
        return counts_.training;
      case Part::validation:
        return counts_.validation;
      case Part::test:
        break;
    }
    return counts_.test;
  }

 protected:
  [[nodiscard]] Stream stream(Part part, std::uint64_t index, const char* purpose) const {
    return {mix64(seed_ ^ mix64(3 * index + static_cast<std::uint64_t>(part))), purpose};
  }

 private:
  Counts counts_;
  std::uint64_t seed_;
};

}  // namespace ravine::problems::nets
