// What our exports need of the package's backend, whose context and handles are private there.
#pragma once

#include <node_api.h>

#include <string>

#include "tensorflow/c/eager/c_api.h"
#include "tfjs_backend.h"

namespace overbatch {

/** The backend that belongs to this JavaScript environment. */
tfnodejs::TFJSBackend& Backend(napi_env env);

TFE_Context* Context(napi_env env);

/** The handle of a tensor; throws if there is none. It stays the backend's. */
TFE_TensorHandle* Handle(napi_env env, int64_t id);

/** Gives a handle to the backend, which answers with its id. */
int32_t Adopt(napi_env env, TFE_TensorHandle* handle);

/** Full name of the device tensors are put on: the card if there is one. */
const std::string& DeviceName(napi_env env);

}  // namespace overbatch
