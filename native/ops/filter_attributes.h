// What an op that makes filters' gradients is told of them, because they are no input of it: sizes, strides and padding.
#pragma once

#include <iterator>

#include "convolution.h"
#include "tensorflow/core/framework/op_kernel.h"

namespace overbatch {

inline absl::Status ReadFilterAttributes(tensorflow::OpKernelConstruction* context, Convolution& shape) {
  constexpr const char* kNames[] = {"filter_height", "filter_width", "stride_down", "stride_across", "pad_top", "pad_left"};
  int64_t* const values[] = {&shape.filter_height, &shape.filter_width, &shape.stride_down, &shape.stride_across, &shape.pad_top, &shape.pad_left};
  for (size_t i = 0; i < std::size(kNames); i++) TF_RETURN_IF_ERROR(context->GetAttr(kNames[i], values[i]));
  return absl::OkStatus();
}

}  // namespace overbatch

/** The same of the op that is registered. */
#define OVERBATCH_FILTER_ATTRIBUTES \
  Attr("filter_height: int >= 1")   \
      .Attr("filter_width: int >= 1")  \
      .Attr("stride_down: int >= 1")   \
      .Attr("stride_across: int >= 1") \
      .Attr("pad_top: int >= 0")       \
      .Attr("pad_left: int >= 0")
