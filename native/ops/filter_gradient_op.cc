// The gradient of a convolution's filters as a TensorFlow op: shapes, memory and threads; filter_gradient.cc computes. oneDNN's own takes
// 1.4 to 2.2 times as long for 3 × 3 filters of many channels (bench/NOTES.md, 2026-11-25), and has to turn the result into TensorFlow's order.
#include "filter_gradient.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "chunks.h"
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

/** Pairs at a time: both panels' rows stay in a core's first cache. */
constexpr int64_t kPairs = 256;
/** Of the pictures whose panels are made together: they stay in a core's second cache. */
constexpr int64_t kGroupBytes = 300 * 1024;
/** Parts that the result is cut into at least, if it has so many tiles: a few for each of many threads. */
constexpr int64_t kParts = 32;

/** The same work in the same order on any number of threads. */
class Job {
 public:
  Job(const Convolution& shape, int64_t pictures)
      : shape_(shape),
        tile_(Tile()),
        channel_panels_(ChunkCount(shape.channels, tile_.channels)),
        filter_panels_(ChunkCount(shape.filters, tile_.filters)),
        pictures_(pictures),
        group_(GroupOf(pictures)),
        channel_parts_(std::min(channel_panels_, ChunkCount(kParts, shape.places() * filter_panels_))) {}

  int64_t picture_floats() const { return group_ * shape_.points() * channel_panels_ * tile_.channels; }
  int64_t output_floats() const { return group_ * shape_.out_points() * filter_panels_ * tile_.filters; }
  /** Room for the pairs of all places, in int32. */
  int64_t pair_numbers() const { return 2 * group_ * shape_.out_points() * shape_.places(); }

  void Run(OpKernelContext* context, const float* x, const float* dy, float* to, float* picture, float* output, int32_t* pairs) const {
    std::vector<const int32_t*> of_place{pairs};
    for (int64_t place = 0; place < shape_.places(); place++) {
      pairs = PairsOf(shape_, place, group_, pairs);
      of_place.push_back(pairs);
    }
    const int64_t picture_panel = group_ * shape_.points() * tile_.channels;
    const int64_t output_panel = group_ * shape_.out_points() * tile_.filters;
    const int64_t picture_values = shape_.points() * shape_.channels;
    const int64_t output_values = shape_.out_points() * shape_.filters;
    for (int64_t begin = 0; begin < pictures_; begin += group_) {
      const int64_t count = std::min(group_, pictures_ - begin);
      ForEachChunk(context, count, 2 * sizeof(float) * (picture_values + output_values), [&](int64_t i) {
        tile_.pack_picture(x + (begin + i) * picture_values, shape_.points(), shape_.channels, picture_panel,
                           picture + i * shape_.points() * tile_.channels);
        tile_.pack_output(dy + (begin + i) * output_values, shape_.out_points(), shape_.filters, output_panel,
                          output + i * shape_.out_points() * tile_.filters);
      });
      const int64_t parts = shape_.places() * filter_panels_ * channel_parts_;
      const int64_t work = count * shape_.out_points() * shape_.places() * shape_.channels * shape_.filters;
      ForEachChunk(context, parts, work / parts / kWorkPerByte, [&](int64_t part) {
        const int64_t place = part / (filter_panels_ * channel_parts_);
        const int64_t panel = part / channel_parts_ % filter_panels_;
        const int64_t filter = panel * tile_.filters;
        const int64_t all = (of_place[place + 1] - of_place[place]) / 2 / group_ * count;
        const int64_t first = channel_panels_ * (part % channel_parts_) / channel_parts_;
        const int64_t last = channel_panels_ * (part % channel_parts_ + 1) / channel_parts_;
        // A place that lies in the padding everywhere has no pairs, and no slope.
        for (int64_t k = 0; k < std::max<int64_t>(all, 1); k += kPairs) {
          for (int64_t i = first; i < last; i++) {
            const int64_t channel = i * tile_.channels;
            tile_.add(picture + i * picture_panel, output + panel * output_panel, of_place[place] + 2 * k, std::min(kPairs, all - k),
                      begin == 0 && k == 0, to + (place * shape_.channels + channel) * shape_.filters + filter, shape_.filters,
                      std::min(tile_.channels, shape_.channels - channel), std::min(tile_.filters, shape_.filters - filter));
          }
        }
      });
    }
  }

