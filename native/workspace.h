// Room that an op takes while it runs, besides its inputs and results.
#pragma once

#include <cstdint>
#include <vector>

#include "tensorflow/c/c_api.h"

namespace overbatch {

/** Bytes of a traced op's values where a dimension that is not known counts as none; `shape` is filled where the rank is known. */
int64_t BytesOf(TF_Graph* graph, TF_Output output, std::vector<int64_t>* shape = nullptr);

/** An estimate for the op of the traced graph; 0 of ops that take next to nothing, and of TensorFlow's own. */
int64_t Workspace(TF_Graph* graph, TF_Operation* operation);

}  // namespace overbatch
