// Each row of a result or a gradient is made by itself, in one order: the number of threads changes no bit.
#include "max_pool.h"

#include <algorithm>

#include "chunks.h"

namespace overbatch {
namespace {

/** Channels at a time, whose largest values so far stay near. */
constexpr int64_t kBlock = 64;

OVERBATCH_WIDE void TakeLarger(const float* x, int64_t channels, int32_t place, float* largest, int32_t* places) {
  for (int64_t c = 0; c < channels; c++) {
    // What is not a number is the largest, so that it is not lost.
    const bool is_larger = (x[c] > largest[c]) | (x[c] != x[c]);
    largest[c] = is_larger ? x[c] : largest[c];
    places[c] = is_larger ? place : places[c];
  }
}

OVERBATCH_WIDE void AddWhere(const float* dy, const uint8_t* codes, int64_t channels, int32_t place, float* dx) {
  for (int64_t c = 0; c < channels; c++) dx[c] += static_cast<int32_t>(codes[c]) == place ? dy[c] : 0.0f;
}

}  // namespace

MaxPool MaxPoolOf(int64_t height, int64_t width, int64_t channels, int64_t window, int64_t stride, const std::string& padding) {
  const bool is_same = padding == "SAME";
  const auto out = [&](int64_t size) { return is_same ? (size + stride - 1) / stride : (size - window) / stride + 1; };
  const auto pad = [&](int64_t size) { return is_same ? std::max<int64_t>(0, (out(size) - 1) * stride + window - size) / 2 : 0; };
  return {height, width, channels, out(height), out(width), window, stride, pad(height), pad(width)};
}

void PoolRow(const MaxPool& shape, int64_t out_row, const float* x, float* y, uint8_t* codes) {
  const int64_t top = out_row * shape.stride - shape.pad_top;
  const int64_t first_row = std::max<int64_t>(0, top), end_row = std::min(shape.height, top + shape.window);
  for (int64_t column = 0; column < shape.out_width; column++) {
    const int64_t left = column * shape.stride - shape.pad_left;
    const int64_t first_column = std::max<int64_t>(0, left), end_column = std::min(shape.width, left + shape.window);
    for (int64_t begin = 0; begin < shape.channels; begin += kBlock) {
      const int64_t count = std::min(kBlock, shape.channels - begin);
      float largest[kBlock];
      int32_t places[kBlock];
      const float* const first = x + first_row * shape.row_values() + first_column * shape.channels + begin;
      std::copy_n(first, count, largest);
      std::fill_n(places, count, static_cast<int32_t>((first_row - top) * shape.window + first_column - left));
      for (int64_t i = first_row; i < end_row; i++) {
        for (int64_t k = first_column; k < end_column; k++) {
          if (i == first_row && k == first_column) continue;
          const float* const from = x + i * shape.row_values() + k * shape.channels + begin;
          TakeLarger(from, count, static_cast<int32_t>((i - top) * shape.window + k - left), largest, places);
        }
      }
      const int64_t at = column * shape.channels + begin;
      std::copy_n(largest, count, y + at);
      for (int64_t c = 0; c < count; c++) codes[at + c] = static_cast<uint8_t>(places[c]);
    }
  }
}

void UnpoolRow(const MaxPool& shape, int64_t row, const float* dy, const uint8_t* codes, float* dx) {
  std::fill_n(dx, shape.row_values(), 0.0f);
  // Rows of windows that this one lies in.
  const int64_t reach = row + shape.pad_top;
  const int64_t first = reach < shape.window ? 0 : (reach - shape.window) / shape.stride + 1;
  const int64_t end = std::min(shape.out_height, reach / shape.stride + 1);
  for (int64_t out_row = first; out_row < end; out_row++) {
    const int64_t place_row = reach - out_row * shape.stride;
    for (int64_t column = 0; column < shape.out_width; column++) {
      const int64_t at = out_row * shape.out_row_values() + column * shape.channels;
      for (int64_t k = 0; k < shape.window; k++) {
        const int64_t to = column * shape.stride - shape.pad_left + k;
        if (to < 0 || to >= shape.width) continue;
        AddWhere(dy + at, codes + at, shape.channels, static_cast<int32_t>(place_row * shape.window + k), dx + to * shape.channels);
      }
    }
  }
}

}  // namespace overbatch
