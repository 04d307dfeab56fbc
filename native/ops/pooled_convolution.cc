// The loops, each pass written once and compiled for three sets of instructions (registers.h).
#include "pooled_convolution.h"

#include <algorithm>
#include <cstring>

#include "registers.h"

namespace overbatch {
namespace {

OVERBATCH_INLINE void Pad(const PooledConvolution& s, const float* x, float* padded) {
  const int64_t row = s.width * s.channels;
  std::memset(padded, 0, s.padded_values() * sizeof(float));
  for (int64_t i = 0; i < s.height; i++) {
    if (i + s.pad_top >= s.padded_height()) break;
    const int64_t room = s.padded_width() - s.pad_left * s.channels;
    std::memcpy(padded + (i + s.pad_top) * s.padded_width() + s.pad_left * s.channels, x + i * row, std::min(row, room) * sizeof(float));
  }
}

/** Windows × registers of filters: `B` windows of a row side by side, one register of filters. */
template <int W, int B>
OVERBATCH_INLINE void Windows(const PooledConvolution& s, const float* x, const float* packed, const float* bias, bool has_second_row,
                              bool has_last_column, int64_t filters, bool is_whole, float* y, uint8_t* codes) {
  using F = Float<W>;
  using I = typename Registers<W>::Int;
  using Byte = typename Registers<W>::Byte;
  const int64_t channels = s.channels;
  const int64_t row = s.row();
  F above[2 * B];
  F below[2 * B];
  OVERBATCH_UNROLL
  for (int p = 0; p < 2 * B; p++) above[p] = below[p] = Load<W>(bias);
  const float* from[2 * B];  // One address a column; rows are told apart by the index.
  OVERBATCH_UNROLL
  for (int p = 0; p < 2 * B; p++) from[p] = x + p * channels;
  const int64_t width = s.padded_width();
  const int64_t step = s.padded_filters();
  for (int64_t i = 0; i < s.filter_height; i++) {
    for (int64_t k = i * width, end = k + row; k < end; k++, packed += step) {
      const F weight = Load<W>(packed);
      OVERBATCH_UNROLL
      for (int p = 0; p < 2 * B; p++) {
        above[p] += from[p][k] * weight;
        below[p] += from[p][k + width] * weight;
      }
    }
  }
  OVERBATCH_UNROLL
  for (int b = 0; b < B; b++) {
    const bool has_column = has_last_column || b + 1 < B;
    F most = above[2 * b];
    F odd = most == most ? F{} : most;
    // Each comparison chooses once: of those that choose twice GCC 12 makes one a value with AVX-512.
    const auto consider = [&](F other) __attribute__((always_inline)) {
      most = other > most ? other : most;
      odd = other == other ? odd : other;
    };
    if (has_column) consider(above[2 * b + 1]);
    if (has_second_row) consider(below[2 * b]);
    if (has_second_row && has_column) consider(below[2 * b + 1]);
    // The first of equal ones.
    I code = {};
    if (has_second_row && has_column) code = below[2 * b + 1] == most ? I{} + 3 : code;
    if (has_second_row) code = below[2 * b] == most ? I{} + 2 : code;
    if (has_column) code = above[2 * b + 1] == most ? I{} + 1 : code;
    code = above[2 * b] == most ? I{} : code;
    most = odd == odd ? most : odd;  // What is not a number stays.
    code = most > 0 ? code : I{} + kNoneAbove;
    most = most < 0 ? F{} : most;
    const Byte bytes = __builtin_convertvector(code, Byte);
    if (is_whole) {
      Store<W>(y + b * s.filters, most);
      std::memcpy(codes + b * s.filters, &bytes, W);
    } else {
      std::memcpy(y + b * s.filters, &most, filters * sizeof(float));
      std::memcpy(codes + b * s.filters, &bytes, filters);
    }
  }
}

template <int W>
OVERBATCH_INLINE void Forward(const PooledConvolution& s, const float* x, const float* packed, const float* bias, float* y, uint8_t* codes,
                              float* scratch) {
  // Fewer filters than a register holds: it is stored whole, and what it wrote beyond is overwritten by the next window's.
  const bool in_one = s.filters < W;
  const int64_t row = s.pooled_width() * s.filters;
  float* const row_y = scratch + s.padded_values();
  uint8_t* const row_codes = reinterpret_cast<uint8_t*>(row_y + row + W);
  Pad(s, x, scratch);
  for (int64_t i = 0; i < s.pooled_height(); i++, y += row, codes += row) {
    const bool second_row = 2 * i + 1 < s.out_height;
    float* const to_y = in_one ? row_y : y;
    uint8_t* const to_codes = in_one ? row_codes : codes;
    for (int64_t f = 0; f < s.filters; f += W) {
      const int64_t filters = std::min<int64_t>(W, s.filters - f);
      const bool is_whole = in_one || filters == W;
      for (int64_t j = 0; j < s.pooled_width();) {
        const int64_t left = s.pooled_width() - j;
        const int64_t block = left >= 3 && left != 4 ? 3 : std::min<int64_t>(left, 2);
        const bool last_column = 2 * (j + block) <= s.out_width;
        const float* const from = scratch + 2 * i * s.padded_width() + 2 * j * s.channels;
        float* const block_y = to_y + j * s.filters + f;
        uint8_t* const block_codes = to_codes + j * s.filters + f;
        if (block == 3) {
          Windows<W, 3>(s, from, packed + f, bias + f, second_row, last_column, filters, is_whole, block_y, block_codes);
        } else if (block == 2) {
          Windows<W, 2>(s, from, packed + f, bias + f, second_row, last_column, filters, is_whole, block_y, block_codes);
        } else {
          Windows<W, 1>(s, from, packed + f, bias + f, second_row, last_column, filters, is_whole, block_y, block_codes);
        }
        j += block;
      }
    }
    if (in_one) {
      std::memcpy(y, row_y, row * sizeof(float));
      std::memcpy(codes, row_codes, row);
    }
  }
}

/** A gradient that passes, and where in the padded picture the window it belongs to begins. */
struct Passing {
  float slope;
  int32_t place;
};

/** Those of one filter in one picture, which lies at `begin`. The room must be for one more than there are windows. */
OVERBATCH_INLINE int64_t Gather(const PooledConvolution& s, const float* dy, const uint8_t* codes, int64_t begin, Passing* to) {
  const int32_t width = static_cast<int32_t>(s.padded_width());
  const int32_t channels = static_cast<int32_t>(s.channels);
  const int32_t shift[5] = {0, channels, width, width + channels, 0};
  Passing* at = to;
  for (int64_t i = 0; i < s.pooled_height(); i++) {
    int32_t place = static_cast<int32_t>(begin) + 2 * static_cast<int32_t>(i) * width;
    for (int64_t j = 0; j < s.pooled_width(); j++) {
      const uint8_t code = *codes;
      *at = {*dy, place + shift[code]};
      at += code != kNoneAbove;  // Half of them do not pass, unforeseeably: no branch.
      dy += s.filters;
      codes += s.filters;
      place += 2 * channels;
    }
  }
  return at - to;
}

/** R rows × C registers of one filter's gradient. */
template <int W, int R, int C>
OVERBATCH_INLINE void AddPatches(const float* x, int64_t width, int64_t padded_row, const Passing* list, int64_t count, float* filter) {
  using F = Float<W>;
  F sum[R][C];
  OVERBATCH_UNROLL
  for (int r = 0; r < R; r++) {
    OVERBATCH_UNROLL
    for (int c = 0; c < C; c++) sum[r][c] = Load<W>(filter + r * padded_row + c * W);
  }
  for (int64_t i = 0; i < count; i++) {
    const float slope = list[i].slope;
    const float* const from = x + list[i].place;
    OVERBATCH_UNROLL
    for (int r = 0; r < R; r++) {
      OVERBATCH_UNROLL
      for (int c = 0; c < C; c++) sum[r][c] += slope * Load<W>(from + r * width + c * W);
    }
  }
  OVERBATCH_UNROLL
  for (int r = 0; r < R; r++) {
    OVERBATCH_UNROLL
    for (int c = 0; c < C; c++) Store<W>(filter + r * padded_row + c * W, sum[r][c]);
  }
}

/** Columns of C registers, in as few passes over the list as there are registers for. */
template <int W, int C>
OVERBATCH_INLINE void AddColumns(const PooledConvolution& s, const float* x, const Passing* list, int64_t count, float* filter) {
  constexpr int kRows = C == 1 ? 5 : C == 2 ? 5 : C <= 4 ? 3 : 1;
  const int64_t width = s.padded_width();
  const int64_t padded = s.padded_row();
  int64_t i = 0;
  for (; i + kRows <= s.filter_height; i += kRows) AddPatches<W, kRows, C>(x + i * width, width, padded, list, count, filter + i * padded);
  if constexpr (kRows == 5) {
    for (; i + 3 <= s.filter_height; i += 3) AddPatches<W, 3, C>(x + i * width, width, padded, list, count, filter + i * padded);
  }
  if constexpr (kRows >= 3) {
    for (; i + 2 <= s.filter_height; i += 2) AddPatches<W, 2, C>(x + i * width, width, padded, list, count, filter + i * padded);
  }
  for (; i < s.filter_height; i++) AddPatches<W, 1, C>(x + i * width, width, padded, list, count, filter + i * padded);
}

/** Pictures whose passing gradients are worked at a time: enough that sums stay in registers, few enough that they stay in the cache. */
int64_t PicturesAtOnce(const PooledConvolution& s) {
  const int64_t windows = s.pooled_height() * s.pooled_width();
  return std::max<int64_t>(1, std::min(512 / windows, 6 * 1024 / s.padded_values()));
}

template <int W>
OVERBATCH_INLINE void FilterGradient(const PooledConvolution& s, int64_t count, const float* x, const float* dy, const uint8_t* codes,
                                     float* filters, float* bias, float* scratch) {
  const int64_t at_once = PicturesAtOnce(s);
  const int64_t columns = (s.row() + W - 1) / W;
  Passing* const list = reinterpret_cast<Passing*>(scratch + at_once * s.padded_values());
  for (int64_t first = 0; first < count; first += at_once) {
    const int64_t pictures = std::min(at_once, count - first);
    for (int64_t p = 0; p < pictures; p++) Pad(s, x + (first + p) * s.values(), scratch + p * s.padded_values());
    for (int64_t f = 0; f < s.filters; f++) {
      int64_t passing = 0;
      for (int64_t p = 0; p < pictures; p++) {
        const int64_t from = (first + p) * s.pooled_values() + f;
        passing += Gather(s, dy + from, codes + from, p * s.padded_values(), list + passing);
      }
      float* const filter = filters + f * s.filter_height * s.padded_row();
      int64_t c = 0;
      for (; c + 8 <= columns; c += 8) AddColumns<W, 8>(s, scratch + c * W, list, passing, filter + c * W);
      for (; c + 4 <= columns; c += 4) AddColumns<W, 4>(s, scratch + c * W, list, passing, filter + c * W);
      for (; c + 2 <= columns; c += 2) AddColumns<W, 2>(s, scratch + c * W, list, passing, filter + c * W);
      for (; c < columns; c++) AddColumns<W, 1>(s, scratch + c * W, list, passing, filter + c * W);
      float sums[4] = {};
      int64_t i = 0;
      for (; i + 4 <= passing; i += 4) {
        for (int k = 0; k < 4; k++) sums[k] += list[i + k].slope;
      }
      for (; i < passing; i++) sums[0] += list[i].slope;
      bias[f] += (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
  }
}

template <int W, int C>
OVERBATCH_INLINE void AddScaled(float* to, float slope, const float* from) {
  Float<W> sum[C];
  OVERBATCH_UNROLL
  for (int c = 0; c < C; c++) sum[c] = Load<W>(to + c * W) + slope * Load<W>(from + c * W);
  OVERBATCH_UNROLL
  for (int c = 0; c < C; c++) Store<W>(to + c * W, sum[c]);
}

template <int W>
OVERBATCH_INLINE void InputGradient(const PooledConvolution& s, const float* dy, const uint8_t* codes, const float* turned, float* dx,
                                    float* scratch) {
  // Windows overlap: a register read right after a part of it was written waits for that. So neighbours go to different copies.
  float* const copies[2] = {scratch, scratch + s.padded_values()};
  Passing* const list = reinterpret_cast<Passing*>(scratch + 2 * s.padded_values());
  std::memset(scratch, 0, 2 * s.padded_values() * sizeof(float));
  const int64_t columns = (s.row() + W - 1) / W;
  const int64_t width = s.padded_width();
  for (int64_t f = 0; f < s.filters; f++) {
    const int64_t passing = Gather(s, dy + f, codes + f, 0, list);
    const float* const filter = turned + f * s.filter_height * s.padded_row();
    for (int64_t i = 0; i < passing; i++) {
      float* to = copies[i % 2] + list[i].place;
      const float slope = list[i].slope;
      const float* from = filter;
      for (int64_t r = 0; r < s.filter_height; r++, to += width, from += s.padded_row()) {
        int64_t c = 0;
        for (; c + 4 <= columns; c += 4) AddScaled<W, 4>(to + c * W, slope, from + c * W);
        for (; c < columns; c++) AddScaled<W, 1>(to + c * W, slope, from + c * W);
      }
    }
  }
  const int64_t row = s.width * s.channels;
  for (int64_t i = 0; i < s.height; i++) {
    float* const to = dx + i * row;
    const int64_t at = (i + s.pad_top) * width + s.pad_left * s.channels;
    const int64_t room = i + s.pad_top < s.padded_height() ? std::min(row, width - s.pad_left * s.channels) : 0;
    for (int64_t k = 0; k < room; k++) to[k] = copies[0][at + k] + copies[1][at + k];
    std::fill(to + room, to + row, 0.0f);
  }
}

// A function a set of instructions; W is what its registers hold.
#define OVERBATCH_PASSES(NAME, TARGET, W)                                                                                                \
  TARGET void Forward##NAME(const PooledConvolution& s, const float* x, const float* packed, const float* bias, float* y, uint8_t* codes, \
                            float* scratch) {                                                                                            \
    Forward<W>(s, x, packed, bias, y, codes, scratch);                                                                                   \
  }                                                                                                                                      \
  TARGET void FilterGradient##NAME(const PooledConvolution& s, int64_t count, const float* x, const float* dy, const uint8_t* codes,      \
                                   float* filters, float* bias, float* scratch) {                                                        \
    FilterGradient<W>(s, count, x, dy, codes, filters, bias, scratch);                                                                   \
  }                                                                                                                                      \
  TARGET void InputGradient##NAME(const PooledConvolution& s, const float* dy, const uint8_t* codes, const float* turned, float* dx,     \
                                  float* scratch) {                                                                                      \
    InputGradient<W>(s, dy, codes, turned, dx, scratch);                                                                                 \
  }                                                                                                                                      \
  constexpr PooledConvolutionPasses k##NAME = {Forward##NAME, FilterGradient##NAME, InputGradient##NAME};

OVERBATCH_PASSES(Plain, , 4)
#ifdef __x86_64__
OVERBATCH_PASSES(Avx2, OVERBATCH_AVX2, 8)
OVERBATCH_PASSES(Avx512, OVERBATCH_AVX512, 16)
#endif
#undef OVERBATCH_PASSES

}  // namespace

