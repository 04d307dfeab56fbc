// Tensors with channels last, walked chunk by chunk: rows of C channels, as many in one run of the inner loop as make it long enough for
// wide registers, as many in a chunk as stay in a core's own cache for a second look.
#pragma once

#include <algorithm>
#include <cstdint>

namespace overbatch {

/** Longest run of several short rows. */
constexpr int64_t kRun = 128;

class ChannelRows {
 public:
  ChannelRows(int64_t rows, int64_t channels)
      : rows_(rows),
        channels_(channels),
        together_(std::max<int64_t>(1, kRun / channels)),
        per_chunk_(std::max<int64_t>(1, kChunkValues / (together_ * channels)) * together_) {}

  int64_t rows() const { return rows_; }
  int64_t channels() const { return channels_; }
  /** Values in one run of the inner loop; at most kRun where it holds several rows. */
  int64_t run() const { return together_ * channels_; }
  int64_t chunks() const { return (rows_ + per_chunk_ - 1) / per_chunk_; }
  /** Place of a chunk's first value. */
  int64_t begin(int64_t chunk) const { return chunk * per_chunk_ * channels_; }
  int64_t rows_in(int64_t chunk) const { return std::min(per_chunk_, rows_ - chunk * per_chunk_); }
  int64_t values_in(int64_t chunk) const { return rows_in(chunk) * channels_; }
  int64_t bytes_per_chunk() const { return per_chunk_ * channels_ * static_cast<int64_t>(sizeof(float)); }

  /** of[C] repeated over a run. */
  void Repeat(const float* of, float* over) const {
    for (int64_t i = 0; i < together_; i++) std::copy(of, of + channels_, over + i * channels_);
  }

  /** Sums of a run's rows, channel by channel. */
  void Fold(const float* over, float* into) const {
    std::copy(over, over + channels_, into);
    for (int64_t i = 1; i < together_; i++) {
      for (int64_t c = 0; c < channels_; c++) into[c] += over[i * channels_ + c];
    }
  }

 private:
  static constexpr int64_t kChunkValues = 16 * 1024;

  int64_t rows_;
  int64_t channels_;
  int64_t together_;
  int64_t per_chunk_;
};

}  // namespace overbatch
