// What our ops share: work cut into chunks whose borders depend on its size alone, so that the number of threads changes no bit, and
// loops compiled for several widths of registers, of which the processor's own is chosen when the binding loads.
#pragma once

#include <algorithm>
#include <cstdint>

#include "tensorflow/core/framework/op_kernel.h"
#include "xla/tsl/platform/threadpool.h"

/** For plain loops over arrays. Compilers that do not know it make the last version alone. */
#define OVERBATCH_WIDE __attribute__((target_clones("avx512f", "avx2", "default")))

namespace overbatch {

/** Below this many bytes waking a thread takes longer than the work. */
constexpr int64_t kFewBytes = 128 * 1024;
/** Multiply-adds that take as long as a byte does, for loops that compute more than they move. */
constexpr int64_t kWorkPerByte = 4;

inline int64_t ChunkCount(int64_t items, int64_t per_chunk) { return (items + per_chunk - 1) / per_chunk; }

/** work(chunk) for each of `chunks`, on the device's threads and the caller's. @param bytes_per_chunk read and written by one */
template <typename Work>
void ForEachChunk(tensorflow::OpKernelContext* context, int64_t chunks, int64_t bytes_per_chunk, const Work& work) {
  const auto range = [&work](int64_t begin, int64_t end) {
    for (int64_t chunk = begin; chunk < end; chunk++) work(chunk);
  };
  const auto* const workers = context->device()->tensorflow_cpu_worker_threads();
  if (chunks <= 1 || workers->num_threads <= 1 || chunks * bytes_per_chunk <= kFewBytes) return range(0, chunks);
  // A few blocks a thread, so that one that was kept busy by others does not hold up the rest.
  const int64_t wanted = std::max<int64_t>(1, chunks / (4 * workers->num_threads));
  const int64_t block = std::max<int64_t>(wanted, ChunkCount(kFewBytes, std::max<int64_t>(1, bytes_per_chunk)));
  workers->workers->ParallelFor(chunks, tsl::thread::ThreadPool::SchedulingParams::Fixed(block), range);
}

}  // namespace overbatch
