// The memory of TensorFlow's CPU tensors: counted to the byte, large blocks out of an arena.
#pragma once

#include "arena.h"
#include "counter.h"

namespace overbatch {

/** Of the one allocator TensorFlow uses for its CPU device. */
Counter& HostCounter();
Arena& HostArena();

}  // namespace overbatch
