// The pooled convolution as TensorFlow ops: shapes, memory and threads; pooled_convolution.cc computes.
#include <algorithm>
#include <string>

#include "chunks.h"
#include "pooled_convolution_room.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/shape_inference.h"

namespace overbatch {
namespace {

using tensorflow::DT_FLOAT;
using tensorflow::DT_UINT8;
using tensorflow::OpKernel;
using tensorflow::OpKernelConstruction;
using tensorflow::OpKernelContext;
using tensorflow::Tensor;
using tensorflow::TensorShape;
using tensorflow::shape_inference::InferenceContext;
using tensorflow::shape_inference::ShapeHandle;

template <typename Work>
void ForEach(OpKernelContext* context, const PooledConvolution& shape, const PictureChunks& chunks, const Work& work) {
  ForEachChunk(context, chunks.count, chunks.pictures * shape.work() / chunks.count / kWorkPerByte, work);
}

class PooledConvolutionKernel : public OpKernel {
 public:
  explicit PooledConvolutionKernel(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("padding", &padding_));
  }

 protected:
  PooledConvolution Shape(const TensorShape& x, const TensorShape& filters) const {
    return PooledConvolutionOf(x.dim_size(1), x.dim_size(2), x.dim_size(3), filters.dim_size(0), filters.dim_size(1), filters.dim_size(3),
                               padding_);
  }

  static absl::Status CheckGradient(const PooledConvolution& shape, const Tensor& x, const Tensor& dy, const Tensor& codes) {
    const TensorShape pooled({x.dim_size(0), shape.pooled_height(), shape.pooled_width(), shape.filters});
    if (dy.shape() == pooled && codes.shape() == pooled) return absl::OkStatus();
    return absl::InvalidArgumentError("a pooled convolution gives " + pooled.DebugString() + "; its gradient came as " +
                                      dy.shape().DebugString() + " with codes " + codes.shape().DebugString());
  }

  /** Floats that are gone when the op is done. */
  static float* Scratch(OpKernelContext* context, int64_t floats, Tensor* holder) {
    const auto status = context->allocate_temp(DT_FLOAT, TensorShape({floats}), holder);
    if (!status.ok()) {
      context->CtxFailure(status);
      return nullptr;
    }
    return holder->flat<float>().data();
  }

 private:
  std::string padding_;
};

class Forward : public PooledConvolutionKernel {
 public:
  using PooledConvolutionKernel::PooledConvolutionKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor& filters = context->input(1);
    const Tensor& bias = context->input(2);
    OP_REQUIRES(context, filters.dim_size(2) == x.dim_size(3) && bias.NumElements() == filters.dim_size(3),
                absl::InvalidArgumentError("filters " + filters.shape().DebugString() + " and bias " + bias.shape().DebugString() +
                                           " do not belong to pictures " + x.shape().DebugString()));
    const PooledConvolution shape = Shape(x.shape(), filters.shape());
    const PooledConvolutionRoom room = PooledConvolutionRoom::OfForward(shape, x.dim_size(0));
    const PictureChunks& chunks = room.chunks;
    Tensor* y = nullptr;
    Tensor* codes = nullptr;
    const TensorShape pooled({x.dim_size(0), shape.pooled_height(), shape.pooled_width(), shape.filters});
    OP_REQUIRES_OK(context, context->allocate_output(0, pooled, &y));
    OP_REQUIRES_OK(context, context->allocate_output(1, pooled, &codes));
    Tensor holder;
    float* const packed = Scratch(context, room.floats(), &holder);
    if (packed == nullptr) return;
    float* const padded_bias = packed + shape.packed_values();
    float* const scratches = packed + room.shared;
    PackFilters(shape, filters.flat<float>().data(), packed);
    std::fill(std::copy_n(bias.flat<float>().data(), shape.filters, padded_bias), scratches, 0.0f);
    const float* const from = x.flat<float>().data();
    float* const to = y->flat<float>().data();
    uint8_t* const to_codes = codes->flat<uint8_t>().data();
    ForEach(context, shape, chunks, [&](int64_t chunk) {
      for (int64_t i = chunks.begin(chunk); i < chunks.begin(chunk + 1); i++) {
        Passes().forward(shape, from + i * shape.values(), packed, padded_bias, to + i * shape.pooled_values(),
                         to_codes + i * shape.pooled_values(), scratches + chunk * room.each);
      }
    });
  }
};

