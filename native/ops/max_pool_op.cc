// Max pooling as TensorFlow ops: shapes, memory and threads; max_pool.cc computes.
#include <string>

#include "chunks.h"
#include "max_pool.h"
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

absl::Status CheckWindow(int64_t window, int64_t stride) {
  if (window > 0 && stride > 0 && window * window <= kMostPlaces) return absl::OkStatus();
  return absl::InvalidArgumentError("max pooling by windows of " + std::to_string(window) + ", " + std::to_string(stride) + " apart");
}

class MaxPoolKernel : public OpKernel {
 public:
  explicit MaxPoolKernel(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("window", &window_));
    OP_REQUIRES_OK(context, context->GetAttr("stride", &stride_));
    OP_REQUIRES_OK(context, context->GetAttr("padding", &padding_));
    OP_REQUIRES_OK(context, CheckWindow(window_, stride_));
  }

 protected:
  MaxPool Shape(int64_t height, int64_t width, int64_t channels) const {
    return MaxPoolOf(height, width, channels, window_, stride_, padding_);
  }

 private:
  int64_t window_ = 0;
  int64_t stride_ = 0;
  std::string padding_;
};

class Forward : public MaxPoolKernel {
 public:
  using MaxPoolKernel::MaxPoolKernel;

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    OP_REQUIRES(context, x.dims() == 4, absl::InvalidArgumentError("max pooling of " + x.shape().DebugString()));
    const MaxPool shape = Shape(x.dim_size(1), x.dim_size(2), x.dim_size(3));
    const TensorShape pooled({x.dim_size(0), shape.out_height, shape.out_width, shape.channels});
    OP_REQUIRES(context, shape.out_height > 0 && shape.out_width > 0,
                absl::InvalidArgumentError("max pooling of " + x.shape().DebugString() + " by larger windows"));
    Tensor *y = nullptr, *codes = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, pooled, &y));
    OP_REQUIRES_OK(context, context->allocate_output(1, pooled, &codes));
    const float* const from = x.flat<float>().data();
    float* const to = y->flat<float>().data();
    uint8_t* const to_codes = codes->flat<uint8_t>().data();
    const int64_t bytes = shape.window * shape.row_values() * static_cast<int64_t>(sizeof(float));
    ForEachChunk(context, x.dim_size(0) * shape.out_height, bytes, [&](int64_t row) {
      const int64_t at = row * shape.out_row_values();
      PoolRow(shape, row % shape.out_height, from + row / shape.out_height * shape.height * shape.row_values(), to + at, to_codes + at);
    });
  }
};

class Gradient : public MaxPoolKernel {
 public:
  explicit Gradient(OpKernelConstruction* context) : MaxPoolKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("height", &height_));
    OP_REQUIRES_OK(context, context->GetAttr("width", &width_));
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& dy = context->input(0);
    const Tensor& codes = context->input(1);
    const MaxPool shape = Shape(height_, width_, dy.dims() == 4 ? dy.dim_size(3) : 0);
    OP_REQUIRES(context,
                codes.shape() == dy.shape() && dy.dims() == 4 && dy.dim_size(1) == shape.out_height && dy.dim_size(2) == shape.out_width,
                absl::InvalidArgumentError("the gradient of max pooling came as " + dy.shape().DebugString() + " with codes " +
                                           codes.shape().DebugString()));
    Tensor* dx = nullptr;
    OP_REQUIRES_OK(context, context->allocate_output(0, TensorShape({dy.dim_size(0), height_, width_, shape.channels}), &dx));
    const float* const slopes = dy.flat<float>().data();
    const uint8_t* const from_codes = codes.flat<uint8_t>().data();
    float* const to = dx->flat<float>().data();
    const int64_t bytes = 2 * shape.row_values() * static_cast<int64_t>(sizeof(float));
    ForEachChunk(context, dy.dim_size(0) * shape.height, bytes, [&](int64_t row) {
      const int64_t at = row / shape.height * shape.out_height * shape.out_row_values();
      UnpoolRow(shape, row % shape.height, slopes + at, from_codes + at, to + row * shape.row_values());
    });
  }

 private:
  int64_t height_ = 0;
  int64_t width_ = 0;
};

absl::Status ForwardShapes(InferenceContext* c) {
  ShapeHandle x;
  TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &x));
  int64_t window, stride;
  std::string padding;
  TF_RETURN_IF_ERROR(c->GetAttr("window", &window));
  TF_RETURN_IF_ERROR(c->GetAttr("stride", &stride));
  TF_RETURN_IF_ERROR(c->GetAttr("padding", &padding));
  TF_RETURN_IF_ERROR(CheckWindow(window, stride));
  const auto size = [&](int at) { return c->Value(c->Dim(x, at)); };
  for (int at : {1, 2, 3}) {
    if (size(at) < 0) return absl::InvalidArgumentError("max pooling needs pictures of known size");
  }
  const MaxPool shape = MaxPoolOf(size(1), size(2), size(3), window, stride, padding);
  const ShapeHandle pooled = c->MakeShape({c->Dim(x, 0), c->MakeDim(shape.out_height), c->MakeDim(shape.out_width), c->Dim(x, 3)});
  for (int i : {0, 1}) c->set_output(i, pooled);
  return absl::OkStatus();
}

REGISTER_OP("OverbatchMaxPool")
    .Input("x: float")
    .Output("y: float")
    .Output("codes: uint8")
    .Attr("window: int")
    .Attr("stride: int")
    .Attr("padding: {'SAME', 'VALID'}")
    .SetShapeFn(ForwardShapes);

REGISTER_OP("OverbatchMaxPoolGradient")
    .Input("dy: float")
    .Input("codes: uint8")
    .Output("dx: float")
    .Attr("window: int")
    .Attr("stride: int")
    .Attr("padding: {'SAME', 'VALID'}")
    .Attr("height: int")
    .Attr("width: int")
    .SetShapeFn([](InferenceContext* c) {
      int64_t height, width;
      TF_RETURN_IF_ERROR(c->GetAttr("height", &height));
      TF_RETURN_IF_ERROR(c->GetAttr("width", &width));
      ShapeHandle dy;
      TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &dy));
      c->set_output(0, c->MakeShape({c->Dim(dy, 0), c->MakeDim(height), c->MakeDim(width), c->Dim(dy, 3)}));
      return absl::OkStatus();
    });

REGISTER_KERNEL_BUILDER(Name("OverbatchMaxPool").Device(tensorflow::DEVICE_CPU), Forward);
REGISTER_KERNEL_BUILDER(Name("OverbatchMaxPoolGradient").Device(tensorflow::DEVICE_CPU), Gradient);

}  // namespace
}  // namespace overbatch
