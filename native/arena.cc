// Address-ordered first fit over reserved addresses; which pages are resident is known here, and bounded.
#include "arena.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <vector>

namespace overbatch {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kHugePage = 2 << 20;
constexpr size_t kLeastReserve = 64 << 20;

/** In front of each block. */
struct alignas(Arena::kAlignment) Header {
  size_t size;
  size_t bytes;
};

size_t TwiceTheMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES);
  return 2 * static_cast<size_t>(std::max(pages, 1L)) * kPage;
}

}  // namespace

Arena::Arena(size_t reserve) {
  if (sysconf(_SC_PAGESIZE) != static_cast<long>(kPage)) return;
  size_t bytes = std::max(Range{0, reserve > 0 ? reserve : TwiceTheMemory()}.Around(kHugePage).end, kLeastReserve);
  void* memory = MAP_FAILED;
  for (; memory == MAP_FAILED && bytes >= kLeastReserve; bytes = bytes / 2 / kHugePage * kHugePage) {
    // Room to begin at a huge page's border.
    memory = mmap(nullptr, bytes + kHugePage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) reserved_ = bytes;
  }
  if (memory == MAP_FAILED) return;
  const auto begin = reinterpret_cast<uintptr_t>(memory);
  base_ = (begin + kHugePage - 1) / kHugePage * kHugePage;
  if (base_ > begin) munmap(memory, base_ - begin);
  if (base_ < begin + kHugePage) munmap(At(reserved_), begin + kHugePage - base_);
  madvise(At(0), reserved_, MADV_NOHUGEPAGE);
}

Arena::~Arena() {
  if (reserved_ > 0) munmap(At(0), reserved_);
}

size_t Arena::BytesOf(const void* block) { return (static_cast<const Header*>(block) - 1)->bytes; }

void* Arena::Take(size_t bytes) {
  if (bytes > reserved_) return nullptr;
  const size_t size = Range{0, bytes + sizeof(Header)}.Around(kAlignment).end;
  const std::lock_guard<std::mutex> lock(mutex_);
  Range room = free_.Lowest(size);
  if (room.bytes() == 0) {
    const Range last = free_.Last();
    const size_t begin = last.end == usable_ && last.bytes() > 0 ? last.begin : usable_;
    if (!ExtendTo(begin + size)) return nullptr;
    room = free_.Last();
  }
  const Range block{room.begin, room.begin + size};
  free_.Remove(block);
  handed_out_ += size;
  most_handed_out_ = std::max(most_handed_out_, handed_out_);
  Occupy(block);
  Header* const header = reinterpret_cast<Header*>(At(block.begin));
  *header = {size, bytes};
  return header + 1;
}

void Arena::Give(void* data) {
  Header* const header = static_cast<Header*>(data) - 1;
  const size_t begin = reinterpret_cast<uintptr_t>(header) - base_;
  const std::lock_guard<std::mutex> lock(mutex_);
  handed_out_ -= header->size;
  free_.Add({begin, begin + header->size});
  GiveBackDownTo(MostResident());
}

void Arena::Release() {
  const std::lock_guard<std::mutex> lock(mutex_);
  GiveBackDownTo(0);
  most_handed_out_ = handed_out_;
}

void Arena::Limit(size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  limit_ = bytes;
  GiveBackDownTo(MostResident());
}

Arena::Figures Arena::figures() {
  const std::lock_guard<std::mutex> lock(mutex_);
  size_t kept = 0;
  free_.ForEachIn({0, usable_}, [&](Range free) { resident_.ForEachIn(free.Inside(kPage), [&](Range part) { kept += part.bytes(); }); });
  return {resident_.bytes(), kept, grown_};
}

bool Arena::ExtendTo(size_t end) {
  end = Range{0, end}.Around(kHugePage).end;
  if (end > reserved_) return false;
  if (mprotect(At(usable_), end - usable_, PROT_READ | PROT_WRITE) != 0) {
    GiveBackDownTo(0);  // What is kept may be what is missing.
    if (mprotect(At(usable_), end - usable_, PROT_READ | PROT_WRITE) != 0) return false;
  }
  free_.Add({usable_, end});
  usable_ = end;
  return true;
}

void Arena::Occupy(Range block) {
  const Range pages = block.Around(kPage);
  const size_t before = resident_.bytes();
  resident_.ForEachGap(block.Inside(kHugePage), [&](Range fresh) { AskForHugePages(fresh.Inside(kHugePage)); });
  resident_.Add(pages);
  if (resident_.bytes() == before) return;
  grown_++;
  GiveBackDownTo(MostResident());
}

// Fewer faults and fewer misses of the address cache; refused without harm.
void Arena::AskForHugePages(Range fresh) {
  if (fresh.bytes() == 0) return;
  madvise(At(fresh.begin), fresh.bytes(), MADV_HUGEPAGE);
  huge_.Add(fresh);
}

void Arena::GiveBack(Range free) {
  const Range pages = free.Inside(kPage);
  if (pages.bytes() == 0) return;
  madvise(At(pages.begin), pages.bytes(), MADV_DONTNEED);
  resident_.Remove(pages);
  // Nothing is left of some huge pages: the next block there may be smaller than one.
  std::vector<Range> empty;
  resident_.ForEachGap(pages.Around(kHugePage), [&](Range gap) {
    huge_.ForEachIn(gap.Inside(kHugePage), [&](Range part) { empty.push_back(part); });
  });
  for (const Range& part : empty) {
    madvise(At(part.begin), part.bytes(), MADV_NOHUGEPAGE);
    huge_.Remove(part);
  }
}

// From the top: low places are taken again first.
void Arena::GiveBackDownTo(size_t resident) {
  if (resident_.bytes() <= resident) return;
  std::vector<Range> given;
  free_.ForEachIn({0, usable_}, [&](Range free) {
    resident_.ForEachIn(free.Inside(kPage), [&](Range part) { given.push_back(part); });
  });
  while (!given.empty() && resident_.bytes() > resident) {
    const Range part = given.back();
    given.pop_back();
    const size_t wanted = Range{0, resident_.bytes() - resident}.Around(kPage).end;
    GiveBack({std::max(part.begin, part.end - std::min(wanted, part.end)), part.end});
  }
}

size_t Arena::MostResident() const {
  const size_t wanted = most_handed_out_ + most_handed_out_ / 16 + kSlack;
  return limit_ > wanted - std::min(wanted, handed_out_) ? wanted : handed_out_ + limit_;
}

}  // namespace overbatch
