// Convolutions and the gradients of their inputs as TensorFlow ops: shapes, memory and threads; gathered_product.cc computes.
// bench/NOTES.md, 2026-11-29, says where oneDNN's take longer.
#include <algorithm>
#include <iterator>
#include <limits>
#include <new>

#include "chunks.h"
#include "gathered_product.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::DT_FLOAT;
using tensorflow::DT_INT32;
using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

/** Parts that the work is cut into at least, if it has so many tiles: a few for each of many threads. */
constexpr int64_t kParts = 32;

/** Every part writes values of its own: the number of threads changes no bit. */
class Job {
 public:
  Job(const Convolution& shape, int64_t pictures, Direction direction, int32_t* points)
      : shape_(shape),
        direction_(direction),
        tile_(ProductTile()),
        points_(points),
        gathering_(Gather(shape, pictures, direction, points)),
        panels_(ChunkCount(gathering_.columns, tile_.columns)) {
    for (const Reach& reach : gathering_.reaches) tiles_ += ChunkCount(reach.end - reach.begin, tile_.points);
    parts_ = std::min(tiles_, ChunkCount(kParts, panels_));
  }

  int64_t panel_floats() const { return shape_.places() * gathering_.depth * tile_.columns; }
  int64_t packed_floats() const { return panels_ * panel_floats(); }

  void Run(OpKernelContext* context, const float* input, const float* weights, float* packed, float* to) const {
    // A panel that one part alone needs is packed by it, and so still near when it computes.
    const bool packs_first = parts_ > 1;
    if (packs_first) {
      ForEachChunk(context, panels_, 2 * sizeof(float) * panel_floats(), [&](int64_t panel) { Pack(panel, weights, packed); });
    }
    const int64_t work = tiles_ * tile_.points * panel_floats();
    ForEachChunk(context, panels_ * parts_, work / parts_ / kWorkPerByte, [&](int64_t part) {
      const int64_t panel = part / parts_;
      if (!packs_first) Pack(panel, weights, packed);
      const int64_t first = tiles_ * (part % parts_) / parts_;
      const int64_t last = tiles_ * (part % parts_ + 1) / parts_;
      Compute(panel, first, last, input, packed, to);
    });
  }

 private:
  void Pack(int64_t panel, const float* weights, float* packed) const {
    const bool is_forward = direction_ == Direction::kForward;
    for (int64_t place = 0; place < shape_.places(); place++) {
      const int64_t row = (is_forward ? place : shape_.places() - 1 - place) * gathering_.depth;
      (is_forward ? tile_.pack : tile_.pack_transposed)(weights + place * shape_.channels * shape_.filters, gathering_.depth,
                                                        gathering_.columns, panel * tile_.columns,
                                                        packed + panel * panel_floats() + row * tile_.columns);
    }
  }

  /** Tiles [first, last), counted over all reaches. */
  void Compute(int64_t panel, int64_t first, int64_t last, const float* input, const float* packed, float* to) const {
    const int64_t column = panel * tile_.columns;
    int64_t before = 0;
    for (const Reach& reach : gathering_.reaches) {
      const int64_t tiles = ChunkCount(reach.end - reach.begin, tile_.points);
      const int64_t end = std::min(last - before, tiles);
      for (int64_t tile = std::max<int64_t>(first - before, 0); tile < end; tile++) {
        const int64_t point = reach.begin + tile * tile_.points;
        tile_.compute(input, gathering_.depth, points_ + 2 * point, std::min(tile_.points, reach.end - point), reach.segments.data(),
                      static_cast<int64_t>(reach.segments.size()), packed + panel * panel_floats(), to + column, gathering_.columns,
                      std::min(tile_.columns, gathering_.columns - column));
      }
      before += tiles;
    }
  }

  const Convolution& shape_;
  const Direction direction_;
  const GatheredProductTile& tile_;
  const int32_t* const points_;
  const Gathering gathering_;
  const int64_t panels_;
  /** Of a panel. */
  int64_t tiles_ = 0;
  int64_t parts_;
};

/** What the inputs' shapes do not say. `height` and `width`: of the convolution's output, of its picture in the other direction. */
constexpr const char* kAttributes[] = {"height", "width", "stride_down", "stride_across", "pad_top", "pad_left"};

