// How a filter gradient's work is grouped, which says what room it takes.
#pragma once

#include <algorithm>
#include <cstdint>

#include "chunks.h"

namespace overbatch {

struct FilterGradientRoom {
  /** Pairs at a time: both panels' rows stay in a core's first cache. */
  static constexpr int64_t kPairs = 256;

  /**
   * Sums of small filters over small pictures are kept so many times, each over its own pictures: nobody waits for panels that another
   * thread makes. No more threads than that work then.
   */
  int64_t sums;
  /** Pictures whose panels are made together: few enough for the cache, but not so few that their pairs are not worth a pass over the result. */
  int64_t group;

  /** @param picture_bytes of what goes in and comes out of one; `out_points` of one */
  FilterGradientRoom(int64_t pictures, int64_t picture_bytes, int64_t filter_bytes, int64_t out_points)
      : sums(pictures >= kSums && filter_bytes <= kSmallFilterBytes && picture_bytes <= kGroupBytes ? kSums : 1) {
    const int64_t each = ChunkCount(pictures, sums);
    const int64_t wanted = ChunkCount(each * picture_bytes, kGroupBytes);
    const int64_t most = std::max<int64_t>(1, each * out_points / kPairs);
    group = std::max<int64_t>(1, ChunkCount(each, std::min(wanted, most)));
  }

 private:
  /** Of the pictures whose panels are made together: they stay in a core's second cache. */
  static constexpr int64_t kGroupBytes = 300 * 1024;
  static constexpr int64_t kSums = 8;
  /** What is small. */
  static constexpr int64_t kSmallFilterBytes = 300 * 1024;
};

}  // namespace overbatch
