// The loops: rows gathered into panels, and tiles of the result summed in registers.
#include "filter_gradient.h"

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

/** M channels × two registers of filters. */
template <int W, int M>
OVERBATCH_INLINE void Add(const float* picture, const float* output, const int32_t* pairs, int64_t count, bool is_first, float* to,
                          int64_t row, int64_t some_channels, int64_t some_filters) {
  using F = Float<W>;
  F sums[M][2];
  OVERBATCH_UNROLL
  for (int m = 0; m < M; m++) sums[m][0] = sums[m][1] = F{};
  for (int64_t k = 0; k < count; k++) {
    const float* const x = picture + static_cast<int64_t>(pairs[2 * k]) * M;
    const float* const dy = output + static_cast<int64_t>(pairs[2 * k + 1]) * 2 * W;
    const F left = Load<W>(dy);
    const F right = Load<W>(dy + W);
    OVERBATCH_UNROLL
    for (int m = 0; m < M; m++) {
      sums[m][0] += x[m] * left;
      sums[m][1] += x[m] * right;
    }
  }
  float whole[M * 2 * W];
  OVERBATCH_UNROLL
  for (int m = 0; m < M; m++) {
    Store<W>(whole + m * 2 * W, sums[m][0]);
    Store<W>(whole + m * 2 * W + W, sums[m][1]);
  }
  for (int64_t m = 0; m < some_channels; m++) {
    float* const into = to + m * row;
    const float* const from = whole + m * 2 * W;
    if (is_first) {
      std::copy_n(from, some_filters, into);
    } else {
      for (int64_t f = 0; f < some_filters; f++) into[f] += from[f];
    }
  }
}

/** A width known here makes a copy two instructions instead of a call. */
template <int Wide>
OVERBATCH_INLINE void Pack(const float* from, int64_t rows, int64_t columns, int64_t panel, float* to) {
  for (int64_t r = 0; r < rows; r++, from += columns, to += Wide) {
    float* into = to;
    int64_t at = 0;
    for (; at + Wide <= columns; at += Wide, into += panel) std::memcpy(into, from + at, Wide * sizeof(float));
    if (at < columns) std::fill(std::copy(from + at, from + columns, into), into + Wide, 0.0f);
  }
}

// Functions a set of instructions: W floats a register, M channels a tile. Its sums hide how long a product takes; eight channels leave
// nothing over of 64, which twelve, filling AVX-512's registers, do.
#define OVERBATCH_TILE(NAME, TARGET, W, M)                                                                                            \
  TARGET void Add##NAME(const float* picture, const float* output, const int32_t* pairs, int64_t count, bool is_first, float* to,      \
                        int64_t row, int64_t some_channels, int64_t some_filters) {                                                    \
    Add<W, M>(picture, output, pairs, count, is_first, to, row, some_channels, some_filters);                                          \
  }                                                                                                                                    \
  TARGET void PackPicture##NAME(const float* from, int64_t rows, int64_t columns, int64_t panel, float* to) {                           \
    Pack<M>(from, rows, columns, panel, to);                                                                                           \
  }                                                                                                                                    \
  TARGET void PackOutput##NAME(const float* from, int64_t rows, int64_t columns, int64_t panel, float* to) {                            \
    Pack<2 * W>(from, rows, columns, panel, to);                                                                                       \
  }                                                                                                                                    \
  constexpr FilterGradientTile k##NAME = {M, 2 * W, PackPicture##NAME, PackOutput##NAME, Add##NAME};

OVERBATCH_TILE(Plain, , 4, 6)
#ifdef __x86_64__
OVERBATCH_TILE(Avx2, OVERBATCH_AVX2, 8, 6)
OVERBATCH_TILE(Avx512, OVERBATCH_AVX512, 16, 8)
#endif
#undef OVERBATCH_TILE

}  // namespace

const std::vector<const FilterGradientTile*>& SumTiles() {
#ifdef __x86_64__
  static const auto tiles = WidestFirst(kAvx512, kAvx2, kPlain);
#else
  static const std::vector<const FilterGradientTile*> tiles{&kPlain};
#endif
  return tiles;
}

int32_t* PairsOf(const Convolution& shape, int64_t place, int64_t pictures, int32_t* pairs) {
  const int64_t down = place / shape.filter_width - shape.pad_top;
  const int64_t across = place % shape.filter_width - shape.pad_left;
  for (int64_t picture = 0; picture < pictures; picture++) {
    for (int64_t i = 0; i < shape.out_height; i++) {
      const int64_t h = i * shape.stride_down + down;
      if (h < 0 || h >= shape.height) continue;
      for (int64_t j = 0; j < shape.out_width; j++) {
        const int64_t w = j * shape.stride_across + across;
        if (w < 0 || w >= shape.width) continue;
        *pairs++ = static_cast<int32_t>(picture * shape.points() + h * shape.width + w);
        *pairs++ = static_cast<int32_t>(picture * shape.out_points() + i * shape.out_width + j);
      }
    }
  }
  return pairs;
}

}  // namespace overbatch
