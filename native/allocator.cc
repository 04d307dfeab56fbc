// TensorFlow's CPU allocator, ours: registered above its own ones before the library first asks for one.
#include "allocator.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "xla/tsl/framework/allocator.h"
#include "xla/tsl/framework/allocator_registry.h"

namespace overbatch {
namespace {

// In front of what TensorFlow gets; 64 bytes, so that its alignment is kept.
struct alignas(64) Header {
  void* block;
  size_t bytes;
};

class CountingAllocator : public tsl::Allocator {
 public:
  std::string Name() override { return "overbatch"; }

  void* AllocateRaw(size_t alignment, size_t bytes) override {
    const size_t extra = sizeof(Header) + (alignment > sizeof(Header) ? alignment : 0);
    if (bytes > SIZE_MAX / 2) return nullptr;
    const size_t room = (bytes + extra + sizeof(Header) - 1) / sizeof(Header) * sizeof(Header);
    void* block = bytes >= Arena::kSmallest ? HostArena().Take(room) : nullptr;
    if (block == nullptr) block = std::aligned_alloc(sizeof(Header), room);
    if (block == nullptr) return nullptr;
    const uintptr_t step = std::max(alignment, sizeof(Header));
    const uintptr_t address = (reinterpret_cast<uintptr_t>(block) + sizeof(Header) + step - 1) / step * step;
    *(reinterpret_cast<Header*>(address) - 1) = {block, bytes};
    HostCounter().Add(bytes);
    return reinterpret_cast<void*>(address);
  }

  void DeallocateRaw(void* data) override {
    if (data == nullptr) return;
    const Header header = *(static_cast<Header*>(data) - 1);
    HostCounter().Subtract(header.bytes);
    if (HostArena().Owns(header.block)) {
      HostArena().Give(header.block);
    } else {
      std::free(header.block);
    }
  }
};

// What TensorFlow's arenas (not used on the CPU unless asked for by environment variables) would take their memory from.
class PlainSubAllocator : public tsl::SubAllocator {
 public:
  PlainSubAllocator() : tsl::SubAllocator({}, {}) {}

  void* Alloc(size_t alignment, size_t bytes, size_t* received) override {
    const size_t step = std::max(alignment, sizeof(Header));
    *received = bytes;
    return std::aligned_alloc(step, (bytes + step - 1) / step * step);
  }
  void Free(void* data, size_t) override { std::free(data); }
  bool SupportsCoalescing() const override { return false; }
};

class Factory : public tsl::AllocatorFactory {
 public:
  tsl::Allocator* CreateAllocator() override { return new CountingAllocator; }
  tsl::SubAllocator* CreateSubAllocator(int) override { return new PlainSubAllocator; }
};

// TensorFlow's own have priority 100 and 200. Made when this library is loaded, before its CPU device can exist.
const tsl::AllocatorFactoryRegistration registration(__FILE__, __LINE__, "Overbatch", 1000, new Factory);

}  // namespace

// Never destroyed: TensorFlow's threads free tensors while the process ends.
Counter& HostCounter() {
  static Counter& counter = *new Counter;
  return counter;
}

Arena& HostArena() {
  static Arena& arena = *new Arena;
  return arena;
}

}  // namespace overbatch
