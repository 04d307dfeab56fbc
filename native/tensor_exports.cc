// Uploads that always copy, and where a tensor lies. The package's createTensor shares a JavaScript buffer that happens to be aligned:
// it would be missing in the count, change with the buffer, and be let go from TensorFlow's threads.
#include <cstring>
#include <limits>

#include "backend_access.h"
#include "exports.h"
#include "javascript.h"
#include "status.h"
#include "tensorflow/c/c_api.h"

namespace overbatch {
namespace {

struct Elements {
  void* data;
  size_t bytes;
};

size_t ElementBytes(napi_typedarray_type type) {
  switch (type) {
    case napi_uint8_array:
      return 1;
    case napi_int32_array:
    case napi_float32_array:
      return 4;
    default:
      throw std::runtime_error("uploadTensor: expected a Float32Array, Int32Array or Uint8Array");
  }
}

bool Fits(napi_typedarray_type type, TF_DataType dtype) {
  switch (dtype) {
    case TF_FLOAT:
      return type == napi_float32_array;
    case TF_INT32:
    case TF_INT64:  // As pairs of int32, the way TF.js hands them over.
      return type == napi_int32_array;
    case TF_BOOL:
    case TF_UINT8:
      return type == napi_uint8_array;
    default:
      return false;
  }
}

Elements ReadElements(napi_env env, napi_value array, TF_DataType dtype) {
  napi_typedarray_type type;
  size_t length = 0;
  void* data = nullptr;
  Check(env, napi_get_typedarray_info(env, array, &type, &length, &data, nullptr, nullptr));
  const size_t width = ElementBytes(type);
  if (!Fits(type, dtype)) throw std::runtime_error("uploadTensor: the array does not hold elements of type " + std::to_string(dtype));
  return {data, length * width};
}

size_t ByteSize(const std::vector<int64_t>& shape, TF_DataType dtype) {
  size_t bytes = TF_DataTypeSize(dtype);
  for (int64_t dimension : shape) {
    if (dimension < 0) throw std::runtime_error("uploadTensor: a dimension is negative");
    if (__builtin_mul_overflow(bytes, static_cast<size_t>(dimension), &bytes)) {
      throw std::runtime_error("uploadTensor: the shape is too large");
    }
  }
  return bytes;
}

struct TensorDeleter {
  void operator()(TF_Tensor* tensor) const { TF_DeleteTensor(tensor); }
};

/** (shape, dtype, typed array) → id. */
napi_value UploadTensor(napi_env env, const Arguments& arguments) {
  const std::vector<int64_t> shape = ToIntegers(env, arguments[0]);
  const auto dtype = static_cast<TF_DataType>(ToInteger(env, arguments[1]));
  const Elements elements = ReadElements(env, arguments[2], dtype);
  const size_t bytes = ByteSize(shape, dtype);
  if (bytes != elements.bytes) {
    throw std::runtime_error("uploadTensor: the shape needs " + std::to_string(bytes) + " bytes, the array has " +
                             std::to_string(elements.bytes));
  }
  const std::unique_ptr<TF_Tensor, TensorDeleter> tensor(
      TF_AllocateTensor(dtype, shape.data(), static_cast<int>(shape.size()), bytes));
  if (tensor == nullptr) throw std::runtime_error("uploadTensor: no memory for " + std::to_string(bytes) + " bytes");
  if (bytes > 0) std::memcpy(TF_TensorData(tensor.get()), elements.data, bytes);

  Status status;
  TFE_TensorHandle* handle = TFE_NewTensorHandle(tensor.get(), status.get());
  status.Check("uploadTensor");
  // Most GPU kernels want int32 in host memory. On the CPU this copies nothing.
  if (dtype != TF_INT32) {
    TFE_TensorHandle* const host = handle;
    handle = TFE_TensorHandleCopyToDevice(host, Context(env), DeviceName(env).c_str(), status.get());
    TFE_DeleteTensorHandle(host);
    status.Check("uploadTensor");
  }
  return FromInteger(env, Adopt(env, handle));
}

/** (id) → full name of the device whose memory holds the tensor. */
napi_value TensorDevice(napi_env env, const Arguments& arguments) {
  Status status;
  const char* const name = TFE_TensorHandleBackingDeviceName(Handle(env, ToInteger(env, arguments[0])), status.get());
  status.Check("tensorDevice");
  return FromString(env, name);
}

}  // namespace

void ExportTensors(napi_env env, napi_value exports) {
  Export<UploadTensor, 3>(env, exports, "uploadTensor");
  Export<TensorDevice, 1>(env, exports, "tensorDevice");
}

}  // namespace overbatch