 private:
  /** Pictures to a group: groups small enough for the cache, but not so small that their pairs are not worth a pass over the result. */
  int64_t GroupOf(int64_t pictures) const {
    const int64_t bytes = sizeof(float) * (shape_.points() * shape_.channels + shape_.out_points() * shape_.filters);
    const int64_t wanted = ChunkCount(pictures * bytes, kGroupBytes);
    const int64_t most = std::max<int64_t>(1, pictures * shape_.out_points() / kPairs);
    return std::max<int64_t>(1, ChunkCount(pictures, std::min(wanted, most)));
  }

  const Convolution& shape_;
  const FilterGradientTile& tile_;
  const int64_t channel_panels_;
  const int64_t filter_panels_;
  const int64_t pictures_;
  const int64_t group_;
  const int64_t channel_parts_;
};

constexpr const char* kAttributes[] = {"filter_height", "filter_width", "stride_down", "stride_across", "pad_top", "pad_left"};

class FilterGradient : public OpKernel {
 public:
  explicit FilterGradient(OpKernelConstruction* context) : OpKernel(context) {
    int64_t* const values[] = {&shape_.filter_height, &shape_.filter_width, &shape_.stride_down,
                               &shape_.stride_across, &shape_.pad_top,      &shape_.pad_left};
    for (size_t i = 0; i < std::size(kAttributes); i++) {
      OP_REQUIRES_OK(context, context->GetAttr(kAttributes[i], values[i]));
    }
  }

  void Compute(OpKernelContext* context) override {
    const Tensor& x = context->input(0);
    const Tensor& dy = context->input(1);
    OP_REQUIRES(context, x.dims() == 4 && dy.dims() == 4 && x.dim_size(0) == dy.dim_size(0),
                absl::InvalidArgumentError("pictures " + x.shape().DebugString() + " and gradients " + dy.shape().DebugString() +
                                           " do not belong to one convolution"));
    Convolution shape = shape_;
    shape.height = x.dim_size(1);
    shape.width = x.dim_size(2);
    shape.channels = x.dim_size(3);
    shape.out_height = dy.dim_size(1);
    shape.out_width = dy.dim_size(2);
    shape.filters = dy.dim_size(3);
    Tensor* gradient = nullptr;
    const TensorShape filters({shape.filter_height, shape.filter_width, shape.channels, shape.filters});
    OP_REQUIRES_OK(context, context->allocate_output(0, filters, &gradient));
    float* const to = gradient->flat<float>().data();
    if (x.NumElements() == 0 || dy.NumElements() == 0) {
      std::fill_n(to, gradient->NumElements(), 0.0f);
      return;
    }
    const Job job(shape, x.dim_size(0));
    Tensor panels, pairs;
    OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, TensorShape({job.picture_floats() + job.output_floats()}), &panels));
    OP_REQUIRES_OK(context, context->allocate_temp(DT_INT32, TensorShape({job.pair_numbers()}), &pairs));
    float* const picture = panels.flat<float>().data();
    job.Run(context, x.flat<float>().data(), dy.flat<float>().data(), to, picture, picture + job.picture_floats(),
            pairs.flat<int32_t>().data());
  }

 private:
  Convolution shape_{};
};

REGISTER_OP("OverbatchFilterGradient")
    .Input("x: float")
    .Input("dy: float")
    .Output("gradient: float")
    .Attr("filter_height: int >= 1")
    .Attr("filter_width: int >= 1")
    .Attr("stride_down: int >= 1")
    .Attr("stride_across: int >= 1")
    .Attr("pad_top: int >= 0")
    .Attr("pad_left: int >= 0")
    .SetShapeFn([](InferenceContext* c) {
      ShapeHandle x, dy;
      TF_RETURN_IF_ERROR(c->WithRank(c->input(0), 4, &x));
      TF_RETURN_IF_ERROR(c->WithRank(c->input(1), 4, &dy));
      int64_t height, width;
      TF_RETURN_IF_ERROR(c->GetAttr("filter_height", &height));
      TF_RETURN_IF_ERROR(c->GetAttr("filter_width", &width));
      c->set_output(0, c->MakeShape({c->MakeDim(height), c->MakeDim(width), c->Dim(x, 3), c->Dim(dy, 3)}));
      return absl::OkStatus();
    });

REGISTER_KERNEL_BUILDER(Name("OverbatchFilterGradient").Device(tensorflow::DEVICE_CPU), FilterGradient);

}  // namespace
}  // namespace overbatch
