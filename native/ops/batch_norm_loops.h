// Inner loops of batch normalization, each over `count` values in runs of `run`; what belongs to a channel comes repeated over a run.
#pragma once

#include <cstdint>

namespace overbatch {

/** What an activation lets through: ReLU all above 0, ReLU6 what lies between 0 and 6. */
struct Bounds {
  float low;
  float high;
};

/** Per channel: values are (x − mean) · factor + offset. */
struct Normalization {
  const float* mean;
  const float* factor;
  const float* offset;
};

/** sums += x. */
void AddRuns(const float* x, int64_t count, int64_t run, float* sums);

/** squares += (x − mean)². */
void AddSquares(const float* x, int64_t count, int64_t run, const float* mean, float* squares);

/** y = (x − mean) · factor + offset within the bounds; not a number stays not a number. */
void Normalize(const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds, float* y);

/** The same with `side` added before the bounds. */
void NormalizeAndAdd(const float* x, const float* side, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds, float* y);

/** Where the output lies between the bounds: slopes += dy, products += dy · (x − mean). */
void AddSlopes(const float* dy, const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds, float* slopes,
               float* products);

/** The same, by the outputs y themselves; dz gets dy where they lie between the bounds and 0 elsewhere. It may be dy. */
void AddSlopesOf(const float* dy, const float* x, const float* y, int64_t count, int64_t run, const float* mean, const Bounds& bounds,
                 float* dz, float* slopes, float* products);

/** dx = dy · factor − constant − (x − mean) · tilt, without dy where the output lies outside the bounds. It may be dy. */
void InputSlopes(const float* dy, const float* x, int64_t count, int64_t run, const Normalization& of, const Bounds& bounds,
                 const float* constant, const float* tilt, float* dx);

}  // namespace overbatch
