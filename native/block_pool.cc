// Keeps freed blocks in lists by size class, within a bound that follows what was really needed.
#include "block_pool.h"

#include <sys/mman.h>

#include <algorithm>

namespace overbatch {
namespace {
constexpr size_t kHugePage = 2 << 20;
}

int BlockPool::ClassOf(size_t bytes) {
  int power = 63 - __builtin_clzll(bytes - 1);  // bytes lies in (2^power, 2^(power + 1)]
  const size_t step = size_t{1} << (power - 3);
  const size_t eighth = (bytes - (size_t{1} << power) + step - 1) / step;  // 1 to 8
  return (power - 15) * 8 + static_cast<int>(eighth) - 1;
}

size_t BlockPool::ClassBytes(int size_class) {
  const int power = size_class / 8 + 15;
  return (size_t{1} << power) + (size_t{1} << (power - 3)) * (size_class % 8 + 1);
}

void* BlockPool::Take(size_t bytes) {
  const int size_class = ClassOf(bytes + sizeof(Block));
  if (size_class >= kClasses) return nullptr;
  const size_t size = ClassBytes(size_class);
  Block* evicted = nullptr;
  Block* block = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    block = free_[size_class];
    if (block != nullptr) {
      Unkeep(block);
    } else {
      mapped_ += size;
      maps_++;
    }
    most_handed_out_ = std::max(most_handed_out_, mapped_ - kept_);
    evicted = EvictDownTo(MostMapped());
  }
  Unmap(evicted);
  if (block == nullptr) block = Map(size);
  return block == nullptr ? nullptr : block + 1;
}

void BlockPool::Give(void* data) {
  Block* const block = static_cast<Block*>(data) - 1;
  Block* evicted = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Keep(block);
    evicted = EvictDownTo(MostMapped());
  }
  Unmap(evicted);
}

void BlockPool::Release() {
  Block* evicted = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    evicted = EvictDownTo(0);
    most_handed_out_ = mapped_;
  }
  Unmap(evicted);
}

void BlockPool::Limit(size_t bytes) {
  Block* evicted = nullptr;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    limit_ = bytes;
    evicted = EvictDownTo(MostMapped());
  }
  Unmap(evicted);
}

BlockPool::Figures BlockPool::figures() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return {mapped_, kept_, maps_};
}

// A quarter more than was ever needed at once: the sizes wanted next are not quite those just freed.
size_t BlockPool::MostMapped() const {
  const size_t handed_out = mapped_ - kept_;
  const size_t wanted = most_handed_out_ + most_handed_out_ / 4;
  return limit_ > wanted - std::min(wanted, handed_out) ? wanted : handed_out + limit_;
}

void BlockPool::Keep(Block* block) {
  const int size_class = ClassOf(block->bytes);
  block->previous = nullptr;
  block->next = free_[size_class];
  if (block->next) block->next->previous = block;
  free_[size_class] = block;
  block->newer = nullptr;
  block->older = newest_;
  (newest_ ? newest_->newer : oldest_) = block;
  newest_ = block;
  kept_ += block->bytes;
}

void BlockPool::Unkeep(Block* block) {
  (block->previous ? block->previous->next : free_[ClassOf(block->bytes)]) = block->next;
  if (block->next) block->next->previous = block->previous;
  (block->older ? block->older->newer : oldest_) = block->newer;
  (block->newer ? block->newer->older : newest_) = block->older;
  kept_ -= block->bytes;
}

// Takes the oldest kept blocks out until no more than `mapped` bytes are mapped; the caller unmaps them, outside the lock.
BlockPool::Block* BlockPool::EvictDownTo(size_t mapped) {
  Block* chain = nullptr;
  while (mapped_ > mapped && oldest_ != nullptr) {
    Block* const block = oldest_;
    Unkeep(block);
    mapped_ -= block->bytes;
    block->next = chain;
    chain = block;
  }
  return chain;
}

BlockPool::Block* BlockPool::Map(size_t bytes) {
  constexpr int kFlags = MAP_PRIVATE | MAP_ANONYMOUS;
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0);
  if (memory == MAP_FAILED) {
    Release();  // What is kept may be what is missing.
    memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kFlags, -1, 0);
  }
  if (memory == MAP_FAILED) {
    const std::lock_guard<std::mutex> lock(mutex_);
    mapped_ -= bytes;
    return nullptr;
  }
  if (bytes >= kHugePage) madvise(memory, bytes, MADV_HUGEPAGE);  // Fewer faults and fewer misses of the address cache; refused without harm.
  Block* const block = static_cast<Block*>(memory);
  block->bytes = bytes;
  return block;
}

void BlockPool::Unmap(Block* chain) {
  while (chain != nullptr) {
    Block* const next = chain->next;
    munmap(chain, chain->bytes);
    chain = next;
  }
}

}  // namespace overbatch
