// A computation written down instead of carried out: ops go into a TF_Graph, which tells shapes and types; nothing is computed and no
// tensor memory is taken. The graph becomes one TensorFlow function.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "schedule.h"
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/eager/c_api.h"

namespace overbatch {

struct DataType {
  TF_DataType value;
};
struct Shape {
  std::vector<int64_t> dimensions;
};

/** An op's attribute as TF.js gives it. */
struct Attribute {
  std::string name;
  std::variant<std::string, int64_t, std::vector<int64_t>, float, std::vector<float>, bool, std::vector<unsigned char>, DataType, Shape> value;
};

/** What is known of a traced op's output. */
struct Description {
  TF_DataType dtype;
  std::vector<int64_t> shape;
};

class Trace {
 public:
  Trace();
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  TF_Output Input(TF_DataType dtype, const std::vector<int64_t>& shape);

  /** The tensor's value is frozen into the graph. */
  TF_Output Constant(TF_Tensor* tensor);

  /** Adds an op; `inputs` are flat, as eager execution takes them. Throws in the op's name. */
  std::vector<TF_Output> Op(const std::string& op, const std::vector<Attribute>& attributes, const std::vector<TF_Output>& inputs);

  /** Shape and type of an output of `op`. Throws where the shape depends on data. */
  Description Describe(const std::string& op, TF_Output output);

  /** Most bytes above the inputs that the graph would need as a function (schedule.h). */
  int64_t Forecast(const std::vector<TF_Output>& outputs) { return ForecastPeak(graph_, outputs); }

  /** Makes the graph a function of the context, to be run as an op of that name. The trace is used up. */
  void AddFunction(TFE_Context* context, const std::string& name, const std::vector<TF_Output>& inputs, std::vector<TF_Output> outputs);

 private:
  TF_OperationDescription* Begin(const char* op);

  TF_Graph* graph_;
  int64_t operations_ = 0;
};

}  // namespace overbatch
