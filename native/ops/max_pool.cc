// Each row of a result or a gradient is made by itself, in one order: the number of threads changes no bit.
#include "max_pool.h"

#include <algorithm>
#include <cstring>

#include "registers.h"

namespace overbatch {
namespace {

/** The places of a window that lie inside the picture: rows and columns from, to, seen from where it begins. */
struct Inside {
  int64_t first_row, end_row, first_column, end_column;
};

/**
 * The largest of each of W channels, and where it was; x lies at the window's beginning, which may be outside. Of numbers alone:
 * what is given is odd, or one that was met that is not a number.
 */
template <int W>
OVERBATCH_INLINE Float<W> PoolBlock(const MaxPool& shape, const Inside& inside, const float* x, float* y, uint8_t* codes, Float<W> odd) {
  using Places = typename Registers<W>::Int;
  const auto at = [&](int64_t i, int64_t k) { return x + i * shape.row_values() + k * shape.channels; };
  Float<W> largest = Load<W>(at(inside.first_row, inside.first_column));
  // Each comparison chooses once: of those that choose twice GCC 12 makes sixteen.
  for (int64_t i = inside.first_row; i < inside.end_row; i++) {
    for (int64_t k = inside.first_column; k < inside.end_column; k++) {
      const Float<W> value = Load<W>(at(i, k));
      largest = value > largest ? value : largest;
      odd = value == value ? odd : value;
    }
  }
  // The first of equal ones.
  Places places = {};
  for (int64_t i = inside.end_row - 1; i >= inside.first_row; i--) {
    for (int64_t k = inside.end_column - 1; k >= inside.first_column; k--) {
      places = Load<W>(at(i, k)) == largest ? Places{} + static_cast<int32_t>(i * shape.window + k) : places;
    }
  }
  Store<W>(y, largest);
  const auto narrow = __builtin_convertvector(places, typename Registers<W>::Byte);
  std::memcpy(codes, &narrow, sizeof(narrow));
  return odd;
}

/** The same of one channel. The first that is not a number is the largest, so that it is not lost. */
OVERBATCH_INLINE void PoolOne(const MaxPool& shape, const Inside& inside, const float* x, float* y, uint8_t* code) {
  int64_t place = inside.first_row * shape.window + inside.first_column;
  float largest = x[inside.first_row * shape.row_values() + inside.first_column * shape.channels];
  for (int64_t i = inside.first_row; i < inside.end_row; i++) {
    for (int64_t k = inside.first_column; k < inside.end_column; k++) {
      const float value = x[i * shape.row_values() + k * shape.channels];
      if (largest != largest || !(value > largest || value != value)) continue;
      largest = value;
      place = i * shape.window + k;
    }
  }
  *y = largest;
  *code = static_cast<uint8_t>(place);
}

/** Adds the gradients of W channels where the largest was at this place. */
template <int W>
OVERBATCH_INLINE void AddWhere(const float* dy, const uint8_t* codes, int32_t place, float* dx) {
  typename Registers<W>::Byte narrow;
  std::memcpy(&narrow, codes, sizeof(narrow));
  const Float<W> slope = __builtin_convertvector(narrow, typename Registers<W>::Int) == place ? Load<W>(dy) : Float<W>{};
  Store<W>(dx, Load<W>(dx) + slope);
}

/** A row, of whose channels so many are taken by blocks. */
template <int W>
OVERBATCH_INLINE Float<W> PoolBy(int64_t in_blocks, const MaxPool& shape, int64_t out_row, const float* x, float* y, uint8_t* codes) {
  const auto from = [](int64_t begin) { return std::max<int64_t>(0, -begin); };
  const int64_t top = out_row * shape.stride - shape.pad_top;
  Float<W> odd = {};
  for (int64_t column = 0; column < shape.out_width; column++) {
    const int64_t left = column * shape.stride - shape.pad_left;
    const Inside inside{from(top), std::min(shape.window, shape.height - top), from(left), std::min(shape.window, shape.width - left)};
    const float* const window = x + top * shape.row_values() + left * shape.channels;
    const int64_t at = column * shape.channels;
    int64_t c = 0;
    for (; c + W <= in_blocks; c += W) odd = PoolBlock<W>(shape, inside, window + c, y + at + c, codes + at + c, odd);
    for (; c < shape.channels; c++) PoolOne(shape, inside, window + c, y + at + c, codes + at + c);
  }
  return odd;
}

template <int W>
OVERBATCH_INLINE void Pool(const MaxPool& shape, int64_t out_row, const float* x, float* y, uint8_t* codes) {
  const Float<W> odd = PoolBy<W>(shape.channels, shape, out_row, x, y, codes);
  for (int lane = 0; lane < W; lane++) {
    if (odd[lane] != odd[lane]) {
      PoolBy<W>(0, shape, out_row, x, y, codes);
      return;
    }
  }
}

template <int W>
OVERBATCH_INLINE void Unpool(const MaxPool& shape, int64_t row, const float* dy, const uint8_t* codes, float* dx) {
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
        const int32_t place = static_cast<int32_t>(place_row * shape.window + k);
        float* const into = dx + to * shape.channels;
        int64_t c = 0;
        for (; c + W <= shape.channels; c += W) AddWhere<W>(dy + at + c, codes + at + c, place, into + c);
        for (; c < shape.channels; c++) into[c] += codes[at + c] == place ? dy[at + c] : 0.0f;
      }
    }
  }
}

