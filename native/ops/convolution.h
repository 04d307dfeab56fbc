// A convolution's sizes.
#pragma once

#include <cstdint>

namespace overbatch {

/** Channels last. */
struct Convolution {
  int64_t height, width, channels;
  int64_t filter_height, filter_width, filters;
  int64_t out_height, out_width;
  int64_t stride_down, stride_across;
  /** Rows and columns of zeros before the picture. */
  int64_t pad_top, pad_left;

  int64_t points() const { return height * width; }
  int64_t out_points() const { return out_height * out_width; }
  /** In a filter. */
  int64_t places() const { return filter_height * filter_width; }
};

}  // namespace overbatch
