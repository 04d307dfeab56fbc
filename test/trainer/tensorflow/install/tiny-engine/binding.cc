// A Node-API addon with the few calls the installer's check makes, over a library of the name of TensorFlow's: it really multiplies.
#include <dlfcn.h>
#include <node_api.h>
#include <vector>

extern "C" const char *tiny_version();

static std::vector<std::vector<float>> tensors;

static std::vector<napi_value> Arguments(napi_env env, napi_callback_info info) {
  size_t count = 4;
  std::vector<napi_value> values(count);
  napi_get_cb_info(env, info, &count, values.data(), nullptr, nullptr);
  return values;
}

static napi_value Id(napi_env env, std::vector<float> values) {
  tensors.push_back(values);
  napi_value id;
  napi_create_int32(env, static_cast<int>(tensors.size()) - 1, &id);
  return id;
}

static napi_value CreateTensor(napi_env env, napi_callback_info info) {
  void *data;
  size_t length;
  napi_get_typedarray_info(env, Arguments(env, info)[2], nullptr, &length, &data, nullptr, nullptr);
  return Id(env, std::vector<float>(static_cast<float *>(data), static_cast<float *>(data) + length));
}

// (2, 3) times the transpose of (2, 3).
static napi_value ExecuteOp(napi_env env, napi_callback_info info) {
  napi_value inputs = Arguments(env, info)[2], element, result, list;
  std::vector<float> in[2], out;
  for (uint32_t i = 0; i < 2; i++) {
    int32_t id;
    napi_get_element(env, inputs, i, &element);
    napi_get_value_int32(env, element, &id);
    in[i] = tensors[id];
  }
  for (int row = 0; row < 2; row++)
    for (int column = 0; column < 2; column++) {
      float sum = 0;
      for (int k = 0; k < 3; k++) sum += in[0][3 * row + k] * in[1][3 * column + k];
      out.push_back(sum);
    }
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "id", Id(env, out));
  napi_create_array(env, &list);
  napi_set_element(env, list, 0, result);
  return list;
}

static napi_value TensorDataSync(napi_env env, napi_callback_info info) {
  int32_t id;
  napi_get_value_int32(env, Arguments(env, info)[0], &id);
  napi_value list, value;
  napi_create_array(env, &list);
  for (uint32_t i = 0; i < tensors[id].size(); i++) {
    napi_create_double(env, tensors[id][i], &value);
    napi_set_element(env, list, i, value);
  }
  return list;
}

static napi_value IsUsingGpuDevice(napi_env env, napi_callback_info) {
  napi_value answer;
  // As TensorFlow does: a library that is not found by its bare name, and the card is left out.
  napi_get_boolean(env, dlopen("libcublas.so.12", RTLD_LAZY) != nullptr, &answer);
  return answer;
}

static napi_value Start(napi_env env, napi_value exports) {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"createTensor", CreateTensor}, {"executeOp", ExecuteOp}, {"tensorDataSync", TensorDataSync}, {"isUsingGpuDevice", IsUsingGpuDevice}};
  napi_value value;
  for (const auto &each : functions) {
    napi_create_function(env, each.name, NAPI_AUTO_LENGTH, each.call, nullptr, &value);
    napi_set_named_property(env, exports, each.name, value);
  }
  for (const char *name : {"TF_FLOAT", "TF_ATTR_BOOL", "TF_ATTR_TYPE"}) {
    napi_create_int32(env, 1, &value);
    napi_set_named_property(env, exports, name, value);
  }
  napi_create_string_utf8(env, tiny_version(), NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, exports, "TF_Version", value);
  return exports;
}

NAPI_MODULE(NODE_GYP_MODULE_NAME, Start)
