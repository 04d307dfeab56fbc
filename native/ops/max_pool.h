// Max pooling that remembers where in its window each largest value was, in a byte: the gradient then needs neither input nor output.
#pragma once

#include <cstdint>
#include <string>

namespace overbatch {

/** Channels last, one picture. */
struct MaxPool {
  int64_t height, width, channels;
  int64_t out_height, out_width;
  int64_t window, stride;
  /** Rows and columns that the first window reaches over the edge. */
  int64_t pad_top, pad_left;

  int64_t row_values() const { return width * channels; }
  int64_t out_row_values() const { return out_width * channels; }
};

/** @param padding SAME or VALID, as TensorFlow has them */
MaxPool MaxPoolOf(int64_t height, int64_t width, int64_t channels, int64_t window, int64_t stride, const std::string& padding);

/** Codes are places in a window, row by row. */
constexpr int64_t kMostPlaces = 256;

/** One row of the result, of the picture x. */
void PoolRow(const MaxPool& shape, int64_t out_row, const float* x, float* y, uint8_t* codes);

/** One row of the gradient of the picture, from all of its result's. */
void UnpoolRow(const MaxPool& shape, int64_t row, const float* dy, const uint8_t* codes, float* dx);

}  // namespace overbatch
