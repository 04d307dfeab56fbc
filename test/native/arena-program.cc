// Tries the arena with random takes and gives and says what is wrong: program SEED STEPS THREADS [SPOIL]. Prints its figures as JSON.
// SPOIL makes one thing wrong on purpose, so that the check for it can be seen to fail: overlap, leak, use-after-give.
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "arena.h"

namespace {

using overbatch::Arena;
constexpr size_t kPage = 4096;
constexpr size_t kMostLive = 48 << 20;

[[noreturn]] void Fail(const std::string& problem) {
  std::fprintf(stderr, "%s\n", problem.c_str());
  std::exit(1);
}

void Expect(bool holds, const std::string& problem) {
  if (!holds) Fail(problem);
}

// Between 64 KiB and 8 MiB, small ones as often as large ones; some to the byte, some a power of two.
size_t RandomSize(std::mt19937_64& random) {
  const size_t power = Arena::kSmallest << (random() % 7);
  return random() % 4 == 0 ? power : power + random() % power;
}

/** Blocks handed out by one thread, each marked on every page. */
class Blocks {
 public:
  Blocks(Arena& arena, std::string spoil) : arena_(arena), spoil_(std::move(spoil)) {}

  size_t bytes() const { return bytes_; }
  size_t count() const { return live_.size(); }
  char* lowest() const { return lowest_; }
  char* highest() const { return highest_; }

  void Take(size_t bytes) {
    char* data = static_cast<char*>(arena_.Take(bytes));
    Expect(data != nullptr, "no room");
    if (spoil_ == "overlap" && live_.size() == 20) data = live_.begin()->first + Arena::kAlignment;
    Expect(reinterpret_cast<uintptr_t>(data) % Arena::kAlignment == 0, "not aligned");
    Expect(arena_.Owns(data), "not known as the arena's own");
    const auto next = live_.lower_bound(data);
    Expect(next == live_.end() || data + bytes <= next->first, "overlaps the next block");
    Expect(next == live_.begin() || std::prev(next)->first + std::prev(next)->second <= data, "overlaps the block before");
    Expect(Arena::BytesOf(data) == bytes, "another size than asked for");
    Mark(data, bytes);
    live_[data] = bytes;
    bytes_ += bytes;
    lowest_ = lowest_ == nullptr ? data : std::min(lowest_, data);
    highest_ = std::max(highest_, data + bytes);
  }

  void Give(size_t place) {
    const auto block = std::next(live_.begin(), static_cast<std::ptrdiff_t>(place % live_.size()));
    const auto [data, bytes] = *block;
    Expect(IsMarked(data, bytes), "somebody else wrote into a block");
    live_.erase(block);
    bytes_ -= bytes;
    if (spoil_ != "leak") arena_.Give(data);
  }

 private:
  static void Mark(char* data, size_t bytes) {
    for (size_t at = 0; at + 2 * sizeof data <= bytes; at += kPage) std::memcpy(data + at, &data, sizeof data);
    std::memcpy(data + bytes - sizeof data, &data, sizeof data);
  }
  static bool IsMarked(const char* data, size_t bytes) {
    for (size_t at = 0; at + 2 * sizeof data <= bytes; at += kPage) {
      if (std::memcmp(data + at, &data, sizeof data) != 0) return false;
    }
    return std::memcmp(data + bytes - sizeof data, &data, sizeof data) == 0;
  }

