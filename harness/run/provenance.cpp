#include "harness/run/provenance.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <Eigen/Core>

#include <chrono>
#include <fstream>

#include "harness/hash/sha256.hpp"

namespace ravine::harness {
namespace {

std::string cpu_model() {
  std::ifstream in("/proc/cpuinfo");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string first_line(const char* file) {
  std::ifstream in(file);
  std::string line;
  return std::getline(in, line) ? line : "unknown";
}

}  // namespace

results::Provenance this_machine() {
  utsname name{};
  uname(&name);
  results::Provenance p;
  p.cpu = cpu_model();
  p.cores = static_cast<std::uint64_t>(sysconf(_SC_NPROCESSORS_ONLN));
  p.governor = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  p.kernel = fmt::format("{} {}", name.sysname, name.release);
#if defined(__clang__)
  p.compiler = "clang " __clang_version__;
#else
  p.compiler = "gcc " __VERSION__;
#endif
  p.flags = RAVINE_FLAGS;
  p.libraries = fmt::format("glibc {}, Eigen {}.{}.{}", gnu_get_libc_version(), EIGEN_WORLD_VERSION,
                            EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION);
  p.version = RAVINE_VERSION;
  const std::string all = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", p.cpu, p.cores, p.governor,
                                      p.kernel, p.compiler, p.flags, p.libraries, p.version);
  p.machine = hex(sha256(all), 16);
  return p;
}

std::string utc_now() {
  const auto now =
      std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const auto ms = now.time_since_epoch().count() % 1000;
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(now)), ms);
}

}  // namespace ravine::harness
