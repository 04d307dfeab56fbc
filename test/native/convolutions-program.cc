// Convolutions, input gradients and filter gradients of random shapes by the loops of our ops, for every set of instructions that this
// processor has, against sums in 64 bits. SEED SHAPES [SPOIL] → how many were compared, or what differs and an exit code.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "ops/filter_gradient.h"
#include "ops/gathered_product.h"

using namespace overbatch;

namespace {

using Values = std::vector<float>;
using Sums = std::vector<double>;

int64_t Chunks(int64_t items, int64_t each) { return (items + each - 1) / each; }

/** Never written to where it should be: no sum. */
Values Unwritten(std::size_t count) { return Values(count, std::numeric_limits<float>::quiet_NaN()); }

struct Problem {
  Convolution shape{};
  int64_t pictures = 0;
  Values x, filter, dy;
  Sums y, dx, dw;
};

Problem Draw(std::mt19937& random) {
  const auto upTo = [&random](int least, int most) { return static_cast<int64_t>(std::uniform_int_distribution<int>(least, most)(random)); };
  Problem p;
  Convolution& s = p.shape;
  s.height = upTo(1, 9), s.width = upTo(1, 9);
  s.channels = upTo(1, upTo(0, 6) == 0 ? 70 : 20), s.filters = upTo(1, upTo(0, 6) == 0 ? 70 : 20);
  s.filter_height = upTo(1, 5), s.filter_width = upTo(1, 5);
  s.stride_down = upTo(1, 6), s.stride_across = upTo(1, 6);
  s.pad_top = upTo(0, 6), s.pad_left = upTo(0, 6);
  s.out_height = upTo(1, 9), s.out_width = upTo(1, 9);
  p.pictures = upTo(1, 5);
  p.x.resize(p.pictures * s.points() * s.channels);
  p.filter.resize(s.places() * s.channels * s.filters);
  p.dy.resize(p.pictures * s.out_points() * s.filters);
  std::uniform_real_distribution<float> value(-1, 1);
  for (Values* values : {&p.x, &p.filter, &p.dy}) {
    for (float& v : *values) v = value(random);
  }
  return p;
}

void Solve(Problem& p) {
  const Convolution& s = p.shape;
  p.y.resize(p.dy.size()), p.dx.resize(p.x.size()), p.dw.resize(p.filter.size());
  for (int64_t n = 0; n < p.pictures; n++) {
    for (int64_t i = 0; i < s.out_points(); i++) {
      for (int64_t place = 0; place < s.places(); place++) {
        const int64_t row = i / s.out_width * s.stride_down - s.pad_top + place / s.filter_width;
        const int64_t column = i % s.out_width * s.stride_across - s.pad_left + place % s.filter_width;
        if (row < 0 || row >= s.height || column < 0 || column >= s.width) continue;
        for (int64_t c = 0; c < s.channels; c++) {
          const std::size_t at = (n * s.points() + row * s.width + column) * s.channels + c;
          for (int64_t f = 0; f < s.filters; f++) {
            const std::size_t to = (n * s.out_points() + i) * s.filters + f, weight = (place * s.channels + c) * s.filters + f;
            p.y[to] += static_cast<double>(p.x[at]) * p.filter[weight];
            p.dx[at] += static_cast<double>(p.dy[to]) * p.filter[weight];
            p.dw[weight] += static_cast<double>(p.x[at]) * p.dy[to];
          }
        }
      }
    }
  }
}

Values Product(const Problem& p, Direction direction, const GatheredProductTile& tile) {
  const Convolution& s = p.shape;
  const bool is_forward = direction == Direction::kForward;
  const Values& input = is_forward ? p.x : p.dy;
  std::vector<int32_t> points(2 * p.pictures * (is_forward ? s.out_points() : s.points()));
  const Gathering all = Gather(s, p.pictures, direction, points.data());
  Values to = Unwritten(is_forward ? p.dy.size() : p.x.size()), panel = Unwritten(s.places() * all.depth * tile.columns);
  for (int64_t column = 0; column < all.columns; column += tile.columns) {
    for (int64_t place = 0; place < s.places(); place++) {
      const int64_t row = (is_forward ? place : s.places() - 1 - place) * all.depth;
      (is_forward ? tile.pack : tile.pack_transposed)(p.filter.data() + place * s.channels * s.filters, all.depth, all.columns, column,
                                                      panel.data() + row * tile.columns);
    }
    for (const Reach& reach : all.reaches) {
      for (int64_t point = reach.begin; point < reach.end; point += tile.points) {
        tile.compute(input.data(), all.depth, points.data() + 2 * point, std::min(tile.points, reach.end - point), reach.segments.data(),
                     static_cast<int64_t>(reach.segments.size()), panel.data(), to.data() + column, all.columns,
                     std::min(tile.columns, all.columns - column));
      }
    }
  }
  return to;
}

Values FilterGradient(const Problem& p, const FilterGradientTile& tile) {
  const Convolution& s = p.shape;
  const int64_t picture_panel = p.pictures * s.points() * tile.channels, output_panel = p.pictures * s.out_points() * tile.filters;
  Values picture = Unwritten(Chunks(s.channels, tile.channels) * picture_panel);
  Values output = Unwritten(Chunks(s.filters, tile.filters) * output_panel);
  tile.pack_picture(p.x.data(), p.pictures * s.points(), s.channels, picture_panel, picture.data());
  tile.pack_output(p.dy.data(), p.pictures * s.out_points(), s.filters, output_panel, output.data());
  Values to = Unwritten(p.filter.size());
  std::vector<int32_t> pairs(2 * p.pictures * s.out_points());
  for (int64_t place = 0; place < s.places(); place++) {
    const int64_t count = (PairsOf(s, place, p.pictures, pairs.data()) - pairs.data()) / 2;
    // In two parts: the second is added to the first.
    const int64_t first = (count + 1) / 2;
    for (int64_t c = 0; c < s.channels; c += tile.channels) {
      for (int64_t f = 0; f < s.filters; f += tile.filters) {
        for (const bool is_first : {true, false}) {
          tile.add(picture.data() + c / tile.channels * picture_panel, output.data() + f / tile.filters * output_panel,
                   pairs.data() + (is_first ? 0 : 2 * first), is_first ? first : count - first, is_first,
                   to.data() + (place * s.channels + c) * s.filters + f, s.filters, std::min(tile.channels, s.channels - c),
                   std::min(tile.filters, s.filters - f));
        }
      }
    }
  }
  return to;
}

void Compare(const char* what, int64_t number, const Values& found, const Sums& expected, int64_t products) {
  const double bound = 3e-6 * std::sqrt(1.0 + static_cast<double>(products));
  for (std::size_t i = 0; i < found.size(); i++) {
    if (std::fabs(found[i] - expected[i]) < bound) continue;
    std::printf("%s, shape %d, value %zu: %g instead of %g\n", what, static_cast<int>(number), i, found[i], expected[i]);
    std::exit(1);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  std::mt19937 random(static_cast<unsigned>(std::atoi(words[1])));
  const int64_t shapes = std::atoi(words[2]);
  const std::string spoil = count > 3 ? words[3] : "";
  int64_t compared = 0;
  for (int64_t number = 0; number < shapes; number++) {
    Problem p = Draw(random);
    Solve(p);
    // What the loops are given is no longer what was solved.
    if (spoil == "stride") p.shape.stride_down++;
    if (spoil == "padding") p.shape.pad_left++;
    const Convolution& s = p.shape;
    for (const GatheredProductTile* tile : ProductTiles()) {
      Compare("convolution", number, Product(p, Direction::kForward, *tile), p.y, s.places() * s.channels);
      Compare("input gradient", number, Product(p, Direction::kBackward, *tile), p.dx, s.places() * s.filters);
      compared += 2;
    }
    for (const FilterGradientTile* tile : SumTiles()) {
      Compare("filter gradient", number, FilterGradient(p, *tile), p.dw, p.pictures * s.out_points());
      compared++;
    }
  }
  std::printf("%d\n", static_cast<int>(compared));
}
