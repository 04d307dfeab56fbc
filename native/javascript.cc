// JavaScript values in and out of C++.
#include "javascript.h"

namespace overbatch {

void Check(napi_env env, napi_status status) {
  if (status == napi_ok) return;
  const napi_extended_error_info* info = nullptr;
  napi_get_last_error_info(env, &info);
  throw std::runtime_error(info && info->error_message ? info->error_message : "a call from JavaScript failed");
}

std::string ToString(napi_env env, napi_value value) {
  size_t length = 0;
  Check(env, napi_get_value_string_utf8(env, value, nullptr, 0, &length));
  std::string text(length + 1, '\0');  // N-API writes a closing zero.
  Check(env, napi_get_value_string_utf8(env, value, text.data(), text.size(), &length));
  text.resize(length);
  return text;
}

int64_t ToInteger(napi_env env, napi_value value) {
  int64_t result = 0;
  Check(env, napi_get_value_int64(env, value, &result));
  return result;
}

double ToNumber(napi_env env, napi_value value) {
  double result = 0;
  Check(env, napi_get_value_double(env, value, &result));
  return result;
}

bool ToBoolean(napi_env env, napi_value value) {
  bool result = false;
  Check(env, napi_get_value_bool(env, value, &result));
  return result;
}

bool IsArray(napi_env env, napi_value value) {
  bool result = false;
  Check(env, napi_is_array(env, value, &result));
  return result;
}

std::vector<napi_value> ToElements(napi_env env, napi_value array) {
  uint32_t length = 0;
  Check(env, napi_get_array_length(env, array, &length));
  std::vector<napi_value> elements(length);
  for (uint32_t i = 0; i < length; i++) Check(env, napi_get_element(env, array, i, &elements[i]));
  return elements;
}

std::vector<int64_t> ToIntegers(napi_env env, napi_value array) {
  std::vector<int64_t> result;
  for (napi_value element : ToElements(env, array)) result.push_back(ToInteger(env, element));
  return result;
}

napi_value Property(napi_env env, napi_value object, const char* name) {
  napi_value value;
  Check(env, napi_get_named_property(env, object, name, &value));
  return value;
}

napi_value FromInteger(napi_env env, int64_t value) {
  napi_value result;
  Check(env, napi_create_int64(env, value, &result));
  return result;
}

napi_value FromIntegers(napi_env env, const std::vector<int64_t>& values) {
  napi_value array;
  Check(env, napi_create_array_with_length(env, values.size(), &array));
  for (uint32_t i = 0; i < values.size(); i++) SetElement(env, array, i, FromInteger(env, values[i]));
  return array;
}

napi_value FromString(napi_env env, const std::string& value) {
  napi_value result;
  Check(env, napi_create_string_utf8(env, value.data(), value.size(), &result));
  return result;
}

napi_value NewObject(napi_env env) {
  napi_value object;
  Check(env, napi_create_object(env, &object));
  return object;
}

void SetProperty(napi_env env, napi_value object, const char* name, napi_value value) {
  Check(env, napi_set_named_property(env, object, name, value));
}

void SetElement(napi_env env, napi_value array, uint32_t index, napi_value value) {
  Check(env, napi_set_element(env, array, index, value));
}

Arguments ReadArguments(napi_env env, napi_callback_info info, size_t count) {
  Arguments arguments(count);
  Check(env, napi_get_cb_info(env, info, &count, arguments.data(), nullptr, nullptr));
  return arguments;
}

void ThrowToJavaScript(napi_env env, const std::exception& error) {
  bool pending = false;
  napi_is_exception_pending(env, &pending);
  if (!pending) napi_throw_error(env, nullptr, error.what());
}

}  // namespace overbatch
