// Which points of a picture reach which places of a filter.
#include <cstddef>
#include <map>
#include <utility>

#include "gathered_product.h"

namespace overbatch {
namespace {

/** Along one side of the picture: lines that reach the same places of the filter. */
struct Lines {
  /** Places, in the order of what goes in. */
  std::vector<int64_t> places;
  /** Of each place: lines that go in, counted from the first place's. */
  std::vector<int64_t> steps;
  /** Line that comes out, and the one that goes in at the first place. */
  std::vector<std::pair<int64_t, int64_t>> lines;
};

/** The two sides of a convolution, in one direction. */
struct Side {
  int64_t in, out, filter, stride, pad;

  /** @return the line of what goes in that a place reaches from a line that comes out, or one outside */
  int64_t Reached(int64_t line, int64_t place, Direction direction) const {
    if (direction == Direction::kForward) return line * stride - pad + place;
    const int64_t from = line + pad - place;
    return from % stride == 0 ? from / stride : -1;
  }
};

std::vector<Lines> GroupLines(const Side& side, Direction direction) {
  std::map<std::vector<int64_t>, Lines> groups;
  for (int64_t line = 0; line < side.out; line++) {
    std::vector<int64_t> places, reached;
    for (int64_t k = 0; k < side.filter; k++) {
      // In the order in which what goes in lies, so that neighbours make one segment.
      const int64_t place = direction == Direction::kForward ? k : side.filter - 1 - k;
      const int64_t from = side.Reached(line, place, direction);
      if (from < 0 || from >= side.in) continue;
      places.push_back(place);
      reached.push_back(from);
    }
    Lines& group = groups[places];
    const int64_t first = reached.empty() ? 0 : reached[0];
    if (group.lines.empty()) {
      group.places = places;
      for (const int64_t from : reached) group.steps.push_back(from - first);
    }
    group.lines.emplace_back(line, first);
  }
  std::vector<Lines> all;
  for (auto& [places, group] : groups) all.push_back(std::move(group));
  return all;
}

}  // namespace

Gathering Gather(const Convolution& shape, int64_t pictures, Direction direction, int32_t* points) {
  const bool is_forward = direction == Direction::kForward;
  const Side down = is_forward ? Side{shape.height, shape.out_height, shape.filter_height, shape.stride_down, shape.pad_top}
                               : Side{shape.out_height, shape.height, shape.filter_height, shape.stride_down, shape.pad_top};
  const Side across = is_forward ? Side{shape.width, shape.out_width, shape.filter_width, shape.stride_across, shape.pad_left}
                                 : Side{shape.out_width, shape.width, shape.filter_width, shape.stride_across, shape.pad_left};
  Gathering all{is_forward ? shape.channels : shape.filters, is_forward ? shape.filters : shape.channels, {}};
  const std::vector<Lines> all_columns = GroupLines(across, direction);
  int64_t count = 0;
  for (const Lines& rows : GroupLines(down, direction)) {
    for (const Lines& columns : all_columns) {
      Reach reach{{}, count, count};
      for (std::size_t r = 0; r < rows.places.size(); r++) {
        for (std::size_t c = 0; c < columns.places.size(); c++) {
          const int64_t place = rows.places[r] * shape.filter_width + columns.places[c];
          const Segment segment{(rows.steps[r] * across.in + columns.steps[c]) * all.depth,
                                (is_forward ? place : shape.places() - 1 - place) * all.depth, all.depth};
          Segment* const last = reach.segments.empty() ? nullptr : &reach.segments.back();
          if (last && last->input + last->length == segment.input && last->weights + last->length == segment.weights) {
            last->length += segment.length;
          } else {
            reach.segments.push_back(segment);
          }
        }
      }
      for (int64_t picture = 0; picture < pictures; picture++) {
        for (const auto& [row, from_row] : rows.lines) {
          for (const auto& [column, from_column] : columns.lines) {
            *points++ = static_cast<int32_t>((picture * down.in + from_row) * across.in + from_column);
            *points++ = static_cast<int32_t>((picture * down.out + row) * across.out + column);
          }
        }
      }
      count += pictures * static_cast<int64_t>(rows.lines.size() * columns.lines.size());
      reach.end = count;
      all.reaches.push_back(std::move(reach));
    }
  }
  return all;
}

}  // namespace overbatch
