// A gradient added to the sum of those before it, in the sum's own memory: nothing as large as the weights is allocated a second time.
#include "chunks.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;

constexpr int64_t kChunk = 16 * 1024;

OVERBATCH_WIDE void AddTo(float* __restrict sum, const float* __restrict values, int64_t count) {
  for (int64_t i = 0; i < count; i++) sum[i] += values[i];
}

// Stateful, though it keeps nothing itself: TensorFlow must neither merge two of them nor leave one out.
REGISTER_OP("OverbatchAccumulate")
    .Input("sum: float")
    .Input("gradient: float")
    .Output("result: float")
    .SetIsStateful()
    .SetShapeFn([](tensorflow::shape_inference::InferenceContext* c) {
      tensorflow::shape_inference::ShapeHandle shape;
      TF_RETURN_IF_ERROR(c->Merge(c->input(0), c->input(1), &shape));
      c->set_output(0, shape);
      return absl::OkStatus();
    });

class Accumulate : public OpKernel {
 public:
  using OpKernel::OpKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& sum = context->input(0);
    const Tensor& gradient = context->input(1);
    OP_REQUIRES(context, sum.shape() == gradient.shape(),
                absl::InvalidArgumentError("a gradient of shape " + gradient.shape().DebugString() + " was added to a sum of shape " +
                                           sum.shape().DebugString()));
    // The result is the same memory: whoever holds the sum given sees the new one there.
    Tensor result = sum;
    float* const to = result.flat<float>().data();
    const float* const from = gradient.flat<float>().data();
    const int64_t count = result.NumElements();
    ForEachChunk(context, ChunkCount(count, kChunk), 3 * sizeof(float) * kChunk, [&](int64_t chunk) {
      const int64_t begin = chunk * kChunk;
      AddTo(to + begin, from + begin, std::min(kChunk, count - begin));
    });
    context->set_output(0, result);
  }
};

REGISTER_KERNEL_BUILDER(Name("OverbatchAccumulate").Device(tensorflow::DEVICE_CPU), Accumulate);

}  // namespace
}  // namespace overbatch
