#include "harness/measure/area.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <string>

#include "harness/error.hpp"

namespace ravine::harness {
void copy_line(char* to, std::size_t size, const char* text) {
  std::size_t length = 0;
  for (; *text != '\0' && length + 1 < size; ++text) {
    const auto byte = static_cast<unsigned char>(*text);
    to[length++] = byte < 0x20 || byte == 0x7F ? ' ' : *text;
  }
  // What follows continues a character: the part of it that did fit goes too.
  if ((static_cast<unsigned char>(*text) & 0xC0) == 0x80) {
    while (length > 0 && (static_cast<unsigned char>(to[length - 1]) & 0xC0) == 0x80) --length;
    if (length > 0) --length;
  }
  to[length] = '\0';
}

void StepSamples::add(std::int64_t ns) {
  if (count < warmup.size()) warmup[count] = ns;
  if (count % stride == 0) {
    if (kept == samples.size()) {
      for (std::size_t i = 0; i < kept / 2; ++i) samples[i] = samples[2 * i];
      kept /= 2;
      stride *= 2;
    }
    if (count % stride == 0) samples[kept++] = ns;
  }
  ++count;
  sum += ns;
  if (count > warmup.size()) max = std::max(max, ns);
}

void Area::clear() {
  for (StepSamples* s : {&step, &oracle, &optimizer}) {
    s->count = s->kept = 0;
    s->stride = 1;
    s->sum = s->max = 0;
  }
  status = results::Status::infrastructure;
  reason[0] = '\0';
  stopped_by_clock = has_iterations = has_f_start = has_f_star = has_f_best = has_f_last = 0;
  ended = results::Ended::unknown;
  has_gradient_norm_last = has_smallest_eigenvalue = has_overshoot = has_saddle_steps = 0;
  has_gradient_error = has_regret = 0;
  regret = 0;
  ended_place[0] = '\0';
  iterations = n = 0;
  oracle_cost = 0;
  multiplier = 1;
  counts = {};
  books = {};
  state_bytes = 0;
  hit_count = trace_count = note_count = best_point_size = metric_count = 0;
  phase.store(Phase::waiting);
}

void Area::describe(const problems::Facts& facts) {
  n = facts.n;
  f_star = facts.f_star.value_or(0);
  has_f_star = facts.f_star.has_value() ? 1 : 0;
  metric_count = static_cast<std::uint32_t>(std::min(facts.metrics.size(), kMostMetrics));
  for (std::size_t i = 0; i < metric_count; ++i)
    copy_line(metric_names[i].data(), metric_names[i].size(), facts.metrics[i].name.c_str());
}

void Area::set_reason(const char* text) { copy_line(reason.data(), reason.size(), text); }

void Area::note(const char* text) {
  if (note_count == kMostNotes) return;
  auto& slot = notes[note_count];
  copy_line(slot.data(), slot.size(), text);
  for (std::uint32_t i = 0; i < note_count; ++i)
    if (std::strcmp(notes[i].data(), slot.data()) == 0) return;
  ++note_count;
}

SharedArea::SharedArea() {
  void* memory =
      mmap(nullptr, sizeof(Area), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    throw HarnessError(std::string("cannot map memory for a trial's record: ") +
                       std::strerror(errno));
  // Only what is not zero is written: a fresh mapping is zero, and untouched pages cost nothing.
  area_ = static_cast<Area*>(memory);
  new (&area_->phase) std::atomic<Phase>(Phase::waiting);
  area_->clear();
}

SharedArea::~SharedArea() { munmap(area_, sizeof(Area)); }

}  // namespace ravine::harness
