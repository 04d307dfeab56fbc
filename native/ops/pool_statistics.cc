// One micro-batch's mean and variance added to those of the micro-batches before it, by Chan, Golub and LeVeque (1979): one op a layer
// instead of a dozen.
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_kernel.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;

REGISTER_OP("OverbatchPoolStatistics")
    .Input("mean: float")
    .Input("squares: float")
    .Input("samples: float")
    .Input("piece_mean: float")
    .Input("piece_variance: float")
    .Output("new_mean: float")
    .Output("new_squares: float")
    .Attr("positions: float")
    .Attr("count: float")
    .SetShapeFn([](tensorflow::shape_inference::InferenceContext* c) {
      for (int i = 0; i < 2; i++) c->set_output(i, c->input(0));
      return absl::OkStatus();
    });

class PoolStatistics : public OpKernel {
 public:
  explicit PoolStatistics(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("positions", &positions_));
    OP_REQUIRES_OK(context, context->GetAttr("count", &count_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& mean = context->input(0);
    for (int i : {1, 3, 4}) {
      OP_REQUIRES(context, context->input(i).shape() == mean.shape(), absl::InvalidArgumentError("statistics of different layers were pooled"));
    }
    OP_REQUIRES(context, context->input(2).NumElements() == 1, absl::InvalidArgumentError("the samples seen are one number"));
    Tensor *new_mean, *new_squares;
    OP_REQUIRES_OK(context, context->allocate_output(0, mean.shape(), &new_mean));
    OP_REQUIRES_OK(context, context->allocate_output(1, mean.shape(), &new_squares));
    const auto of = [&](int input) { return context->input(input).flat<float>().data(); };
    const double before = static_cast<double>(of(2)[0]) * positions_;
    const double share = count_ / (before + count_);
    for (int64_t c = 0; c < mean.NumElements(); c++) {
      const double delta = static_cast<double>(of(3)[c]) - of(0)[c];
      new_mean->flat<float>()(c) = static_cast<float>(of(0)[c] + delta * share);
      new_squares->flat<float>()(c) = static_cast<float>(of(1)[c] + static_cast<double>(of(4)[c]) * count_ + delta * delta * before * share);
    }
  }

 private:
  float positions_ = 0;
  float count_ = 0;
};

REGISTER_KERNEL_BUILDER(Name("OverbatchPoolStatistics").Device(tensorflow::DEVICE_CPU), PoolStatistics);

}  // namespace
}  // namespace overbatch
