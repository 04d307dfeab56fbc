// The gradient of batch_norm.cc's ops, in the memory of dy and y where nobody else reads them again.
#include <vector>

#include "batch_norm.h"
#include "chunks.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::InferenceContext;

// Where an activation shut, the gradient is 0; it is found again from x.
REGISTER_OP("OverbatchBatchNormGrad")
    .Input("dy: float")
    .Input("x: float")
    .Input("scale: float")
    .Input("offset: float")
    .Input("mean: float")
    .Input("inverse: float")
    .Output("dx: float")
    .Output("dscale: float")
    .Output("doffset: float")
    .Attr(kActivationAttribute)
    .SetShapeFn([](InferenceContext* c) {
      c->set_output(0, c->input(0));
      for (int i = 1; i < 3; i++) c->set_output(i, c->input(2));
      return absl::OkStatus();
    });

// With a sum in front of the activation x does not tell: the output does.
REGISTER_OP("OverbatchBatchNormAddGrad")
    .Input("dy: float")
    .Input("x: float")
    .Input("scale: float")
    .Input("y: float")
    .Input("mean: float")
    .Input("inverse: float")
    .Output("dx: float")
    .Output("dscale: float")
    .Output("doffset: float")
    .Output("dside: float")
    .Attr(kActivationAttribute)
    .SetShapeFn([](InferenceContext* c) {
      for (int i : {0, 3}) c->set_output(i, c->input(0));
      for (int i : {1, 2}) c->set_output(i, c->input(2));
      return absl::OkStatus();
    });

template <bool kAdds>
class BatchNormGrad : public BatchNormKernel {
 public:
  using BatchNormKernel::BatchNormKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(1);
    OP_REQUIRES_OK(context, CheckShapes(context, kAdds ? std::vector<int>{1, 3} : std::vector<int>{1},
                                        kAdds ? std::vector<int>{2, 4, 5} : std::vector<int>{2, 3, 4, 5}));
    const ChannelRows walk = RowsOf(x);
    const int64_t channels = walk.channels();
    const float* const slopes = context->input(0).template flat<float>().data();
    const float* const values = x.flat<float>().data();
    const float* const outputs = kAdds ? context->input(3).template flat<float>().data() : nullptr;
    Tensor *dx, *dscale, *doffset, *dside = nullptr;
    if (kAdds) {
      OP_REQUIRES_OK(context, context->forward_input_or_allocate_output({0}, 3, x.shape(), &dside));
      OP_REQUIRES_OK(context, context->forward_input_or_allocate_output({3}, 0, x.shape(), &dx));
    } else {
      OP_REQUIRES_OK(context, context->forward_input_or_allocate_output({0}, 0, x.shape(), &dx));
    }
    OP_REQUIRES_OK(context, context->allocate_output(1, TensorShape({channels}), &dscale));
    OP_REQUIRES_OK(context, context->allocate_output(2, TensorShape({channels}), &doffset));

    PerChannel per(context, walk, 5);
    OP_REQUIRES_OK(context, per.status());
    const auto at = [&](int input, int64_t c) { return context->input(input).template flat<float>()(c); };
    for (int64_t c = 0; c < channels; c++) {
      per.of(0)[c] = at(4, c);
      per.of(1)[c] = at(5, c) * at(2, c);
      per.of(2)[c] = kAdds ? 0.0f : at(3, c);
    }
    per.Repeat();
    const Normalization normalization{per.of(0), per.of(1), per.of(2)};

    Tensor sums;
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({walk.chunks(), 2, channels}), &sums));
    float* const of_chunks = sums.flat<float>().data();
    float* const masked = kAdds ? dside->flat<float>().data() : nullptr;
    ForEachChunk(context, walk.chunks(), 2 * walk.bytes_per_chunk(), [&](int64_t chunk) {
      float* const own = of_chunks + chunk * 2 * channels;
      const int64_t begin = walk.begin(chunk);
      const bool folds = walk.run() > channels;
      float sum_lanes[kRun], product_lanes[kRun];
      float* const sum = folds ? sum_lanes : own;
      float* const product = folds ? product_lanes : own + channels;
      std::fill(sum, sum + walk.run(), 0.0f);
      std::fill(product, product + walk.run(), 0.0f);
      if (kAdds) {
        AddSlopesOf(slopes + begin, values + begin, outputs + begin, walk.values_in(chunk), walk.run(), normalization.mean, bounds(),
                    masked + begin, sum, product);
      } else {
        AddSlopes(slopes + begin, values + begin, walk.values_in(chunk), walk.run(), normalization, bounds(), sum, product);
      }
      if (!folds) return;
      walk.Fold(sum_lanes, own);
      walk.Fold(product_lanes, own + channels);
    });

    const double rows = static_cast<double>(walk.rows());
    std::vector<double> slope(channels, 0.0), product(channels, 0.0);
    for (int64_t chunk = 0; chunk < walk.chunks(); chunk++) {
      const float* const own = of_chunks + chunk * 2 * channels;
      for (int64_t c = 0; c < channels; c++) {
        slope[c] += own[c];
        product[c] += own[channels + c];
      }
    }
    for (int64_t c = 0; c < channels; c++) {
      const double inverse = at(5, c), factor = per.of(1)[c];
      doffset->flat<float>()(c) = static_cast<float>(slope[c]);
      dscale->flat<float>()(c) = static_cast<float>(product[c] * inverse);
      per.of(3)[c] = static_cast<float>(factor * slope[c] / rows);
      per.of(4)[c] = static_cast<float>(factor * inverse * inverse * product[c] / rows);
    }
    per.Repeat();
    const float* const from = kAdds ? masked : slopes;
    const Bounds& open = kAdds ? kNoBounds : bounds();
    float* const to = dx->flat<float>().data();
    ForEachChunk(context, walk.chunks(), 3 * walk.bytes_per_chunk(), [&](int64_t chunk) {
      const int64_t begin = walk.begin(chunk);
      InputSlopes(from + begin, values + begin, walk.values_in(chunk), walk.run(), normalization, open, per.of(3), per.of(4), to + begin);
    });
  }
};

REGISTER_KERNEL_BUILDER(Name("OverbatchBatchNormGrad").Device(tensorflow::DEVICE_CPU), BatchNormGrad<false>);
REGISTER_KERNEL_BUILDER(Name("OverbatchBatchNormAddGrad").Device(tensorflow::DEVICE_CPU), BatchNormGrad<true>);

}  // namespace
}  // namespace overbatch
