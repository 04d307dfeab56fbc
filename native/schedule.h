// One fixed order for the ops of a traced graph, and the memory that it needs.
#pragma once

#include <cstdint>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace overbatch {

/**
 * Chains the ops that the outputs need by control edges. Left to itself the executor takes whatever is ready, in an order that differs
 * from one instantiation of the same graph to the next: its peak of memory varied by a fifth. Each op uses all cores by itself.
 * The order is the traced one, but what lets memory go (a gradient added to its sum) comes as soon as it can.
 */
void FixOrder(TF_Graph* graph, const std::vector<TF_Output>& outputs);

/**
 * Most bytes above the inputs that are in use at once when the ops run in that order: from shapes alone, nothing is computed. An estimate:
 * TensorFlow rewrites the graph before it runs it, and oneDNN takes room of its own.
 */
int64_t ForecastPeak(TF_Graph* graph, const std::vector<TF_Output>& outputs);

}  // namespace overbatch
