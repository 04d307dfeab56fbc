// A set of bytes, held as the ranges it consists of: what is free, what is resident.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>

namespace overbatch {

struct Range {
  size_t begin;
  size_t end;

  size_t bytes() const { return end > begin ? end - begin : 0; }
  /** The part that begins and ends at multiples of `step`. */
  Range Inside(size_t step) const { return {(begin + step - 1) / step * step, end / step * step}; }
  /** The smallest range around it that does. */
  Range Around(size_t step) const { return {begin / step * step, (end + step - 1) / step * step}; }
};

class Ranges {
 public:
  size_t bytes() const { return bytes_; }

  /** Neighbours become one range. */
  void Add(Range added) {
    if (added.bytes() == 0) return;
    auto next = ends_.upper_bound(added.begin);
    if (next != ends_.begin() && std::prev(next)->second >= added.begin) --next;
    while (next != ends_.end() && next->first <= added.end) {
      added = {std::min(added.begin, next->first), std::max(added.end, next->second)};
      bytes_ -= next->second - next->first;
      next = ends_.erase(next);
    }
    ends_.emplace_hint(next, added.begin, added.end);
    bytes_ += added.bytes();
  }

  void Remove(Range removed) {
    if (removed.bytes() == 0) return;
    auto next = FirstReaching(removed.begin);
    while (next != ends_.end() && next->first < removed.end) {
      const Range whole{next->first, next->second};
      next = ends_.erase(next);
      bytes_ -= whole.bytes();
      AddPart({whole.begin, std::min(whole.end, removed.begin)});
      AddPart({std::max(whole.begin, removed.end), whole.end});
    }
  }

  /** The lowest range of at least that many bytes; an empty one when there is none. */
  Range Lowest(size_t bytes) const {
    for (const auto& [begin, end] : ends_) {
      if (end - begin >= bytes) return {begin, end};
    }
    return {0, 0};
  }

  /** An empty one when there is none. */
  Range Last() const { return ends_.empty() ? Range{0, 0} : Range{ends_.rbegin()->first, ends_.rbegin()->second}; }

  /** The parts of `within` that are in the set, ascending. */
  template <typename Visit>
  void ForEachIn(Range within, Visit visit) const {
    for (auto next = FirstReaching(within.begin); next != ends_.end() && next->first < within.end; ++next) {
      visit(Range{std::max(next->first, within.begin), std::min(next->second, within.end)});
    }
  }

  /** The parts of `within` that are not. */
  template <typename Visit>
  void ForEachGap(Range within, Visit visit) const {
    size_t begin = within.begin;
    ForEachIn(within, [&](Range part) {
      if (part.begin > begin) visit(Range{begin, part.begin});
      begin = part.end;
    });
    if (within.end > begin) visit(Range{begin, within.end});
  }

 private:
  using Ends = std::map<size_t, size_t>;

  /** The first range that ends behind `place`. */
  Ends::const_iterator FirstReaching(size_t place) const {
    auto next = ends_.upper_bound(place);
    return next != ends_.begin() && std::prev(next)->second > place ? std::prev(next) : next;
  }

  void AddPart(Range part) {
    if (part.bytes() == 0) return;
    ends_.emplace(part.begin, part.end);
    bytes_ += part.bytes();
  }

  /** Ends by begins; no two ranges touch. */
  Ends ends_;
  size_t bytes_ = 0;
};

}  // namespace overbatch
