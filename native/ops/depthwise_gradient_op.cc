// The gradient of a depthwise convolution's filters, one a channel, as a TensorFlow op. oneDNN has a loop for filters of up to 3 × 3 in
// pictures no smaller; for all others it computes one of 16 × 16 channels (8 × 8 without AVX-512) in place of each, in as much memory and ten times as long
// (bench/NOTES.md, 2026-11-30).
#include <algorithm>
#include <utility>

#include "chunks.h"
#include "filter_attributes.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

/** Channels at a time: each is summed by itself in one order, so that the number of threads changes no bit. */
constexpr int64_t kBlock = 32;

/** Sums over so many points of two rows; one of a row by itself first, so that long sums lose no digits. */
OVERBATCH_WIDE void AddRow(const float* x, int64_t x_step, const float* dy, int64_t dy_step, int64_t points, int64_t channels, float* sums) {
  float own[kBlock] = {};
  if (channels == kBlock) {
    for (int64_t i = 0; i < points; i++, x += x_step, dy += dy_step) {
      for (int64_t c = 0; c < kBlock; c++) own[c] += x[c] * dy[c];
    }
  } else {
    for (int64_t i = 0; i < points; i++, x += x_step, dy += dy_step) {
      for (int64_t c = 0; c < channels; c++) own[c] += x[c] * dy[c];
    }
  }
  for (int64_t c = 0; c < channels; c++) sums[c] += own[c];
}

/** Points of a result along a side at which a place of the filter lies inside the picture: from, to. */
std::pair<int64_t, int64_t> Inside(int64_t place, int64_t size, int64_t out, int64_t stride, int64_t pad) {
  const int64_t from = std::max<int64_t>(0, ChunkCount(pad - place, stride));
  const int64_t to = size + pad - place <= 0 ? 0 : std::min(out, ChunkCount(size + pad - place, stride));
  return {from, to};
}

/** Of channels `begin` to begin + `channels` − 1. */
void FilterSlopes(const Convolution& shape, int64_t pictures, const float* x, const float* dy, int64_t begin, int64_t channels, float* to) {
  const int64_t all = shape.channels;
  for (int64_t i = 0; i < shape.filter_height; i++) {
    const auto rows = Inside(i, shape.height, shape.out_height, shape.stride_down, shape.pad_top);
    for (int64_t k = 0; k < shape.filter_width; k++) {
      const auto columns = Inside(k, shape.width, shape.out_width, shape.stride_across, shape.pad_left);
      float* const sums = to + (i * shape.filter_width + k) * all + begin;
      std::fill_n(sums, channels, 0.0f);
      if (columns.first >= columns.second) continue;
      for (int64_t n = 0; n < pictures; n++) {
        for (int64_t row = rows.first; row < rows.second; row++) {
          const int64_t from_row = n * shape.height + row * shape.stride_down - shape.pad_top + i;
          const int64_t from = from_row * shape.width + columns.first * shape.stride_across - shape.pad_left + k;
          const int64_t at = (n * shape.out_height + row) * shape.out_width + columns.first;
          AddRow(x + from * all + begin, shape.stride_across * all, dy + at * all + begin, all, columns.second - columns.first, channels, sums);
        }
      }
    }
  }
}

class DepthwiseFilterGradient : public OpKernel {
 public:
  explicit DepthwiseFilterGradient(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, ReadFilterAttributes(context, shape_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor& dy = context->input(1);
    OP_REQUIRES(context, x.dims() == 4 && dy.dims() == 4 && x.dim_size(0) == dy.dim_size(0) && x.dim_size(3) == dy.dim_size(3),
                absl::InvalidArgumentError("pictures " + x.shape().DebugString() + " and gradients " + dy.shape().DebugString() +
                                           " do not belong to one depthwise convolution"));
    Convolution shape = shape_;
    shape.height = x.dim_size(1);
    shape.width = x.dim_size(2);
    shape.channels = shape.filters = x.dim_size(3);
    shape.out_height = dy.dim_size(1);
    shape.out_width = dy.dim_size(2);
    Tensor* gradient = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({shape.filter_height, shape.filter_width, shape.channels, 1}), &gradient));
    const float* const pictures = x.flat<float>().data();
    const float* const slopes = dy.flat<float>().data();
    float* const to = gradient->flat<float>().data();
    const int64_t work = x.dim_size(0) * shape.out_points() * shape.places() * kBlock;
    ForEachChunk(context, ChunkCount(shape.channels, kBlock), work / kWorkPerByte, [&](int64_t chunk) {
      const int64_t begin = chunk * kBlock;
      FilterSlopes(shape, x.dim_size(0), pictures, slopes, begin, std::min(kBlock, shape.channels - begin), to);
    });
  }

 private:
  Convolution shape_{};
};

REGISTER_OP("OverbatchDepthwiseFilterGradient")
    .Input("x: float")
    .Input("dy: float")
    .Output("gradient: float")
    .OVERBATCH_FILTER_ATTRIBUTES
    .SetShapeFn([](InferenceContext* c) {
      ShapeHandle x;
      TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &x));
      int64_t height, width;
      TF_RETURN_IF_ERROR(c->GetAttr("filter_height", &height));
      TF_RETURN_IF_ERROR(c->GetAttr("filter_width", &width));
      c->set_output(0, c->MakeShape({c->MakeDim(height), c->MakeDim(width), c->Dim(x, 3), c->MakeDim(1)}));
      return absl::OkStatus();
    });

REGISTER_KERNEL_BUILDER(Name("OverbatchDepthwiseFilterGradient").Device(tensorflow::DEVICE_CPU), DepthwiseFilterGradient);

}  // namespace
}  // namespace overbatch
