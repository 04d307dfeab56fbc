// Tracing for JavaScript. A trace is an object of its own; the tensors in it have negative ids, real tensors' ids are 0 or more.
#include <memory>

#include "backend_access.h"
#include "exports.h"
#include "javascript.h"
#include "status.h"
#include "trace.h"

namespace overbatch {
namespace {

/** A trace and the tensors JavaScript knows by id: −1 is the first. */
struct Session {
  Trace trace;
  std::vector<TF_Output> symbols;
};

/** What JavaScript holds; empty once the trace is over. */
using Holder = std::unique_ptr<Session>;

Holder& HolderOf(napi_env env, napi_value value) {
  void* holder = nullptr;
  Check(env, napi_get_value_external(env, value, &holder));
  return *static_cast<Holder*>(holder);
}

Session& SessionOf(napi_env env, napi_value value) {
  const Holder& session = HolderOf(env, value);
  if (session == nullptr) throw std::runtime_error("this trace is over");
  return *session;
}

Attribute ToAttribute(napi_env env, napi_value object) {
  Attribute attribute{ToString(env, Property(env, object, "name")), int64_t{0}};
  const napi_value value = Property(env, object, "value");
  const bool is_list = IsArray(env, value);
  switch (static_cast<TF_AttrType>(ToInteger(env, Property(env, object, "type")))) {
    case TF_ATTR_STRING:
      attribute.value = ToString(env, value);
      break;
    case TF_ATTR_INT:
      if (is_list) {
        attribute.value = ToIntegers(env, value);
      } else {
        attribute.value = ToInteger(env, value);
      }
      break;
    case TF_ATTR_FLOAT:
      if (is_list) {
        std::vector<float> list;
        for (napi_value element : ToElements(env, value)) list.push_back(static_cast<float>(ToNumber(env, element)));
        attribute.value = list;
      } else {
        attribute.value = static_cast<float>(ToNumber(env, value));
      }
      break;
    case TF_ATTR_BOOL:
      if (is_list) {
        std::vector<unsigned char> list;
        for (napi_value element : ToElements(env, value)) list.push_back(ToBoolean(env, element));
        attribute.value = list;
      } else {
        attribute.value = ToBoolean(env, value);
      }
      break;
    case TF_ATTR_TYPE:
      attribute.value = DataType{static_cast<TF_DataType>(ToInteger(env, value))};
      break;
    case TF_ATTR_SHAPE:
      attribute.value = Shape{ToIntegers(env, value)};
      break;
    default:
      throw std::runtime_error("attribute " + attribute.name + " is of a kind that cannot be captured");
  }
  return attribute;
}

std::string ShapeText(TF_Tensor* tensor) {
  std::string text = "[";
  for (int i = 0; i < TF_NumDims(tensor); i++) text += (i > 0 ? ", " : "") + std::to_string(TF_Dim(tensor, i));
  return text + "]";
}

// Axes, shapes and factors are small. What is larger is data that would be the same in every later call.
constexpr size_t kMostConstantBytes = 4096;

TF_Output Resolve(napi_env env, Session& session, int64_t id, const std::string& op) {
  if (id < 0) {
    const size_t place = static_cast<size_t>(-id - 1);
    if (place >= session.symbols.size()) throw std::runtime_error(op + ": an input belongs to another trace");
    return session.symbols[place];
  }
  Status status;
  const std::unique_ptr<TF_Tensor, void (*)(TF_Tensor*)> tensor(TFE_TensorHandleResolve(Handle(env, id), status.get()), [](TF_Tensor* t) {
    if (t != nullptr) TF_DeleteTensor(t);
  });
  status.Check(op);
  const size_t bytes = TF_TensorByteSize(tensor.get());
  if (bytes > kMostConstantBytes) {
    throw std::runtime_error(op + ": an input of shape " + ShapeText(tensor.get()) + " (" + std::to_string(bytes) +
                             " bytes) would be frozen into the captured function; at most " + std::to_string(kMostConstantBytes) +
                             " bytes may be. Make it an input of the function");
  }
  return session.trace.Constant(tensor.get());
}

std::vector<TF_Output> ResolveAll(napi_env env, Session& session, napi_value ids, const std::string& op) {
  std::vector<TF_Output> outputs;
  for (int64_t id : ToIntegers(env, ids)) outputs.push_back(Resolve(env, session, id, op));
  return outputs;
}

/** {id, dtype, shape}, as executeOp answers. */
napi_value Symbol(napi_env env, Session& session, const std::string& op, TF_Output output) {
  const Description description = session.trace.Describe(op, output);
  session.symbols.push_back(output);
  napi_value result = NewObject(env);
  SetProperty(env, result, "id", FromInteger(env, -static_cast<int64_t>(session.symbols.size())));
  SetProperty(env, result, "dtype", FromInteger(env, description.dtype));
  SetProperty(env, result, "shape", FromIntegers(env, description.shape));
  return result;
}

/** () → trace, to be ended by traceFree. */
napi_value TraceBegin(napi_env env, const Arguments&) {
  auto holder = std::make_unique<Holder>(std::make_unique<Session>());
  const auto finalize = [](napi_env, void* data, void*) { delete static_cast<Holder*>(data); };
  napi_value result;
  Check(env, napi_create_external(env, holder.get(), finalize, nullptr, &result));
  holder.release();
  return result;
}

/** (trace): the graph and its constants are gone, whether it became a function or not. */
napi_value TraceFree(napi_env env, const Arguments& arguments) {
  HolderOf(env, arguments[0]).reset();
  return nullptr;
}

/** (trace, dtype, shape) → {id, dtype, shape} of a new input. */
napi_value TraceInput(napi_env env, const Arguments& arguments) {
  Session& session = SessionOf(env, arguments[0]);
  const auto dtype = static_cast<TF_DataType>(ToInteger(env, arguments[1]));
  return Symbol(env, session, "Placeholder", session.trace.Input(dtype, ToIntegers(env, arguments[2])));
}

/** (trace, op, attributes, input ids, number of outputs) → [{id, dtype, shape}], as executeOp. */
napi_value TraceOp(napi_env env, const Arguments& arguments) {
  Session& session = SessionOf(env, arguments[0]);
  const std::string op = ToString(env, arguments[1]);
  std::vector<Attribute> attributes;
  for (napi_value attribute : ToElements(env, arguments[2])) attributes.push_back(ToAttribute(env, attribute));
  const std::vector<TF_Output> outputs = session.trace.Op(op, attributes, ResolveAll(env, session, arguments[3], op));
  const size_t wanted = static_cast<size_t>(ToInteger(env, arguments[4]));
  if (wanted > outputs.size()) throw std::runtime_error(op + ": it has only " + std::to_string(outputs.size()) + " outputs");
  napi_value result;
  Check(env, napi_create_array_with_length(env, wanted, &result));
  for (uint32_t i = 0; i < wanted; i++) SetElement(env, result, i, Symbol(env, session, op, outputs[i]));
  return result;
}

/** (trace, name, input ids, output ids): afterwards executeOp(name, [], tensor ids, count) runs it. */
napi_value TraceEnd(napi_env env, const Arguments& arguments) {
  Session& session = SessionOf(env, arguments[0]);
  const std::string name = ToString(env, arguments[1]);
  const std::vector<TF_Output> inputs = ResolveAll(env, session, arguments[2], name);
  session.trace.AddFunction(Context(env), name, inputs, ResolveAll(env, session, arguments[3], name));
  return nullptr;
}

/** (trace, output ids) → bytes above the inputs that the function would need. */
napi_value TraceForecast(napi_env env, const Arguments& arguments) {
  Session& session = SessionOf(env, arguments[0]);
  return FromInteger(env, session.trace.Forecast(ResolveAll(env, session, arguments[1], "forecast")));
}

/** (name): a captured function that will not be called again. */
napi_value RemoveFunction(napi_env env, const Arguments& arguments) {
  const std::string name = ToString(env, arguments[0]);
  Status status;
  TFE_ContextRemoveFunction(Context(env), name.c_str(), status.get());
  status.Check(name);
  return nullptr;
}

}  // namespace

void ExportTrace(napi_env env, napi_value exports) {
  Export<TraceBegin, 0>(env, exports, "traceBegin");
  Export<TraceInput, 3>(env, exports, "traceInput");
  Export<TraceOp, 5>(env, exports, "traceOp");
  Export<TraceEnd, 4>(env, exports, "traceEnd");
  Export<TraceForecast, 2>(env, exports, "traceForecast");
  Export<TraceFree, 1>(env, exports, "traceFree");
  Export<RemoveFunction, 1>(env, exports, "removeFunction");
}

}  // namespace overbatch
