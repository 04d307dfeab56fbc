// Builds the graph of a trace through TensorFlow's C API.
#include "trace.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "status.h"
#include "tensorflow/core/framework/op.h"
#include "tensorflow/core/framework/op_def.pb.h"

namespace overbatch {
namespace {

struct SetAttribute {
  TF_OperationDescription* description;
  const char* name;

  void operator()(const std::string& v) const { TF_SetAttrString(description, name, v.data(), v.size()); }
  void operator()(int64_t v) const { TF_SetAttrInt(description, name, v); }
  void operator()(const std::vector<int64_t>& v) const { TF_SetAttrIntList(description, name, v.data(), static_cast<int>(v.size())); }
  void operator()(float v) const { TF_SetAttrFloat(description, name, v); }
  void operator()(const std::vector<float>& v) const { TF_SetAttrFloatList(description, name, v.data(), static_cast<int>(v.size())); }
  void operator()(bool v) const { TF_SetAttrBool(description, name, v); }
  void operator()(const std::vector<unsigned char>& v) const {
    TF_SetAttrBoolList(description, name, v.data(), static_cast<int>(v.size()));
  }
  void operator()(DataType v) const { TF_SetAttrType(description, name, v.value); }
  void operator()(const Shape& v) const {
    TF_SetAttrShape(description, name, v.dimensions.data(), static_cast<int>(v.dimensions.size()));
  }
};

const tensorflow::OpDef& Definition(const std::string& op) {
  const tensorflow::OpDef* definition = nullptr;
  const auto status = tensorflow::OpRegistry::Global()->LookUpOpDef(op, &definition);
  if (!status.ok() || definition == nullptr) throw std::runtime_error(op + ": TensorFlow has no such op, so it cannot be captured");
  return *definition;
}

// Eager execution takes inputs flat, a graph wants lists (of AddN, ConcatV2, Pack) marked: the op's definition tells which.
void AddInputs(TF_OperationDescription* description, const tensorflow::OpDef& definition, const std::vector<Attribute>& attributes,
               const std::vector<TF_Output>& inputs) {
  size_t at = 0;
  const size_t others = definition.input_arg_size() - 1;
  for (const auto& argument : definition.input_arg()) {
    const bool is_list = !argument.number_attr().empty() || !argument.type_list_attr().empty();
    size_t count = is_list ? inputs.size() - std::min(others, inputs.size()) : 1;
    for (const Attribute& attribute : attributes) {
      if (is_list && attribute.name == argument.number_attr() && std::holds_alternative<int64_t>(attribute.value)) {
        count = static_cast<size_t>(std::get<int64_t>(attribute.value));
      }
    }
    if (count > inputs.size() - at) throw std::runtime_error(definition.name() + ": too few inputs");
    if (is_list) {
      TF_AddInputList(description, inputs.data() + at, static_cast<int>(count));
    } else {
      TF_AddInput(description, inputs[at]);
    }
    at += count;
  }
  if (at != inputs.size()) throw std::runtime_error(definition.name() + ": too many inputs");
}

TF_Output Finish(TF_OperationDescription* description, const std::string& op) {
  Status status;
  TF_Operation* const operation = TF_FinishOperation(description, status.get());
  status.Check(op);
  return {operation, 0};
}

bool IsSame(TF_Output a, TF_Output b) { return a.oper == b.oper && a.index == b.index; }

}  // namespace

Trace::Trace() : graph_(TF_NewGraph()) {}
Trace::~Trace() { TF_DeleteGraph(graph_); }

TF_OperationDescription* Trace::Begin(const char* op) {
  return TF_NewOperation(graph_, op, ("n" + std::to_string(operations_++)).c_str());
}

TF_Output Trace::Input(TF_DataType dtype, const std::vector<int64_t>& shape) {
  TF_OperationDescription* const description = Begin("Placeholder");
  TF_SetAttrType(description, "dtype", dtype);
  TF_SetAttrShape(description, "shape", shape.data(), static_cast<int>(shape.size()));
  return Finish(description, "Placeholder");
}

TF_Output Trace::Constant(TF_Tensor* tensor) {
  TF_OperationDescription* const description = Begin("Const");
  Status status;
  TF_SetAttrTensor(description, "value", tensor, status.get());
  TF_SetAttrType(description, "dtype", TF_TensorType(tensor));
  const TF_Output output = Finish(description, "Const");
  status.Check("Const");
  return output;
}

std::vector<TF_Output> Trace::Op(const std::string& op, const std::vector<Attribute>& attributes, const std::vector<TF_Output>& inputs) {
  // The gradient by itself is then left out of the function, unless something else reads it.
  if (op == "OverbatchAccumulate" && std::strcmp(TF_OperationOpType(inputs.at(1).oper), "OverbatchDenseGradient") == 0) {
    TF_Operation* const gradient = inputs[1].oper;
    return Op("OverbatchAccumulateDenseGradient", {}, {inputs[0], TF_OperationInput({gradient, 0}), TF_OperationInput({gradient, 1})});
  }
  const tensorflow::OpDef& definition = Definition(op);
  TF_OperationDescription* const description = Begin(op.c_str());
  std::string problem;
  try {
    AddInputs(description, definition, attributes, inputs);
  } catch (const std::exception& error) {
    problem = error.what();
  }
  for (const Attribute& attribute : attributes) std::visit(SetAttribute{description, attribute.name.c_str()}, attribute.value);
  // Finished even after a problem: nothing else frees a description.
  Status status;
  TF_Operation* const operation = TF_FinishOperation(description, status.get());
  if (!problem.empty()) throw std::runtime_error(problem);
  status.Check(op);
  std::vector<TF_Output> outputs;
  for (int i = 0; i < TF_OperationNumOutputs(operation); i++) outputs.push_back({operation, i});
  return outputs;
}

Description Trace::Describe(const std::string& op, TF_Output output) {
  Description result{TF_OperationOutputType(output), {}};
  Status status;
  const int rank = TF_GraphGetTensorNumDims(graph_, output, status.get());
  status.Check(op);
  // The one unknown shape among the ops we use: the cuDNN workspace of batch normalization, passed on unseen.
  if (rank < 0 && op == "FusedBatchNormV3") return result;
  if (rank > 0) {
    result.shape.resize(rank);
    TF_GraphGetTensorShape(graph_, output, result.shape.data(), rank, status.get());
    status.Check(op);
  }
  if (rank < 0 || std::any_of(result.shape.begin(), result.shape.end(), [](int64_t d) { return d < 0; })) {
    throw std::runtime_error(op + ": the shape of its result depends on data, so it cannot be captured");
  }
  return result;
}

void Trace::AddFunction(TFE_Context* context, const std::string& name, const std::vector<TF_Output>& inputs, std::vector<TF_Output> outputs) {
  // An output that is an input, or that is there already, gets a name of its own: a function's results are all new tensors.
  for (size_t i = 0; i < outputs.size(); i++) {
    const auto is_this = [&](TF_Output other) { return IsSame(other, outputs[i]); };
    if (std::any_of(inputs.begin(), inputs.end(), is_this) || std::any_of(outputs.begin(), outputs.begin() + i, is_this)) {
      TF_OperationDescription* const description = Begin("Identity");
      TF_AddInput(description, outputs[i]);
      outputs[i] = Finish(description, "Identity");
    }
  }
  FixOrder(graph_, outputs);
  Status status;
  const std::unique_ptr<TF_Function, void (*)(TF_Function*)> function(
      TF_GraphToFunction(graph_, name.c_str(), /*append_hash_to_fn_name=*/0, /*num_opers=*/-1, /*opers=*/nullptr,
                         static_cast<int>(inputs.size()), inputs.data(), static_cast<int>(outputs.size()), outputs.data(),
                         /*output_names=*/nullptr, /*opts=*/nullptr, /*description=*/nullptr, status.get()),
      [](TF_Function* f) {
        if (f != nullptr) TF_DeleteFunction(f);
      });
  status.Check(name);
  TFE_ContextAddFunction(context, function.get(), status.get());
  status.Check(name);
}

}  // namespace overbatch
