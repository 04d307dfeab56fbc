// A convolution of a few channels with its bias, ReLU and 2 × 2 max pooling in one pass, and its gradients: for small pictures, where
// oneDNN's kernels spend more on preparing than on computing. Plain arrays in and out, nothing of TensorFlow: see pooled_convolution_op.cc.
#pragma once

#include <cstdint>

namespace overbatch {

/** Which of the window's four values was the largest: 2 · row + column; or none was above 0, so that no gradient passes. */
constexpr uint8_t kNoneAbove = 4;

/** Stride 1, channels last. A pooling window that reaches over the edge has the values inside only. */
struct PooledConvolution {
  int64_t height, width, channels;
  int64_t filter_height, filter_width, filters;
  /** Rows and columns of zeros before the picture. */
  int64_t pad_top, pad_left;
  /** Of the convolution, before pooling. */
  int64_t out_height, out_width;

  int64_t pooled_height() const { return (out_height + 1) / 2; }
  int64_t pooled_width() const { return (out_width + 1) / 2; }
  int64_t pooled_values() const { return pooled_height() * pooled_width() * filters; }
  int64_t values() const { return height * width * channels; }

  /** Values of a filter's row, which lie side by side in the picture too; and rounded up to whole registers. */
  int64_t row() const { return filter_width * channels; }
  int64_t padded_row() const { return RoundUp(row()); }
  int64_t padded_filters() const { return RoundUp(filters); }

  /** The picture with all zeros that a window can reach, and what a whole register reads beyond it. */
  int64_t padded_width() const { return (2 * pooled_width() + filter_width - 1) * channels; }
  int64_t padded_height() const { return 2 * pooled_height() + filter_height - 1; }
  int64_t padded_values() const { return padded_height() * padded_width() + kWidest; }

  /** Floats of the filters in the order that a pass reads them. */
  int64_t packed_values() const { return filter_height * row() * padded_filters(); }
  int64_t turned_values() const { return filters * filter_height * padded_row(); }

  /** Multiply-adds of the convolution of one picture. */
  int64_t work() const { return out_height * out_width * filters * filter_height * row(); }

  static constexpr int64_t kWidest = 16;
  static int64_t RoundUp(int64_t count) { return (count + kWidest - 1) / kWidest * kWidest; }
};

/** The passes in the widest registers that this processor has. */
struct PooledConvolutionPasses {
  /** x, packed filters, bias [padded_filters] → y, codes of one picture; scratch: ForwardScratch. */
  void (*forward)(const PooledConvolution&, const float* x, const float* packed, const float* bias, float* y, uint8_t* codes, float* scratch);
  /** Adds the gradients of `count` pictures to `filters` [turned_values] and `bias`; scratch: FilterGradientScratch. */
  void (*filter_gradient)(const PooledConvolution&, int64_t count, const float* x, const float* dy, const uint8_t* codes, float* filters,
                          float* bias, float* scratch);
  /** dx of one picture from the turned filters; scratch: InputGradientScratch. */
  void (*input_gradient)(const PooledConvolution&, const float* dy, const uint8_t* codes, const float* turned, float* dx, float* scratch);
};

const PooledConvolutionPasses& Passes();

/** Floats. */
int64_t ForwardScratch(const PooledConvolution& shape);
int64_t FilterGradientScratch(const PooledConvolution& shape);
int64_t InputGradientScratch(const PooledConvolution& shape);

/** [filter row, filter column, channel, filter] → as forward reads it. */
void PackFilters(const PooledConvolution& shape, const float* filters, float* packed);

/** [filter row, filter column, channel, filter] ↔ [filter, filter row, filter column and channel, padded]. */
void TurnFilters(const PooledConvolution& shape, const float* filters, float* turned);
void TurnBack(const PooledConvolution& shape, const float* turned, float* filters);

}  // namespace overbatch
