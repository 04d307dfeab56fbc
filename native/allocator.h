// The memory of TensorFlow's CPU tensors: counted to the byte, large blocks pooled.
#pragma once

#include "block_pool.h"
#include "counter.h"

namespace overbatch {

/** Of the one allocator TensorFlow uses for its CPU device. */
Counter& HostCounter();
BlockPool& HostPool();

}  // namespace overbatch
