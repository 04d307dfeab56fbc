// As our own ops allocate it (allocate_temp in native/ops).
#include "workspace.h"

#include <algorithm>
#include <cstring>

#include "ops/filter_gradient_room.h"
#include "status.h"

namespace overbatch {
namespace {

/** Packed inputs of a group of pictures, and the sums of all parts but one. */
int64_t OfFilterGradient(TF_Graph* graph, TF_Operation* operation) {
  std::vector<int64_t> pictures, slopes;
  const int64_t in = BytesOf(graph, TF_OperationInput({operation, 0}), &pictures) + BytesOf(graph, TF_OperationInput({operation, 1}), &slopes);
  if (in == 0 || pictures.size() != 4 || slopes.size() != 4) return 0;
  const int64_t filters = BytesOf(graph, {operation, 0});
  const FilterGradientRoom room(pictures[0], in / pictures[0], filters, slopes[1] * slopes[2]);
  return room.sums * room.group * (in / pictures[0]) + (room.sums - 1) * filters;
}

/** Packed filters, and a list of the points. */
int64_t OfConvolution(TF_Graph* graph, TF_Operation* operation) {
  std::vector<int64_t> output;
  BytesOf(graph, {operation, 0}, &output);
  const int64_t points = output.size() == 4 ? output[0] * output[1] * output[2] : 0;
  return BytesOf(graph, TF_OperationInput({operation, 1})) + 2 * static_cast<int64_t>(sizeof(int32_t)) * points;
}

}  // namespace

int64_t BytesOf(TF_Graph* graph, TF_Output output, std::vector<int64_t>* shape) {
  Status status;
  const int rank = TF_GraphGetTensorNumDims(graph, output, status.get());
  if (rank < 0) return 0;
  std::vector<int64_t> dimensions(rank);
  TF_GraphGetTensorShape(graph, output, dimensions.data(), rank, status.get());
  int64_t bytes = static_cast<int64_t>(TF_DataTypeSize(TF_OperationOutputType(output)));
  for (int64_t dimension : dimensions) bytes *= std::max<int64_t>(dimension, 0);
  if (shape != nullptr) *shape = std::move(dimensions);
  return bytes;
}

int64_t Workspace(TF_Graph* graph, TF_Operation* operation) {
  const char* const type = TF_OperationOpType(operation);
  if (std::strcmp(type, "OverbatchFilterGradient") == 0) return OfFilterGradient(graph, operation);
  if (std::strcmp(type, "OverbatchConvolution") == 0 || std::strcmp(type, "OverbatchInputGradient") == 0) return OfConvolution(graph, operation);
  return 0;
}

}  // namespace overbatch
