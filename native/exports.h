// What our binding adds to the package's, one line a subject.
#pragma once

#include <node_api.h>

namespace overbatch {

/** memory, deviceMemory, resetPeak, releasePool, limitPool. */
void ExportMemory(napi_env env, napi_value exports);

/** uploadTensor, tensorDevice. */
void ExportTensors(napi_env env, napi_value exports);

/** tileColumns. */
void ExportTile(napi_env env, napi_value exports);

/** traceBegin, traceInput, traceOp, traceEnd, traceForecast, traceFree, removeFunction. */
void ExportTrace(napi_env env, napi_value exports);

}  // namespace overbatch