/** (picture or gradient of the output, filter) → the other side of the convolution. */
template <Direction direction>
class ConvolutionOp : public OpKernel {
 public:
  explicit ConvolutionOp(OpKernelConstruction* context) : OpKernel(context) {
    int64_t* const values[] = {&height_, &width_, &shape_.stride_down, &shape_.stride_across, &shape_.pad_top, &shape_.pad_left};
    for (size_t i = 0; i < std::size(kAttributes); i++) {
      OP_REQUIRES_OK(context, context->GetAttr(kAttributes[i], values[i]));
    }
  }

  void Compute(OpKernelContext* context) override {
    constexpr bool is_forward = direction == Direction::kForward;
    const Tensor& input = context->input(0);
    const Tensor& filter = context->input(1);
    OP_REQUIRES(context, input.dims() == 4 && filter.dims() == 4 && input.dim_size(3) == filter.dim_size(is_forward ? 2 : 3),
                absl::InvalidArgumentError("values " + input.shape().DebugString() + " and filters " + filter.shape().DebugString() +
                                           " do not belong to one convolution"));
    Convolution shape = shape_;
    if (is_forward) {
      shape.height = input.dim_size(1);
      shape.width = input.dim_size(2);
      shape.out_height = height_;
      shape.out_width = width_;
    } else {
      shape.out_height = input.dim_size(1);
      shape.out_width = input.dim_size(2);
      shape.height = height_;
      shape.width = width_;
    }
    shape.filter_height = filter.dim_size(0);
    shape.filter_width = filter.dim_size(1);
    shape.channels = filter.dim_size(2);
    shape.filters = filter.dim_size(3);
    const int64_t pictures = input.dim_size(0);
    OP_REQUIRES(context, pictures * std::max(shape.points(), shape.out_points()) <= std::numeric_limits<int32_t>::max(),
                absl::InvalidArgumentError("more points than can be counted"));
    Tensor* output = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, {pictures, height_, width_, filter.dim_size(is_forward ? 3 : 2)}, &output));
    if (output->NumElements() == 0) return;
    try {
      ComputeInto(context, shape, pictures, output->flat<float>().data());
    } catch (const std::bad_alloc&) {
      context->CtxFailure(absl::ResourceExhaustedError("OOM when allocating the lists of a convolution"));
    }
  }

 private:
  void ComputeInto(OpKernelContext* context, const Convolution& shape, int64_t pictures, float* to) {
    Tensor points, packed;
    OP_REQUIRES_OK(context, context->allocate_temp(DT_INT32, TensorShape({2 * pictures * height_ * width_}), &points));
    const Job job(shape, pictures, direction, points.flat<int32_t>().data());
    OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, TensorShape({job.packed_floats()}), &packed));
    job.Run(context, context->input(0).flat<float>().data(), context->input(1).flat<float>().data(), packed.flat<float>().data(), to);
  }

  Convolution shape_{};
  int64_t height_, width_;
};

/** @param columns the filter's dimension that the result's last one is */
template <int columns>
absl::Status ShapeOf(InferenceContext* c) {
  ShapeHandle input, filter;
  TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &input));
  TF_RETURN_IF_ERROR(c->WithRank(c->input(1), 4, &filter));
  int64_t height, width;
  TF_RETURN_IF_ERROR(c->GetAttr("height", &height));
  TF_RETURN_IF_ERROR(c->GetAttr("width", &width));
  c->set_output(0, c->MakeShape({c->Dim(input, 0), c->MakeDim(height), c->MakeDim(width), c->Dim(filter, columns)}));
  return absl::OkStatus();
}

#define OVERBATCH_CONVOLUTION(NAME, DIRECTION, COLUMNS)        \
  REGISTER_OP(NAME)                                            \
      .Input("input: float")                                   \
      .Input("filter: float")                                  \
      .Output("output: float")                                 \
      .Attr("height: int >= 0")                                \
      .Attr("width: int >= 0")                                 \
      .Attr("stride_down: int >= 1")                           \
      .Attr("stride_across: int >= 1")                         \
      .Attr("pad_top: int >= 0")                               \
      .Attr("pad_left: int >= 0")                              \
      .SetShapeFn(ShapeOf<COLUMNS>);                           \
  REGISTER_KERNEL_BUILDER(Name(NAME).Device(tensorflow::DEVICE_CPU), ConvolutionOp<DIRECTION>)

OVERBATCH_CONVOLUTION("OverbatchConvolution", Direction::kForward, 3);
OVERBATCH_CONVOLUTION("OverbatchInputGradient", Direction::kBackward, 2);
#undef OVERBATCH_CONVOLUTION

}  // namespace
}  // namespace overbatch
