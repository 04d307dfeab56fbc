// The gradient of a convolution's filters as a TensorFlow op: shapes, memory and threads; filter_gradient.cc computes. oneDNN's own takes
// 1.4 to 2.2 times as long for 3 × 3 filters of many channels (bench/NOTES.md, 2026-11-25), and has to turn the result into TensorFlow's order.
#include "filter_gradient.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "chunks.h"
#include "filter_attributes.h"
#include "filter_gradient_room.h"
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

/** Parts that the result is cut into at least, if it has so many tiles: a few for each of many threads. */
constexpr int64_t kParts = 32;

/** The same work in the same order on any number of threads. */
class Job {
 public:
  Job(const Convolution& shape, int64_t pictures)
      : shape_(shape),
        tile_(SumTile()),
        channel_panels_(ChunkCount(shape.channels, tile_.channels)),
        filter_panels_(ChunkCount(shape.filters, tile_.filters)),
        pictures_(pictures),
        room_(pictures, picture_bytes(), sizeof(float) * filter_values(), shape.out_points()),
        sums_(room_.sums),
        group_(room_.group),
        channel_parts_(std::min(channel_panels_, ChunkCount(kParts, shape.places() * filter_panels_))) {}

  int64_t panel_floats() const { return sums_ * (picture_floats() + output_floats()); }
  /** Room for the pairs of all places, in int32. */
  int64_t pair_numbers() const { return 2 * group_ * shape_.out_points() * shape_.places(); }
  /** Of all sums but the first, which is the result. */
  int64_t sum_floats() const { return (sums_ - 1) * filter_values(); }

  void Run(OpKernelContext* context, const float* x, const float* dy, float* to, float* panels, float* sums, int32_t* pairs) const {
    std::vector<const int32_t*> of_place{pairs};
    for (int64_t place = 0; place < shape_.places(); place++) {
      pairs = PairsOf(shape_, place, group_, pairs);
      of_place.push_back(pairs);
    }
    if (sums_ == 1) return RunTogether(context, x, dy, to, panels, of_place);
    ForEachChunk(context, sums_, work(pictures_) / sums_ / kWorkPerByte, [&](int64_t sum) {
      float* const own = panels + sum * (picture_floats() + output_floats());
      float* const into = sum == 0 ? to : sums + (sum - 1) * filter_values();
      const int64_t first = pictures_ * sum / sums_, last = pictures_ * (sum + 1) / sums_;
      for (int64_t begin = first; begin < last; begin += group_) {
        const int64_t count = std::min(group_, last - begin);
        for (int64_t i = 0; i < count; i++) {
          PackPicture(i, x + begin * picture_values(), own);
          PackOutput(i, dy + begin * output_values(), own);
        }
        for (int64_t part = 0; part < parts(); part++) Add(part, count, begin == first, own, of_place, into);
      }
    });
    const int64_t rows = shape_.places() * shape_.channels;
    ForEachChunk(context, rows, sums_ * sizeof(float) * shape_.filters, [&](int64_t row) {
      float* const into = to + row * shape_.filters;
      for (int64_t sum = 1; sum < sums_; sum++) {
        const float* const from = sums + (sum - 1) * filter_values() + row * shape_.filters;
        for (int64_t f = 0; f < shape_.filters; f++) into[f] += from[f];
      }
    });
  }

 private:
  /** One sum, each group of pictures by all threads. */
  void RunTogether(OpKernelContext* context, const float* x, const float* dy, float* to, float* panels,
                   const std::vector<const int32_t*>& of_place) const {
    for (int64_t begin = 0; begin < pictures_; begin += group_) {
      const int64_t count = std::min(group_, pictures_ - begin);
      ForEachChunk(context, 2 * count, sizeof(float) * (picture_values() + output_values()), [&](int64_t k) {
        if (k % 2 == 0) {
          PackPicture(k / 2, x + begin * picture_values(), panels);
        } else {
          PackOutput(k / 2, dy + begin * output_values(), panels);
        }
      });
      ForEachChunk(context, parts(), work(count) / parts() / kWorkPerByte,
                   [&](int64_t part) { Add(part, count, begin == 0, panels, of_place, to); });
    }
  }

  void PackPicture(int64_t i, const float* x, float* panels) const {
    tile_.pack_picture(x + i * picture_values(), shape_.points(), shape_.channels, picture_panel(),
                       panels + i * shape_.points() * tile_.channels);
  }

