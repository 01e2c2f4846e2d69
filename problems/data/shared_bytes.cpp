#include "problems/data/shared_bytes.hpp"

#include <sys/mman.h>

#include <cerrno>
#include <new>
#include <system_error>
#include <utility>

namespace ravine::problems {

SharedBytes::SharedBytes(std::size_t size) : size_(size) {
  if (size == 0) return;  // mmap refuses it
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  data_ = static_cast<std::uint8_t*>(memory);
}

SharedBytes::SharedBytes(SharedBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

SharedBytes& SharedBytes::operator=(SharedBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

SharedBytes::~SharedBytes() {
  if (data_ != nullptr) munmap(data_, size_);
}

void SharedBytes::seal() {
  if (data_ != nullptr && mprotect(data_, size_, PROT_READ) != 0)
    throw std::system_error(errno, std::generic_category(), "mprotect");
}

}  // namespace ravine::problems
