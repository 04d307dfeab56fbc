// Batch normalization in training (Ioffe and Szegedy 2015) with what follows it in one op: the sum of a skip connection, ReLU or ReLU6.
// Mean and squares of each chunk in two passes, chunks pooled by Chan, Golub and LeVeque (1979) in their order: sums of squares would cancel.
#include "batch_norm.h"

#include <cmath>
#include <vector>

#include "chunks.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::InferenceContext;

absl::Status Shapes(InferenceContext* c) {
  c->set_output(0, c->input(0));
  for (int i = 1; i < 4; i++) c->set_output(i, c->input(1));
  return absl::OkStatus();
}

REGISTER_OP("OverbatchBatchNorm")
    .Input("x: float")
    .Input("scale: float")
    .Input("offset: float")
    .Output("y: float")
    .Output("mean: float")
    .Output("variance: float")
    .Output("inverse: float")
    .Attr("epsilon: float")
    .Attr(kActivationAttribute)
    .SetShapeFn(Shapes);

REGISTER_OP("OverbatchBatchNormAdd")
    .Input("x: float")
    .Input("scale: float")
    .Input("offset: float")
    .Input("side: float")
    .Output("y: float")
    .Output("mean: float")
    .Output("variance: float")
    .Output("inverse: float")
    .Attr("epsilon: float")
    .Attr(kActivationAttribute)
    .SetShapeFn(Shapes);

/** Mean [C] of a chunk and squares of the deviations from it [C]. */
void ChunkMoments(const ChannelRows& walk, int64_t chunk, const float* x, float* mean, float* squares) {
  float sums[kRun], means[kRun];
  const bool folds = walk.run() > walk.channels();
  float* const into = folds ? sums : mean;
  std::fill(into, into + walk.run(), 0.0f);
  AddRuns(x, walk.values_in(chunk), walk.run(), into);
  if (folds) walk.Fold(sums, mean);
  const float rows = static_cast<float>(walk.rows_in(chunk));
  for (int64_t c = 0; c < walk.channels(); c++) mean[c] /= rows;
  float* const squared = folds ? sums : squares;
  std::fill(squared, squared + walk.run(), 0.0f);
  if (folds) walk.Repeat(mean, means);
  AddSquares(x, walk.values_in(chunk), walk.run(), folds ? means : mean, squared);
  if (folds) walk.Fold(sums, squares);
}

class BatchNorm : public BatchNormKernel {
 public:
  explicit BatchNorm(OpKernelConstruction* context) : BatchNormKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("epsilon", &epsilon_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor* const side = context->num_inputs() > 3 ? &context->input(3) : nullptr;
    OP_REQUIRES_OK(context, CheckShapes(context, side != nullptr ? std::vector<int>{3} : std::vector<int>{}, {1, 2}));
    const ChannelRows walk = RowsOf(x);
    const int64_t channels = walk.channels();
    Tensor *y, *mean, *variance, *inverse;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &y));
    OP_REQUIRES_OK(context, context->allocate_output(1, TensorShape({channels}), &mean));
    OP_REQUIRES_OK(context, context->allocate_output(2, TensorShape({channels}), &variance));
    OP_REQUIRES_OK(context, context->allocate_output(3, TensorShape({channels}), &inverse));

    Tensor moments;
    OP_REQUIRES_OK(context, context->allocate_temp(tensorflow::DT_FLOAT, TensorShape({walk.chunks(), 2, channels}), &moments));
    float* const of_chunks = moments.flat<float>().data();
    const float* const from = x.flat<float>().data();
    ForEachChunk(context, walk.chunks(), walk.bytes_per_chunk(), [&](int64_t chunk) {
      float* const own = of_chunks + chunk * 2 * channels;
      ChunkMoments(walk, chunk, from + walk.begin(chunk), own, own + channels);
    });
    Pool(walk, of_chunks, mean->flat<float>().data(), variance->flat<float>().data());

    PerChannel per(context, walk, 3);
    OP_REQUIRES_OK(context, per.status());
    for (int64_t c = 0; c < channels; c++) {
      const float root = 1.0f / std::sqrt(variance->flat<float>()(c) + epsilon_);
      inverse->flat<float>()(c) = root;
      per.of(0)[c] = mean->flat<float>()(c);
      per.of(1)[c] = root * context->input(1).flat<float>()(c);
      per.of(2)[c] = context->input(2).flat<float>()(c);
    }
    per.Repeat();
    const Normalization normalization{per.of(0), per.of(1), per.of(2)};
    float* const to = y->flat<float>().data();
    ForEachChunk(context, walk.chunks(), 2 * walk.bytes_per_chunk(), [&](int64_t chunk) {
      const int64_t at = walk.begin(chunk);
      if (side != nullptr) {
        NormalizeAndAdd(from + at, side->flat<float>().data() + at, walk.values_in(chunk), walk.run(), normalization, bounds(), to + at);
      } else {
        Normalize(from + at, walk.values_in(chunk), walk.run(), normalization, bounds(), to + at);
      }
    });
  }

 private:
  static void Pool(const ChannelRows& walk, const float* of_chunks, float* mean, float* variance) {
    const int64_t channels = walk.channels();
    const double rows = static_cast<double>(walk.rows());
    std::vector<double> sums(channels, 0.0), squares(channels, 0.0);
    for (int64_t chunk = 0; chunk < walk.chunks(); chunk++) {
      const float* const own = of_chunks + chunk * 2 * channels;
      const double weight = static_cast<double>(walk.rows_in(chunk));
      for (int64_t c = 0; c < channels; c++) sums[c] += weight * own[c];
    }
    for (int64_t c = 0; c < channels; c++) sums[c] /= rows;
    for (int64_t chunk = 0; chunk < walk.chunks(); chunk++) {
      const float* const own = of_chunks + chunk * 2 * channels;
      const double weight = static_cast<double>(walk.rows_in(chunk));
      for (int64_t c = 0; c < channels; c++) {
        const double off = own[c] - sums[c];
        squares[c] += own[channels + c] + weight * off * off;
      }
    }
    for (int64_t c = 0; c < channels; c++) {
      mean[c] = static_cast<float>(sums[c]);
      variance[c] = static_cast<float>(squares[c] / rows);
    }
  }

  float epsilon_ = 0;
};

REGISTER_KERNEL_BUILDER(Name("OverbatchBatchNorm").Device(tensorflow::DEVICE_CPU), BatchNorm);
REGISTER_KERNEL_BUILDER(Name("OverbatchBatchNormAdd").Device(tensorflow::DEVICE_CPU), BatchNorm);

}  // namespace
}  // namespace overbatch
