// Large blocks from the system, kept when freed: a training step asks for the same sizes again and again, and fresh pages are slow
// (each must be cleared and mapped by a page fault; in Electron malloc gives everything back at once).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace overbatch {

class BlockPool {
 public:
  /** Below this, malloc does well. */
  static constexpr size_t kSmallest = 64 * 1024;

  /** Where in a page every block begins. */
  static constexpr size_t kOffsetInPage = 64;

  struct Figures {
    /** Bytes mapped from the system, handed out or kept. */
    size_t mapped;
    /** Bytes of it that are kept for later. */
    size_t kept;
    /** Times the system was asked for a block so far. */
    uint64_t maps;
  };

  /** A block of at least `bytes` (kSmallest or more), 64-byte aligned; nullptr if the system has none left. */
  void* Take(size_t bytes);
  void Give(void* block);

  /** Returns every kept block to the system and forgets how much was once needed. */
  void Release();

  /** Most bytes that may be kept at a time; 0 turns keeping off. */
  void Limit(size_t bytes);

  Figures figures();

 private:
  // In front of each block. A kept block is in two lists: those of its size class, and all, by age.
  struct alignas(64) Block {
    size_t bytes;
    Block* next;
    Block* previous;
    Block* older;
    Block* newer;
  };
  static_assert(sizeof(Block) == kOffsetInPage);

  // Eight classes to each doubling: at most an eighth of a block is slack.
  static constexpr int kClasses = 8 * 48;
  static int ClassOf(size_t bytes);
  static size_t ClassBytes(int size_class);

  size_t MostMapped() const;
  void Keep(Block* block);
  void Unkeep(Block* block);
  Block* EvictDownTo(size_t mapped);
  Block* Map(size_t bytes);
  static void Unmap(Block* chain);

  std::mutex mutex_;
  std::array<Block*, kClasses> free_{};
  Block* oldest_ = nullptr;
  Block* newest_ = nullptr;
  size_t mapped_ = 0;
  size_t kept_ = 0;
  size_t most_handed_out_ = 0;
  size_t limit_ = SIZE_MAX;
  uint64_t maps_ = 0;
};

}  // namespace overbatch