class FilterGradient : public PooledConvolutionKernel {
 public:
  using PooledConvolutionKernel::PooledConvolutionKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor& filters = context->input(1);
    const Tensor& dy = context->input(2);
    const Tensor& codes = context->input(3);
    const PooledConvolution shape = Shape(x.shape(), filters.shape());
    OP_REQUIRES_OK(context, CheckGradient(shape, x, dy, codes));
    const int64_t turned = shape.turned_values();
    const int64_t sums = PooledConvolutionRoom::Sums(shape);
    const PooledConvolutionRoom room = PooledConvolutionRoom::OfFilterGradient(shape, x.dim_size(0));
    const PictureChunks& chunks = room.chunks;
    Tensor* filter_slope = nullptr;
    Tensor* bias_slope = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, filters.shape(), &filter_slope));
    OP_REQUIRES_OK(context, context->allocate_output(1, TensorShape({shape.filters}), &bias_slope));
    Tensor holder;
    float* const all = Scratch(context, room.floats(), &holder);
    if (all == nullptr) return;
    const float* const from = x.flat<float>().data();
    const float* const slopes = dy.flat<float>().data();
    const uint8_t* const from_codes = codes.flat<uint8_t>().data();
    ForEach(context, shape, chunks, [&](int64_t chunk) {
      const int64_t begin = chunks.begin(chunk);
      float* const own = all + chunk * room.each;
      std::fill(own, own + sums, 0.0f);
      Passes().filter_gradient(shape, chunks.begin(chunk + 1) - begin, from + begin * shape.values(), slopes + begin * shape.pooled_values(),
                               from_codes + begin * shape.pooled_values(), own, own + turned, own + sums);
    });
    for (int64_t chunk = 1; chunk < chunks.count; chunk++) {
      const float* const other = all + chunk * room.each;
      for (int64_t i = 0; i < sums; i++) all[i] += other[i];
    }
    TurnBack(shape, all, filter_slope->flat<float>().data());
    std::copy_n(all + turned, shape.filters, bias_slope->flat<float>().data());
  }
};

class InputGradient : public PooledConvolutionKernel {
 public:
  using PooledConvolutionKernel::PooledConvolutionKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor& filters = context->input(1);
    const Tensor& dy = context->input(2);
    const Tensor& codes = context->input(3);
    const PooledConvolution shape = Shape(x.shape(), filters.shape());
    OP_REQUIRES_OK(context, CheckGradient(shape, x, dy, codes));
    const PooledConvolutionRoom room = PooledConvolutionRoom::OfInputGradient(shape, x.dim_size(0));
    const PictureChunks& chunks = room.chunks;
    Tensor* dx = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &dx));
    Tensor holder;
    float* const turned = Scratch(context, room.floats(), &holder);
    if (turned == nullptr) return;
    float* const scratches = turned + room.shared;
    TurnFilters(shape, filters.flat<float>().data(), turned);
    const float* const slopes = dy.flat<float>().data();
    const uint8_t* const from_codes = codes.flat<uint8_t>().data();
    float* const to = dx->flat<float>().data();
    ForEach(context, shape, chunks, [&](int64_t chunk) {
      for (int64_t i = chunks.begin(chunk); i < chunks.begin(chunk + 1); i++) {
        Passes().input_gradient(shape, slopes + i * shape.pooled_values(), from_codes + i * shape.pooled_values(), turned,
                                to + i * shape.values(), scratches + chunk * room.each);
      }
    });
  }
};

absl::Status ForwardShapes(InferenceContext* c) {
  ShapeHandle x;
  ShapeHandle filters;
  TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &x));
  TF_RETURN_IF_ERROR(c->WithRank(c->input(1), 4, &filters));
  std::string padding;
  TF_RETURN_IF_ERROR(c->GetAttr("padding", &padding));
  const auto size = [&](ShapeHandle shape, int at) { return c->Value(c->Dim(shape, at)); };
  for (int at : {1, 2, 3}) {
    if (size(x, at) < 0) return absl::InvalidArgumentError("a pooled convolution needs pictures of known size");
  }
  const PooledConvolution shape =
      PooledConvolutionOf(size(x, 1), size(x, 2), size(x, 3), size(filters, 0), size(filters, 1), size(filters, 3), padding);
  const ShapeHandle pooled = c->MakeShape(
      {c->Dim(x, 0), c->MakeDim(shape.pooled_height()), c->MakeDim(shape.pooled_width()), c->MakeDim(shape.filters)});
  c->set_output(0, pooled);
  c->set_output(1, pooled);
  return absl::OkStatus();
}

REGISTER_OP("OverbatchPooledConvolution")
    .Input("x: float")
    .Input("filters: float")
    .Input("bias: float")
    .Output("y: float")
    .Output("codes: uint8")
    .Attr("padding: {'SAME', 'VALID'}")
    .SetShapeFn(ForwardShapes);

REGISTER_OP("OverbatchPooledConvolutionFilterGradient")
    .Input("x: float")
    .Input("filters: float")
    .Input("dy: float")
    .Input("codes: uint8")
    .Output("filters_gradient: float")
    .Output("bias_gradient: float")
    .Attr("padding: {'SAME', 'VALID'}")
    .SetShapeFn([](InferenceContext* c) {
      c->set_output(0, c->input(1));
      c->set_output(1, c->MakeShape({c->Dim(c->input(1), 3)}));
      return absl::OkStatus();
    });

REGISTER_OP("OverbatchPooledConvolutionInputGradient")
    .Input("x: float")
    .Input("filters: float")
    .Input("dy: float")
    .Input("codes: uint8")
    .Output("x_gradient: float")
    .Attr("padding: {'SAME', 'VALID'}")
    .SetShapeFn([](InferenceContext* c) {
      c->set_output(0, c->input(0));
      return absl::OkStatus();
    });

REGISTER_KERNEL_BUILDER(Name("OverbatchPooledConvolution").Device(tensorflow::DEVICE_CPU), Forward);
REGISTER_KERNEL_BUILDER(Name("OverbatchPooledConvolutionFilterGradient").Device(tensorflow::DEVICE_CPU), FilterGradient);
REGISTER_KERNEL_BUILDER(Name("OverbatchPooledConvolutionInputGradient").Device(tensorflow::DEVICE_CPU), InputGradient);

}  // namespace
}  // namespace overbatch
