// JavaScript values in and out of C++. A failure is a C++ exception until Guard hands it to JavaScript.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace overbatch {

/** Throws unless the call succeeded. */
void Check(napi_env env, napi_status status);

std::string ToString(napi_env env, napi_value value);
int64_t ToInteger(napi_env env, napi_value value);
double ToNumber(napi_env env, napi_value value);
bool ToBoolean(napi_env env, napi_value value);
bool IsArray(napi_env env, napi_value value);
std::vector<napi_value> ToElements(napi_env env, napi_value array);
std::vector<int64_t> ToIntegers(napi_env env, napi_value array);
napi_value Property(napi_env env, napi_value object, const char* name);

napi_value FromInteger(napi_env env, int64_t value);
napi_value FromIntegers(napi_env env, const std::vector<int64_t>& values);
napi_value FromString(napi_env env, const std::string& value);
napi_value NewObject(napi_env env);
void SetProperty(napi_env env, napi_value object, const char* name, napi_value value);
void SetElement(napi_env env, napi_value array, uint32_t index, napi_value value);

using Arguments = std::vector<napi_value>;
using Function = napi_value (*)(napi_env, const Arguments&);

/** The arguments of a call, exactly `count` of them (undefined where fewer were given). */
Arguments ReadArguments(napi_env env, napi_callback_info info, size_t count);

/** Turns a C++ exception into a JavaScript one, unless one is already on its way. */
void ThrowToJavaScript(napi_env env, const std::exception& error);

template <Function function, size_t count>
napi_value Guard(napi_env env, napi_callback_info info) {
  try {
    return function(env, ReadArguments(env, info, count));
  } catch (const std::exception& error) {
    ThrowToJavaScript(env, error);
    return nullptr;
  }
}

/** Adds a function of `count` arguments to the module. */
template <Function function, size_t count>
void Export(napi_env env, napi_value exports, const char* name) {
  napi_value value;
  Check(env, napi_create_function(env, name, NAPI_AUTO_LENGTH, Guard<function, count>, nullptr, &value));
  SetProperty(env, exports, name, value);
}

}  // namespace overbatch
