// Memory for large blocks, out of one reserved range of addresses. A block goes to the lowest place where it fits, and free neighbours
// become one: a training step asks for the same sizes in the same order again and again, so each time they fit as they did before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "ranges.h"

namespace overbatch {

/**
 * Pages that were used stay for the next block, since fresh ones are slow (each is cleared and mapped by a page fault; in Electron malloc
 * gives everything back at once), but never many more than were ever needed at once. Safe from every thread.
 */
class Arena {
 public:
  /** Below this, malloc does well. */
  static constexpr size_t kSmallest = 64 * 1024;
  static constexpr size_t kAlignment = 64;
  /** Resident at most: the most ever handed out at once, a sixteenth of it, and this. */
  static constexpr size_t kSlack = 1024 * 1024;

  struct Figures {
    /** Bytes of pages in use, or used once and not given back. */
    size_t resident;
    /** Bytes of those that lie whole in no block. */
    size_t kept;
    /** Blocks so far that needed fresh pages. */
    uint64_t grown;
  };

  /** @param reserve addresses to reserve, in bytes; fewer where the system refuses so many. Twice the machine's memory unless given */
  explicit Arena(size_t reserve = 0);
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /** A block aligned to kAlignment; nullptr where the arena has no room left, or the system no memory. */
  void* Take(size_t bytes);
  void Give(void* block);

  /** Whether a pointer is one of the arena's. */
  bool Owns(const void* data) const { return reinterpret_cast<uintptr_t>(data) - base_ < reserved_; }
  /** What Take was asked for. */
  static size_t BytesOf(const void* block);

  /** Returns every page that lies in no block to the system and forgets how much was once needed. */
  void Release();

  /** Most bytes that may be kept at a time; 0 turns keeping off. */
  void Limit(size_t bytes);

  Figures figures();

 private:
  bool ExtendTo(size_t end);
  void Occupy(Range block);
  void AskForHugePages(Range fresh);
  void GiveBack(Range free);
  void GiveBackDownTo(size_t resident);
  size_t MostResident() const;
  char* At(size_t place) const { return reinterpret_cast<char*>(base_ + place); }

  uintptr_t base_ = 0;
  size_t reserved_ = 0;

  std::mutex mutex_;
  /** All below: places, which are bytes from the base. Up to this one they may be read and written. */
  size_t usable_ = 0;
  Ranges free_;
  /** Whole pages. */
  Ranges resident_;
  /** What the system may back by huge pages: only where a block asked for the whole of one, so that none is there for a part of it. */
  Ranges huge_;
  size_t handed_out_ = 0;
  size_t most_handed_out_ = 0;
  size_t limit_ = SIZE_MAX;
  uint64_t grown_ = 0;
};

}  // namespace overbatch
