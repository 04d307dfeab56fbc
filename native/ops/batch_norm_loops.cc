// Plain loops: compilers turn each into wide ones (chunks.h), because nothing in them depends on the value before.
#include "batch_norm_loops.h"

#include <algorithm>

#include "chunks.h"

// Results may lie where arguments do, value on value.
#define OVERBATCH_EACH _Pragma("GCC ivdep") for (int64_t i = 0; i < length; i++)

namespace overbatch {

OVERBATCH_WIDE void AddRuns(const float* x, int64_t count, int64_t run, float* sums) {
  for (int64_t at = 0; at < count; at += run, x += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH sums[i] += x[i];
  }
}

OVERBATCH_WIDE void AddSquares(const float* x, int64_t count, int64_t run, const float* mean, float* squares) {
  for (int64_t at = 0; at < count; at += run, x += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float centred = x[i] - mean[i];
      squares[i] += centred * centred;
    }
  }
}

OVERBATCH_WIDE void Normalize(const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds, float* y) {
  const auto [mean, factor, offset] = of;
  const auto [low, high] = bounds;
  for (int64_t at = 0; at < count; at += run, x += run, y += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float value = (x[i] - mean[i]) * factor[i] + offset[i];
      const float above = value < low ? low : value;
      y[i] = above > high ? high : above;
    }
  }
}

OVERBATCH_WIDE void NormalizeAndAdd(const float* x, const float* side, int64_t count, int64_t run, const Normalization& of,
                                    const Bounds& bounds, float* y) {
  const auto [mean, factor, offset] = of;
  const auto [low, high] = bounds;
  for (int64_t at = 0; at < count; at += run, x += run, side += run, y += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float value = side[i] + ((x[i] - mean[i]) * factor[i] + offset[i]);
      const float above = value < low ? low : value;
      y[i] = above > high ? high : above;
    }
  }
}

OVERBATCH_WIDE void AddSlopes(const float* dy, const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds,
                              float* slopes, float* products) {
  const auto [mean, factor, offset] = of;
  const auto [low, high] = bounds;
  for (int64_t at = 0; at < count; at += run, dy += run, x += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float centred = x[i] - mean[i];
      const float value = centred * factor[i] + offset[i];
      const float above = value > low ? dy[i] : 0.0f;
      const float slope = value < high ? above : 0.0f;
      slopes[i] += slope;
      products[i] += slope * centred;
    }
  }
}

OVERBATCH_WIDE void AddSlopesOf(const float* dy, const float* x, const float* y, int64_t count, int64_t run, const float* mean,
                                const Bounds& bounds, float* dz, float* slopes, float* products) {
  const auto [low, high] = bounds;
  for (int64_t at = 0; at < count; at += run, dy += run, x += run, y += run, dz += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float above = y[i] > low ? dy[i] : 0.0f;
      const float slope = y[i] < high ? above : 0.0f;
      dz[i] = slope;
      slopes[i] += slope;
      products[i] += slope * (x[i] - mean[i]);
    }
  }
}

OVERBATCH_WIDE void InputSlopes(const float* dy, const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds,
                                const float* constant, const float* tilt, float* dx) {
  const auto [mean, factor, offset] = of;
  const auto [low, high] = bounds;
  for (int64_t at = 0; at < count; at += run, dy += run, x += run, dx += run) {
    const int64_t length = std::min(run, count - at);
    OVERBATCH_EACH {
      const float centred = x[i] - mean[i];
      const float value = centred * factor[i] + offset[i];
      const float above = value > low ? dy[i] : 0.0f;
      const float slope = value < high ? above : 0.0f;
      dx[i] = slope * factor[i] - constant[i] - centred * tilt[i];
    }
  }
}

}  // namespace overbatch
