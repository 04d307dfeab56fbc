// A convolution, or the gradient of its input, as products of gathered rows: what comes out at a point is the sum, over the places of the
// filter, of a row of what goes in times a matrix of weights. Points that reach the same places are computed together, whichever picture
// they are of, so that padding costs nothing. Plain arrays in and out, nothing of TensorFlow: see convolution_op.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "convolution.h"

namespace overbatch {

/** Values that lie side by side in what goes in, and the rows of weights they are multiplied by. */
struct Segment {
  /** Floats from the point's first one. */
  int64_t input;
  /** First row of weights. */
  int64_t weights;
  int64_t length;
};

/** Points that reach the same places. */
struct Reach {
  std::vector<Segment> segments;
  /** In the list of points: first and behind the last. */
  int64_t begin, end;
};

/** Which points reach which places. */
struct Gathering {
  /** Values of a point that goes in, and of one that comes out. */
  int64_t depth, columns;
  /** Together all points of all pictures. */
  std::vector<Reach> reaches;
};

/** Of which side of a convolution the other is computed: the picture, or where its gradient is asked for, what comes out. */
enum class Direction { kForward, kBackward };

/**
 * Rows of weights are the places of the filter one after another, for kBackward the last one first.
 * @param points room for two numbers each point that comes out of each picture: the one that goes in at its first place, and itself
 */
Gathering Gather(const Convolution& shape, int64_t pictures, Direction direction, int32_t* points);

/** A tile of the result, whose sums stay in registers. */
struct GatheredProductTile {
  /** Most points; so many columns of weights lie side by side in a panel. */
  int64_t points, columns;
  /** Weights [rows, columns] → a panel of columns [begin, begin + columns), zeros beyond the last. */
  void (*pack)(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel);
  /** The same from weights [columns, rows]. */
  void (*pack_transposed)(const float* weights, int64_t rows, int64_t columns, int64_t begin, float* panel);
  /** @param points pairs as Gather writes them, `count` of them @param valid of the panel's columns */
  void (*compute)(const float* input, int64_t depth, const int32_t* points, int64_t count, const Segment* segments, int64_t segment_count,
                  const float* panel, float* to, int64_t columns, int64_t valid);
};

/** All that this processor can run, the one for the widest registers first. */
const std::vector<const GatheredProductTile*>& ProductTiles();
inline const GatheredProductTile& ProductTile() { return *ProductTiles()[0]; }

}  // namespace overbatch