const PooledConvolutionPasses& Passes() {
#ifdef __x86_64__
  static const PooledConvolutionPasses& passes = *WidestFirst(kAvx512, kAvx2, kPlain)[0];
  return passes;
#else
  return kPlain;
#endif
}

int64_t ForwardScratch(const PooledConvolution& s) {
  return s.padded_values() + 2 * (s.pooled_width() * s.filters + PooledConvolution::kWidest);
}

int64_t FilterGradientScratch(const PooledConvolution& s) {
  return PicturesAtOnce(s) * (s.padded_values() + 2 * s.pooled_height() * s.pooled_width()) + 2;
}

int64_t InputGradientScratch(const PooledConvolution& s) {
  return 2 * s.padded_values() + 2 * (s.pooled_height() * s.pooled_width() + 1);
}

void PackFilters(const PooledConvolution& s, const float* filters, float* packed) {
  std::memset(packed, 0, s.packed_values() * sizeof(float));
  for (int64_t i = 0; i < s.filter_height * s.row(); i++) {
    std::memcpy(packed + i * s.padded_filters(), filters + i * s.filters, s.filters * sizeof(float));
  }
}

void TurnFilters(const PooledConvolution& s, const float* filters, float* turned) {
  std::memset(turned, 0, s.turned_values() * sizeof(float));
  for (int64_t i = 0; i < s.filter_height; i++) {
    for (int64_t k = 0; k < s.row(); k++) {
      for (int64_t f = 0; f < s.filters; f++) {
        turned[(f * s.filter_height + i) * s.padded_row() + k] = filters[(i * s.row() + k) * s.filters + f];
      }
    }
  }
}

void TurnBack(const PooledConvolution& s, const float* turned, float* filters) {
  for (int64_t i = 0; i < s.filter_height; i++) {
    for (int64_t k = 0; k < s.row(); k++) {
      for (int64_t f = 0; f < s.filters; f++) {
        filters[(i * s.row() + k) * s.filters + f] = turned[(f * s.filter_height + i) * s.padded_row() + k];
      }
    }
  }
}

}  // namespace overbatch
