// The gradient of a convolution's filters as products of matrices, one for each place in the filter: [channels × pairs] · [pairs × filters],
// where a pair is a point of the picture and the point of the output that the place connects it with. Points outside the picture make no
// pairs: on 3 × 3 pictures two in five are saved. Plain arrays in and out, nothing of TensorFlow: see filter_gradient_op.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "convolution.h"

namespace overbatch {

/** A tile of the result, whose sums stay in registers, and what lies side by side for it: a panel has so many columns of a matrix. */
struct FilterGradientTile {
  int64_t channels, filters;
  /** Rows of `columns` values → panels, `panel` floats from one to the next, with zeros beyond the last column. */
  void (*pack_picture)(const float* from, int64_t rows, int64_t columns, int64_t panel, float* to);
  void (*pack_output)(const float* from, int64_t rows, int64_t columns, int64_t panel, float* to);
  /**
   * Adds up `count` pairs of rows of two panels; the first time they replace what `to` holds.
   * @param pairs row of the picture's panel, row of the output's, and so on
   * @param row from one channel to the next in `to`
   * @param some_channels, some_filters what of the tile there is
   */
  void (*add)(const float* picture, const float* output, const int32_t* pairs, int64_t count, bool is_first, float* to, int64_t row,
              int64_t some_channels, int64_t some_filters);
};

/** All that this processor can run, the one for the widest registers first; as many filters as `ProductTiles` have columns. */
const std::vector<const FilterGradientTile*>& SumTiles();
inline const FilterGradientTile& SumTile() { return *SumTiles()[0]; }

/** Writes the pairs of a place for one picture after another; @return behind the last one. */
int32_t* PairsOf(const Convolution& shape, int64_t place, int64_t pictures, int32_t* pairs);

}  // namespace overbatch
