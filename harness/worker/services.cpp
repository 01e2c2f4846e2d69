#include "harness/worker/services.hpp"

#include <cstring>
#include <string>

#include "problems/random/stream.hpp"

namespace ravine::harness {

struct Services::Callbacks {
  static Services& self(const ravine_host* host) { return *static_cast<Services*>(host->handle); }

  static void log(const ravine_host* host, std::int32_t level, const char* text) {
    if (text == nullptr) return;
    Services& services = self(host);
    if (level == RAVINE_LOG_ERROR) {
      copy_line(services.last_error_, sizeof services.last_error_, text);
      return;
    }
    char line[kLongestNote];
    const char* kind = level == RAVINE_LOG_WARNING ? "warning: " : "info: ";
    const std::size_t length = std::strlen(kind);
    copy_line(line, sizeof line, kind);
    copy_line(line + length, sizeof line - length, text);
    services.area_.note(line);
  }

  template <class T, class Draw>
  static std::int32_t fill(const ravine_host* host, const char* name, std::uint64_t first,
                           std::uint64_t count, T* out, Draw draw) {
    if (name == nullptr || (out == nullptr && count > 0)) return RAVINE_INVALID;
    const problems::Stream stream(self(host).seed_, name);
    for (std::uint64_t i = 0; i < count; ++i) out[i] = draw(stream, first + i);
    return RAVINE_OK;
  }
  static std::int32_t bits(const ravine_host* h, const char* name, std::uint64_t first,
                           std::uint64_t count, std::uint64_t* out) {
    return fill(h, name, first, count, out,
                [](const auto& s, std::uint64_t i) { return s.bits(i); });
  }
  static std::int32_t uniform(const ravine_host* h, const char* name, std::uint64_t first,
                              std::uint64_t count, double* out) {
    return fill(h, name, first, count, out,
                [](const auto& s, std::uint64_t i) { return s.uniform(i); });
  }
  static std::int32_t normal(const ravine_host* h, const char* name, std::uint64_t first,
                             std::uint64_t count, double* out) {
    return fill(h, name, first, count, out,
                [](const auto& s, std::uint64_t i) { return s.normal(i); });
  }
  static const void* extension(const ravine_host*, const char*) { return nullptr; }
};

Services::Services(std::uint64_t seed, Area& area) : seed_(seed), area_(area) {
  table_.struct_size = sizeof table_;
  table_.handle = this;
  table_.abi_minor = RAVINE_ABI_MINOR;
  table_.log = &Callbacks::log;
  table_.random_bits = &Callbacks::bits;
  table_.random_uniform = &Callbacks::uniform;
  table_.random_normal = &Callbacks::normal;
  table_.extension = &Callbacks::extension;
}

}  // namespace ravine::harness
