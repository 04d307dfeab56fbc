// The gradient of a dense layer's weights, xᵀ · dy, as TensorFlow ops: by itself, and added to the sum of those before it while it still is in
// registers, so that nothing as large as the weights is allocated or passed over a second time. Both have the same bits as one after the other.
#include <algorithm>
#include <limits>

#include "chunks.h"
#include "filter_gradient.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::DT_FLOAT;
using tensorflow::DT_INT32;
using tensorflow::OpKernel;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::DimensionHandle;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

/** Parts that the channels are cut into: a few for each of many threads. Where there are few channels, the filters are cut too. */
constexpr int64_t kChannelParts = 16;
constexpr int64_t kFilterParts = 4;

/** A dense layer is a 1 × 1 convolution of pictures of one point: each sample is a pair with itself, and one sum takes all of them. */
class DenseGradient {
 public:
  DenseGradient(int64_t samples, int64_t channels, int64_t filters)
      : tile_(SumTile()),
        samples_(samples),
        channels_(channels),
        filters_(filters),
        channel_panels_(ChunkCount(channels, tile_.channels)),
        filter_panels_(ChunkCount(filters, tile_.filters)) {}

  int64_t panel_floats() const { return picture_floats() + samples_ * filter_panels_ * tile_.filters; }
  int64_t pair_numbers() const { return 2 * samples_; }

  void Run(OpKernelContext* context, const float* x, const float* dy, bool accumulates, float* to, float* panels, int32_t* pairs) const {
    for (int64_t sample = 0; sample < samples_; sample++) pairs[2 * sample] = pairs[2 * sample + 1] = static_cast<int32_t>(sample);
    tile_.pack_picture(x, samples_, channels_, samples_ * tile_.channels, panels);
    tile_.pack_output(dy, samples_, filters_, samples_ * tile_.filters, panels + picture_floats());
    const int64_t channel_parts = std::min(channel_panels_, kChannelParts);
    const int64_t filter_parts = channel_parts < kChannelParts ? std::min(filter_panels_, kFilterParts) : 1;
    const int64_t work = samples_ * channels_ * filters_ / (channel_parts * filter_parts) / kWorkPerByte;
    // All filters of a few channels after one another: their rows of the result are passed over once, and from front to end.
    ForEachChunk(context, channel_parts * filter_parts, work, [&](int64_t chunk) {
      const int64_t channels = chunk / filter_parts, filters = chunk % filter_parts;
      for (int64_t i = channel_panels_ * channels / channel_parts; i < channel_panels_ * (channels + 1) / channel_parts; i++) {
        for (int64_t k = filter_panels_ * filters / filter_parts; k < filter_panels_ * (filters + 1) / filter_parts; k++) {
          const int64_t channel = i * tile_.channels, filter = k * tile_.filters;
          tile_.add(panels + i * samples_ * tile_.channels, panels + picture_floats() + k * samples_ * tile_.filters, pairs, samples_,
                    !accumulates, to + channel * filters_ + filter, filters_, std::min(tile_.channels, channels_ - channel),
                    std::min(tile_.filters, filters_ - filter));
        }
      }
    });
  }

 private:
  int64_t picture_floats() const { return samples_ * channel_panels_ * tile_.channels; }

  const FilterGradientTile& tile_;
  const int64_t samples_, channels_, filters_, channel_panels_, filter_panels_;
};

/** {x, dy}, or {sum, x, dy}, whose sum is spent. */
class DenseGradientOp : public OpKernel {
 public:
  using OpKernel::OpKernel;

  void Compute(OpKernelContext* context) override {
    const bool accumulates = num_inputs() == 3;
    const Tensor& x = context->input(num_inputs() - 2);
    const Tensor& dy = context->input(num_inputs() - 1);
    OP_REQUIRES(context, x.dims() == 2 && dy.dims() == 2 && x.dim_size(0) == dy.dim_size(0),
                absl::InvalidArgumentError("samples " + x.shape().DebugString() + " and gradients " + dy.shape().DebugString() +
                                           " do not belong to one layer"));
    OP_REQUIRES(context, x.dim_size(0) <= std::numeric_limits<int32_t>::max(),
                absl::InvalidArgumentError("more samples than can be counted"));
    const TensorShape weights({x.dim_size(1), dy.dim_size(1)});
    Tensor gradient;
    if (accumulates) {
      // The result is the same memory: whoever holds the sum given sees the new one there.
      gradient = context->input(0);
      OP_REQUIRES(context, gradient.shape() == weights,
                  absl::InvalidArgumentError("a gradient of shape " + weights.DebugString() + " was added to a sum of shape " +
                                             gradient.shape().DebugString()));
    } else {
      OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, weights, &gradient));
      if (x.dim_size(0) == 0) std::fill_n(gradient.flat<float>().data(), gradient.NumElements(), 0.0f);
    }
    if (x.dim_size(0) > 0 && weights.num_elements() > 0) {
      const DenseGradient job(x.dim_size(0), x.dim_size(1), dy.dim_size(1));
      Tensor panels, pairs;
      OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, TensorShape({job.panel_floats()}), &panels));
      OP_REQUIRES_OK(context, context->allocate_temp(DT_INT32, TensorShape({job.pair_numbers()}), &pairs));
      job.Run(context, x.flat<float>().data(), dy.flat<float>().data(), accumulates, gradient.flat<float>().data(),
              panels.flat<float>().data(), pairs.flat<int32_t>().data());
    }
    context->set_output(0, gradient);
  }
};

absl::Status ShapeOfWeights(InferenceContext* c) {
  ShapeHandle x, dy;
  TF_RETURN_IF_ERROR(c->WithRank(c->input(c->num_inputs() - 2), 2, &x));
  TF_RETURN_IF_ERROR(c->WithRank(c->input(c->num_inputs() - 1), 2, &dy));
  DimensionHandle samples;
  TF_RETURN_IF_ERROR(c->Merge(c->Dim(x, 0), c->Dim(dy, 0), &samples));
  ShapeHandle weights = c->Matrix(c->Dim(x, 1), c->Dim(dy, 1));
  if (c->num_inputs() == 3) TF_RETURN_IF_ERROR(c->Merge(c->input(0), weights, &weights));
  c->set_output(0, weights);
  return absl::OkStatus();
}

REGISTER_OP("OverbatchDenseGradient").Input("x: float").Input("dy: float").Output("gradient: float").SetShapeFn(ShapeOfWeights);

// Stateful, as OverbatchAccumulate is: TensorFlow must neither merge two of them nor leave one out.
REGISTER_OP("OverbatchAccumulateDenseGradient")
    .Input("sum: float")
    .Input("x: float")
    .Input("dy: float")
    .Output("result: float")
    .SetIsStateful()
    .SetShapeFn(ShapeOfWeights);

REGISTER_KERNEL_BUILDER(Name("OverbatchDenseGradient").Device(tensorflow::DEVICE_CPU), DenseGradientOp);
REGISTER_KERNEL_BUILDER(Name("OverbatchAccumulateDenseGradient").Device(tensorflow::DEVICE_CPU), DenseGradientOp);

}  // namespace
}  // namespace overbatch
