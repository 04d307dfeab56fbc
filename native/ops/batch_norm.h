// What forward and backward of batch normalization share.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "batch_norm_loops.h"
#include "channel_rows.h"
#include "tensorflow/core/framework/op_kernel.h"

namespace overbatch {

constexpr char kActivationAttribute[] = "activation: {'none', 'relu', 'relu6'} = 'none'";

class BatchNormKernel : public tensorflow::OpKernel {
 public:
  explicit BatchNormKernel(tensorflow::OpKernelConstruction* context) : OpKernel(context) {
    std::string activation;
    OP_REQUIRES_OK(context, context->GetAttr("activation", &activation));
    if (activation != "none") bounds_.low = 0;
    if (activation == "relu6") bounds_.high = 6;
  }

 protected:
  static constexpr float kInfinity = std::numeric_limits<float>::infinity();
  static constexpr Bounds kNoBounds{-kInfinity, kInfinity};

  const Bounds& bounds() const { return bounds_; }

  static ChannelRows RowsOf(const tensorflow::Tensor& x) {
    const int64_t channels = x.dim_size(x.dims() - 1);
    return ChannelRows(x.NumElements() / channels, channels);
  }

  /** Inputs `alike` must have the first one's shape, `per_channel` its last dimension. */
  static absl::Status CheckShapes(tensorflow::OpKernelContext* context, const std::vector<int>& alike, const std::vector<int>& per_channel) {
    const tensorflow::TensorShape& shape = context->input(0).shape();
    if (shape.dims() < 2 || shape.num_elements() == 0) return absl::InvalidArgumentError("batch normalization of " + shape.DebugString());
    const auto is_wrong = [&](int i, bool whole) {
      const tensorflow::TensorShape& other = context->input(i).shape();
      return whole ? other != shape : other.num_elements() != shape.dim_size(shape.dims() - 1);
    };
    for (const bool whole : {true, false}) {
      for (const int i : whole ? alike : per_channel) {
        if (!is_wrong(i, whole)) continue;
        return absl::InvalidArgumentError("input " + std::to_string(i) + " of batch normalization has shape " +
                                          context->input(i).shape().DebugString() + ", the first " + shape.DebugString());
      }
    }
    return absl::OkStatus();
  }

 private:
  Bounds bounds_{-kInfinity, kInfinity};
};

/** Numbers of each channel, repeated over a run. */
class PerChannel {
 public:
  PerChannel(tensorflow::OpKernelContext* context, const ChannelRows& walk, int count) : walk_(walk), count_(count) {
    status_ = context->allocate_temp(tensorflow::DT_FLOAT, tensorflow::TensorShape({count, walk.run()}), &memory_);
  }

  const absl::Status& status() const { return status_; }

  /** The first C are for the caller to fill in; Repeat does the rest. */
  float* of(int i) { return memory_.flat<float>().data() + i * walk_.run(); }

  void Repeat() {
    for (int i = 0; i < count_; i++) {
      for (int64_t at = walk_.channels(); at < walk_.run(); at++) of(i)[at] = of(i)[at - walk_.channels()];
    }
  }

 private:
  const ChannelRows& walk_;
  int count_;
  tensorflow::Tensor memory_;
  absl::Status status_;
};

}  // namespace overbatch
