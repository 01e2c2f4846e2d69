#include "harness/plugin/elf.hpp"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>

namespace ravine::harness {
namespace {

#if defined(__x86_64__)
constexpr Elf64_Half kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half kMachine = EM_AARCH64;
#else
#error "say here which ELF machine this is"
#endif

}  // namespace

LoadError examine_library(const std::string& path, std::string& text) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    text = "no such file: check the path";
    return LoadError::no_such_file;
  }
  if (!std::filesystem::is_regular_file(status)) {
    text = "not a file";
    return LoadError::not_a_library;
  }
  Elf64_Ehdr header{};
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    text = "cannot be read: check its permissions";
    return LoadError::other;
  }
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  if (in.gcount() < EI_NIDENT || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
    text = "not a shared library (no ELF header): build it with -shared -fPIC";
    return LoadError::not_a_library;
  }
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != kMachine) {
    text =
        fmt::format("built for another architecture (ELF machine {}, {}-bit): build it on this one",
                    header.e_machine, header.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32);
    return LoadError::wrong_architecture;
  }
  if (static_cast<std::size_t>(in.gcount()) < sizeof header || header.e_type != ET_DYN) {
    text = "an ELF file, but not a shared library: link it with -shared";
    return LoadError::not_a_library;
  }
  return LoadError::none;
}

}  // namespace ravine::harness
