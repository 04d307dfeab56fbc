// Memory figures for JavaScript, and the arena's two handles.
#include "allocator.h"
#include "device_memory.h"
#include "exports.h"
#include "javascript.h"

namespace overbatch {
namespace {

/** () → {inUse, peak: bytes counted; resident, kept: the arena's pages; grown: blocks that needed fresh ones so far}. */
napi_value Memory(napi_env env, const Arguments&) {
  const Arena::Figures arena = HostArena().figures();
  napi_value result = NewObject(env);
  SetProperty(env, result, "inUse", FromInteger(env, HostCounter().in_use()));
  SetProperty(env, result, "peak", FromInteger(env, HostCounter().peak()));
  SetProperty(env, result, "resident", FromInteger(env, static_cast<int64_t>(arena.resident)));
  SetProperty(env, result, "kept", FromInteger(env, static_cast<int64_t>(arena.kept)));
  SetProperty(env, result, "grown", FromInteger(env, static_cast<int64_t>(arena.grown)));
  return result;
}

/** () → {inUse, peak, limit} of the graphics card; undefined without one. */
napi_value DeviceMemory(napi_env env, const Arguments&) {
  const auto bytes = ReadDeviceMemory(env);
  if (!bytes) return nullptr;
  napi_value result = NewObject(env);
  SetProperty(env, result, "inUse", FromInteger(env, bytes->in_use));
  SetProperty(env, result, "peak", FromInteger(env, bytes->peak));
  SetProperty(env, result, "limit", FromInteger(env, bytes->limit));
  return result;
}

napi_value ResetPeak(napi_env env, const Arguments&) {
  HostCounter().ResetPeak();
  ResetDevicePeak(env);
  return nullptr;
}

napi_value ReleasePool(napi_env, const Arguments&) {
  HostArena().Release();
  return nullptr;
}

/** (bytes): most that may be kept for later; 0 turns keeping off. */
napi_value LimitPool(napi_env env, const Arguments& arguments) {
  const int64_t bytes = ToInteger(env, arguments[0]);
  if (bytes < 0) throw std::runtime_error("limitPool: expected 0 or more bytes, found " + std::to_string(bytes));
  HostArena().Limit(static_cast<size_t>(bytes));
  return nullptr;
}

}  // namespace

void ExportMemory(napi_env env, napi_value exports) {
  Export<Memory, 0>(env, exports, "memory");
  Export<DeviceMemory, 0>(env, exports, "deviceMemory");
  Export<ResetPeak, 0>(env, exports, "resetPeak");
  Export<ReleasePool, 0>(env, exports, "releasePool");
  Export<LimitPool, 1>(env, exports, "limitPool");
}

}  // namespace overbatch
