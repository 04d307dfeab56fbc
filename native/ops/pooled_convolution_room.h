// How the work of a pooled convolution is cut for threads, which says what room it takes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "pooled_convolution.h"

namespace overbatch {

/** @param padding "SAME": zeros are put around the picture so that the output has its size */
inline PooledConvolution PooledConvolutionOf(int64_t height, int64_t width, int64_t channels, int64_t filter_height, int64_t filter_width,
                                             int64_t filters, const std::string& padding) {
  const bool is_same = padding == "SAME";
  return {height,
          width,
          channels,
          filter_height,
          filter_width,
          filters,
          is_same ? (filter_height - 1) / 2 : 0,
          is_same ? (filter_width - 1) / 2 : 0,
          is_same ? height : height - filter_height + 1,
          is_same ? width : width - filter_width + 1};
}

/**
 * Pictures cut into chunks whose number depends on shapes alone: sums of chunks come out the same on any number of threads. A power of two,
 * so that few threads have equal shares.
 */
struct PictureChunks {
  int64_t pictures;
  int64_t count = 1;
  /** @param sums floats that each chunk keeps for itself */
  PictureChunks(const PooledConvolution& shape, int64_t pictures, int64_t sums = 0) : pictures(pictures) {
    const int64_t most = std::min(pictures, kMostChunks);
    while (2 * count <= most && pictures * shape.work() >= 2 * count * kLeastWork && 2 * count * sums <= kMostSums) count *= 2;
  }
  int64_t begin(int64_t chunk) const { return pictures * chunk / count; }

 private:
  static constexpr int64_t kMostChunks = 8;
  // What a chunk has to be worth, in multiply-adds: about what two wake-ups of a thread take.
  static constexpr int64_t kLeastWork = 256 * 1024;
  // Floats of all chunks' sums together: they are in memory at once.
  static constexpr int64_t kMostSums = 128 * 1024;
};

/** Floats of a pass: what all chunks share, and behind it each chunk's own. */
struct PooledConvolutionRoom {
  PictureChunks chunks;
  int64_t shared;
  int64_t each;
  int64_t floats() const { return shared + chunks.count * each; }

  static PooledConvolutionRoom OfForward(const PooledConvolution& shape, int64_t pictures) {
    return {{shape, pictures}, shape.packed_values() + shape.padded_filters(), PooledConvolution::RoundUp(ForwardScratch(shape))};
  }
  /** Sums first: of filters and bias. */
  static PooledConvolutionRoom OfFilterGradient(const PooledConvolution& shape, int64_t pictures) {
    return {{shape, pictures, Sums(shape)}, 0, PooledConvolution::RoundUp(Sums(shape) + FilterGradientScratch(shape))};
  }
  static PooledConvolutionRoom OfInputGradient(const PooledConvolution& shape, int64_t pictures) {
    return {{shape, pictures}, shape.turned_values(), PooledConvolution::RoundUp(InputGradientScratch(shape))};
  }
  static int64_t Sums(const PooledConvolution& shape) { return PooledConvolution::RoundUp(shape.turned_values() + shape.filters); }
};

}  // namespace overbatch