  Arena& arena_;
  const std::string spoil_;
  std::map<char*, size_t> live_;
  size_t bytes_ = 0;
  char* lowest_ = nullptr;
  char* highest_ = nullptr;
};

/** Resident bytes as the kernel knows them. */
size_t ResidentIn(const char* begin, const char* end) {
  const auto first = reinterpret_cast<uintptr_t>(begin) / kPage * kPage;
  const size_t pages = (reinterpret_cast<uintptr_t>(end) - first + kPage - 1) / kPage;
  std::vector<unsigned char> present(pages);
  Expect(mincore(reinterpret_cast<void*>(first), pages * kPage, present.data()) == 0, "mincore failed");
  size_t bytes = 0;
  for (unsigned char page : present) bytes += (page & 1) * kPage;
  return bytes;
}

void Step(Blocks& blocks, std::mt19937_64& random) {
  const size_t size = RandomSize(random);
  if (blocks.count() > 0 && (random() % 2 == 0 || blocks.bytes() + size > kMostLive)) blocks.Give(random());
  if (blocks.bytes() + size <= kMostLive) blocks.Take(size);
}

void CheckRandomUse(Arena& arena, std::mt19937_64& random, int steps, const std::string& spoil) {
  Blocks blocks(arena, spoil);
  size_t most = 0;
  double most_waste = 0;
  for (int step = 0; step < steps; step++) {
    Step(blocks, random);
    // A header each, and pages at both ends shared with what is free.
    most = std::max(most, blocks.bytes() + 2 * Arena::kAlignment * blocks.count());
    const size_t resident = arena.figures().resident;
    Expect(resident <= most + most / 16 + Arena::kSlack + 2 * kPage * blocks.count(), "more kept than a sixteenth");
    Expect(resident >= blocks.bytes(), "fewer pages than are handed out");
    most_waste = std::max(most_waste, static_cast<double>(resident) / static_cast<double>(most) - 1);
    if (step % 100 != 0) continue;
    // No page is there that the arena does not know of: no huge page for a part of it.
    const size_t seen = ResidentIn(blocks.lowest(), blocks.highest());
    Expect(seen <= resident, "the kernel counts " + std::to_string(seen) + " bytes, the arena " + std::to_string(resident));
  }
  arena.Release();
  const auto released = arena.figures();
  Expect(released.kept == 0, "something is kept after a release");
  Expect(released.resident <= blocks.bytes() + 4 * kPage * blocks.count(), "a release gave too little back");
  while (blocks.count() > 0) blocks.Give(0);
  arena.Release();
  if (spoil == "use-after-give") blocks.lowest()[0] = 1;
  Expect(arena.figures().resident == 0, "not all came back");
  Expect(ResidentIn(blocks.lowest(), blocks.highest()) == 0, "the kernel still holds pages");
  std::printf("{\"waste\": %.4f", most_waste);
}

/** As a captured step asks, call after call: activations that stay, temporaries, then all of it backwards. No fresh page after the first call. */
void CheckRepeatedUse(Arena& arena, uint64_t seed) {
  constexpr size_t kLayers = 60;
  uint64_t grown = 0;
  for (int call = 0; call < 6; call++) {
    std::mt19937_64 random(seed);
    Blocks blocks(arena, "");
    for (size_t layer = 0; layer < 2 * kLayers; layer++) {
      const size_t size = RandomSize(random) / 8 + Arena::kSmallest;
      blocks.Take(size);
      blocks.Take(size);
      blocks.Give(random());
      if (layer >= kLayers) blocks.Give(blocks.count() - 1);
      if (layer >= kLayers) blocks.Give(random());
    }
    while (blocks.count() > 0) blocks.Give(0);
    if (call == 0) grown = arena.figures().grown;
  }
  std::printf(", \"grownLater\": %llu", static_cast<unsigned long long>(arena.figures().grown - grown));
}

void CheckLimits(std::mt19937_64& random) {
  Arena arena(64 << 20);
  std::vector<void*> all;
  while (void* data = arena.Take(1 << 20)) all.push_back(data);
  Expect(all.size() >= 60, "a full arena holds too little");
  Expect(arena.Take(SIZE_MAX / 2) == nullptr && arena.Take(SIZE_MAX) == nullptr, "took what nobody has");
  arena.Limit(0);
  while (!all.empty()) {
    std::swap(all[random() % all.size()], all.back());
    arena.Give(all.back());
    all.pop_back();
    Expect(arena.figures().kept == 0, "something is kept where nothing may be");
  }
  void* const data = arena.Take(60 << 20);
  Expect(data != nullptr, "free neighbours did not become one");
  arena.Give(data);
}

void CheckThreads(Arena& arena, uint64_t seed, int steps, int threads) {
  std::vector<std::thread> running;
  for (int i = 0; i < threads; i++) {
    running.emplace_back([&arena, seed, steps, i] {
      std::mt19937_64 random(seed + static_cast<uint64_t>(i));
      Blocks blocks(arena, "");
      for (int step = 0; step < steps; step++) Step(blocks, random);
      while (blocks.count() > 0) blocks.Give(random());
    });
  }
  for (std::thread& thread : running) thread.join();
  arena.Release();
  Expect(arena.figures().resident == 0, "not all threads gave everything back");
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) Fail("arena-program SEED STEPS THREADS [SPOIL]");
  const uint64_t seed = std::strtoull(words[1], nullptr, 10);
  const int steps = std::atoi(words[2]);
  std::mt19937_64 random(seed);
  Arena arena;
  CheckRandomUse(arena, random, steps, count > 4 ? words[4] : "");
  CheckRepeatedUse(arena, seed);
  CheckLimits(random);
  CheckThreads(arena, seed, steps / 10, std::atoi(words[3]));
  std::printf("}\n");
  return 0;
}