  void PackOutput(int64_t i, const float* dy, float* panels) const {
    tile_.pack_output(dy + i * output_values(), shape_.out_points(), shape_.filters, output_panel(),
                      panels + picture_floats() + i * shape_.out_points() * tile_.filters);
  }

  /** One place's share of one panel of filters and some of channels, over `count` pictures of a group. */
  void Add(int64_t part, int64_t count, bool is_first, const float* panels, const std::vector<const int32_t*>& of_place,
           float* to) const {
    const int64_t place = part / (filter_panels_ * channel_parts_);
    const int64_t panel = part / channel_parts_ % filter_panels_;
    const int64_t filter = panel * tile_.filters;
    const int64_t all = (of_place[place + 1] - of_place[place]) / 2 / group_ * count;
    const int64_t first = channel_panels_ * (part % channel_parts_) / channel_parts_;
    const int64_t last = channel_panels_ * (part % channel_parts_ + 1) / channel_parts_;
    const float* const output = panels + picture_floats() + panel * output_panel();
    // A place that lies in the padding everywhere has no pairs, and no slope.
    for (int64_t k = 0; k < std::max<int64_t>(all, 1); k += FilterGradientRoom::kPairs) {
      for (int64_t i = first; i < last; i++) {
        const int64_t channel = i * tile_.channels;
        tile_.add(panels + i * picture_panel(), output, of_place[place] + 2 * k, std::min(FilterGradientRoom::kPairs, all - k), is_first && k == 0,
                  to + (place * shape_.channels + channel) * shape_.filters + filter, shape_.filters,
                  std::min(tile_.channels, shape_.channels - channel), std::min(tile_.filters, shape_.filters - filter));
      }
    }
  }

  int64_t picture_values() const { return shape_.points() * shape_.channels; }
  int64_t output_values() const { return shape_.out_points() * shape_.filters; }
  /** What goes in and what comes out. */
  int64_t picture_bytes() const { return sizeof(float) * (picture_values() + output_values()); }
  int64_t filter_values() const { return shape_.places() * shape_.channels * shape_.filters; }
  /** From one panel to the next. */
  int64_t picture_panel() const { return group_ * shape_.points() * tile_.channels; }
  int64_t output_panel() const { return group_ * shape_.out_points() * tile_.filters; }
  /** A group's panels. */
  int64_t picture_floats() const { return channel_panels_ * picture_panel(); }
  int64_t output_floats() const { return filter_panels_ * output_panel(); }
  int64_t parts() const { return shape_.places() * filter_panels_ * channel_parts_; }
  /** Multiply-adds for so many pictures. */
  int64_t work(int64_t pictures) const { return pictures * shape_.out_points() * filter_values(); }

  const Convolution& shape_;
  const FilterGradientTile& tile_;
  const int64_t channel_panels_;
  const int64_t filter_panels_;
  const int64_t pictures_;
  const FilterGradientRoom room_;
  const int64_t sums_;
  const int64_t group_;
  const int64_t channel_parts_;
};

class FilterGradient : public OpKernel {
 public:
  explicit FilterGradient(OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, ReadFilterAttributes(context, shape_));
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
    OP_REQUIRES(context, x.dim_size(0) * std::max(shape.points(), shape.out_points()) <= std::numeric_limits<int32_t>::max(),
                absl::InvalidArgumentError("more points than can be counted"));
    const Job job(shape, x.dim_size(0));
    Tensor panels, sums, pairs;
    OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, TensorShape({job.panel_floats()}), &panels));
    OP_REQUIRES_OK(context, context->allocate_temp(DT_FLOAT, TensorShape({job.sum_floats()}), &sums));
    OP_REQUIRES_OK(context, context->allocate_temp(DT_INT32, TensorShape({job.pair_numbers()}), &pairs));
    job.Run(context, x.flat<float>().data(), dy.flat<float>().data(), to, panels.flat<float>().data(), sums.flat<float>().data(),
            pairs.flat<int32_t>().data());
  }

 private:
  Convolution shape_{};
};

REGISTER_OP("OverbatchFilterGradient")
    .Input("x: float")
    .Input("dy: float")
    .Output("gradient: float")
    .OVERBATCH_FILTER_ATTRIBUTES
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
