// As our own ops allocate it (allocate_temp in native/ops).
#include "workspace.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "ops/filter_gradient_room.h"
#include "ops/pooled_convolution_room.h"
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

std::string StringAttribute(TF_Operation* operation, const char* name) {
  Status status;
  const TF_AttrMetadata metadata = TF_OperationGetAttrMetadata(operation, name, status.get());
  std::string value(std::max<int64_t>(metadata.total_size, 0), '\0');
  TF_OperationGetAttrString(operation, name, value.data(), value.size(), status.get());
  return value;
}

/** Pictures and filters are the first two inputs of all three. */
int64_t OfPooledConvolution(TF_Graph* graph, TF_Operation* operation, PooledConvolutionRoom (*room)(const PooledConvolution&, int64_t)) {
  std::vector<int64_t> x, filters;
  BytesOf(graph, TF_OperationInput({operation, 0}), &x);
  BytesOf(graph, TF_OperationInput({operation, 1}), &filters);
  if (x.size() != 4 || filters.size() != 4) return 0;
  const PooledConvolution shape =
      PooledConvolutionOf(x[1], x[2], x[3], filters[0], filters[1], filters[3], StringAttribute(operation, "padding"));
  return static_cast<int64_t>(sizeof(float)) * room(shape, x[0]).floats();
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
  if (std::strcmp(type, "OverbatchPooledConvolution") == 0) return OfPooledConvolution(graph, operation, PooledConvolutionRoom::OfForward);
  if (std::strcmp(type, "OverbatchPooledConvolutionFilterGradient") == 0)
    return OfPooledConvolution(graph, operation, PooledConvolutionRoom::OfFilterGradient);
  if (std::strcmp(type, "OverbatchPooledConvolutionInputGradient") == 0)
    return OfPooledConvolution(graph, operation, PooledConvolutionRoom::OfInputGradient);
  return 0;
}

}  // namespace overbatch
