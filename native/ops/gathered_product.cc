// The loops: weights packed into panels, and tiles of the result summed in registers.
#include "gathered_product.h"

#include <algorithm>

// A product and its sum in one instruction, here as in oneDNN: rounded once, and half as many of them.
#ifdef __clang__
#pragma clang fp contract(fast)
#else
#pragma GCC optimize("fp-contract=fast")
#endif
#include "registers.h"

namespace overbatch {
namespace {

/** M points × two registers of columns. */
template <int W, int M>
OVERBATCH_INLINE void Compute(const float* input, int64_t depth, const int32_t* points, const Segment* segments, int64_t segment_count,
                              const float* panel, float* to, int64_t columns, int64_t valid) {
  using F = Float<W>;
  const float* from[M];
  OVERBATCH_UNROLL
  for (int m = 0; m < M; m++) from[m] = input + points[2 * m] * depth;
  F sums[M][2];
  OVERBATCH_UNROLL
  for (int m = 0; m < M; m++) sums[m][0] = sums[m][1] = F{};
  for (int64_t r = 0; r < segment_count; r++) {
    const float* weights = panel + segments[r].weights * 2 * W;
    const int64_t end = segments[r].input + segments[r].length;
    for (int64_t k = segments[r].input; k < end; k++, weights += 2 * W) {
      const F left = Load<W>(weights);
      const F right = Load<W>(weights + W);
      OVERBATCH_UNROLL
      for (int m = 0; m < M; m++) {
        sums[m][0] += from[m][k] * left;
        sums[m][1] += from[m][k] * right;
      }
    }
  }
  OVERBATCH_UNROLL
  for (int m = 0; m < M; m++) {
    float* const into = to + points[2 * m + 1] * columns;
    if (valid == 2 * W) {
      Store<W>(into, sums[m][0]);
      Store<W>(into + W, sums[m][1]);
    } else {
      float whole[2 * W];
      Store<W>(whole, sums[m][0]);
      Store<W>(whole + W, sums[m][1]);
      std::copy_n(whole, valid, into);
    }
  }
}

/** Of `count` points, at most M: as many as there are. */
template <int W, int M>
OVERBATCH_INLINE void ComputeSome(const float* input, int64_t depth, const int32_t* points, int64_t count, const Segment* segments,
                                  int64_t segment_count, const float* panel, float* to, int64_t columns, int64_t valid) {
  if constexpr (M > 1) {
    if (count < M) return ComputeSome<W, M - 1>(input, depth, points, count, segments, segment_count, panel, to, columns, valid);
  }
  Compute<W, M>(input, depth, points, segments, segment_count, panel, to, columns, valid);
}

template <int Wide>
OVERBATCH_INLINE void Pack(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel) {
  const int64_t valid = std::min<int64_t>(Wide, columns - begin);
  for (int64_t r = 0; r < rows; r++, panel += Wide) {
    const float* const from = weights + r * columns + begin;
    if (valid == Wide) {
      std::memcpy(panel, from, Wide * sizeof(float));
    } else {
      std::fill(std::copy_n(from, valid, panel), panel + Wide, 0.0f);
    }
  }
}

/** So many rows at a time: their lines of the panel stay in the first cache while all columns fill them. */
constexpr int64_t kRows = 16;

template <int Wide>
OVERBATCH_INLINE void PackTransposed(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel) {
  const int64_t valid = std::min<int64_t>(Wide, columns - begin);
  for (int64_t first = 0; first < rows; first += kRows) {
    const int64_t count = std::min(kRows, rows - first);
    float* const into = panel + first * Wide;
    if (valid < Wide) std::fill_n(into, count * Wide, 0.0f);
    for (int64_t c = 0; c < valid; c++) {
      const float* const from = weights + (begin + c) * rows + first;
      for (int64_t r = 0; r < count; r++) into[r * Wide + c] = from[r];
    }
  }
}

// Functions a set of instructions: W floats a register, M points a tile.
#define OVERBATCH_TILE(NAME, TARGET, W, M)                                                                                        \
  TARGET void Compute##NAME(const float* input, int64_t depth, const int32_t* points, int64_t count, const Segment* segments,             \
                            int64_t segment_count, const float* panel, float* to, int64_t columns, int64_t valid) {                    \
    ComputeSome<W, M>(input, depth, points, count, segments, segment_count, panel, to, columns, valid);                                     \
  }                                                                                                                               \
  TARGET void Pack##NAME(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel) {                      \
    Pack<2 * W>(weights, rows, columns, begin, panel);                                                                            \
  }                                                                                                                               \
  TARGET void PackTransposed##NAME(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel) {            \
    PackTransposed<2 * W>(weights, rows, columns, begin, panel);                                                                  \
  }                                                                                                                               \
  constexpr GatheredProductTile k##NAME = {M, 2 * W, Pack##NAME, PackTransposed##NAME, Compute##NAME};

OVERBATCH_TILE(Plain, , 4, 6)
#ifdef __x86_64__
OVERBATCH_TILE(Avx2, OVERBATCH_AVX2, 8, 6)
OVERBATCH_TILE(Avx512, OVERBATCH_AVX512, 16, 8)
#endif
#undef OVERBATCH_TILE

}  // namespace

const std::vector<const GatheredProductTile*>& ProductTiles() {
#ifdef __x86_64__
  static const auto tiles = WidestFirst(kAvx512, kAvx2, kPlain);
#else
  static const std::vector<const GatheredProductTile*> tiles{&kPlain};
#endif
  return tiles;
}

}  // namespace overbatch
