#include "problems/data/shared_bytes.hpp"

#include <sys/mman.h>

#include <cerrno>
#include <fstream>
#include <new>
#include <string>
#include <system_error>
#include <utility>

namespace ravine::problems {

namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

/// Whether the system gives huge pages to those who ask.
bool has_huge_pages() {
  std::ifstream in("/sys/kernel/mm/transparent_hugepage/enabled");
  std::string modes;
  return std::getline(in, modes) && modes.find("[never]") == std::string::npos;
}

}  // namespace

// Huge pages come to private memory only. A child inherits their few entries at the fork and reads
// at once, where a shared mapping of small pages costs it a fault for every 64 KiB that it touches:
// 55 MB are read in 2.4 ms of a child's life against 6.3. Untouched since the fork, private pages
// are as shared as others.
SharedBytes::SharedBytes(std::size_t size) : size_(size) {
  if (size == 0) return;  // mmap refuses it
  const bool huge = size >= kHugePage && has_huge_pages();
  mapped_size_ = huge ? (size + 2 * kHugePage - 1) / kHugePage * kHugePage : size;
  mapped_ = mmap(nullptr, mapped_size_, PROT_READ | PROT_WRITE,
                 (huge ? MAP_PRIVATE : MAP_SHARED) | MAP_ANONYMOUS, -1, 0);
  if (mapped_ == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(mapped_);
  if (!huge) return;
  const auto address = reinterpret_cast<std::uintptr_t>(mapped_);
  data_ += (kHugePage - address % kHugePage) % kHugePage;
  (void)madvise(mapped_, mapped_size_, MADV_HUGEPAGE);  // small pages serve too
}

SharedBytes::SharedBytes(SharedBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      mapped_(std::exchange(other.mapped_, nullptr)),
      mapped_size_(std::exchange(other.mapped_size_, 0)) {}

SharedBytes& SharedBytes::operator=(SharedBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(mapped_, other.mapped_);
  std::swap(mapped_size_, other.mapped_size_);
  return *this;
}

SharedBytes::~SharedBytes() {
  if (data_ != nullptr) munmap(mapped_, mapped_size_);
}

void SharedBytes::seal() {
  if (data_ != nullptr && mprotect(mapped_, mapped_size_, PROT_READ) != 0)
    throw std::system_error(errno, std::generic_category(), "mprotect");
}

}  // namespace ravine::problems