struct Rows {
  void (*pool)(const MaxPool&, int64_t, const float*, float*, uint8_t*);
  void (*unpool)(const MaxPool&, int64_t, const float*, const uint8_t*, float*);
};

#define OVERBATCH_ROWS(name, target, W)                                                                                          \
  target void Pool##name(const MaxPool& s, int64_t row, const float* x, float* y, uint8_t* codes) { Pool<W>(s, row, x, y, codes); }  \
  target void Unpool##name(const MaxPool& s, int64_t row, const float* dy, const uint8_t* codes, float* dx) {                       \
    Unpool<W>(s, row, dy, codes, dx);                                                                                                \
  }                                                                                                                                  \
  constexpr Rows k##name{Pool##name, Unpool##name};

OVERBATCH_ROWS(Plain, , 4)
#ifdef __x86_64__
OVERBATCH_ROWS(Avx2, OVERBATCH_AVX2, 8)
OVERBATCH_ROWS(Avx512, OVERBATCH_AVX512, 16)
#endif
#undef OVERBATCH_ROWS

const Rows& OfThisProcessor() {
#ifdef __x86_64__
  static const Rows& rows = *WidestFirst(kAvx512, kAvx2, kPlain)[0];
  return rows;
#else
  return kPlain;
#endif
}

}  // namespace

MaxPool MaxPoolOf(int64_t height, int64_t width, int64_t channels, int64_t window, int64_t stride, const std::string& padding) {
  const bool is_same = padding == "SAME";
  const auto out = [&](int64_t size) { return is_same ? (size + stride - 1) / stride : (size < window ? 0 : (size - window) / stride + 1); };
  const auto pad = [&](int64_t size) { return is_same ? std::max<int64_t>(0, (out(size) - 1) * stride + window - size) / 2 : 0; };
  return {height, width, channels, out(height), out(width), window, stride, pad(height), pad(width)};
}

void PoolRow(const MaxPool& shape, int64_t out_row, const float* x, float* y, uint8_t* codes) {
  OfThisProcessor().pool(shape, out_row, x, y, codes);
}

void UnpoolRow(const MaxPool& shape, int64_t row, const float* dy, const uint8_t* codes, float* dx) {
  OfThisProcessor().unpool(shape, row, dy, codes, dx);
}

}  // namespace overbatch
