// Bytes on the graphics card, as TensorFlow's allocator for it counts them.
#pragma once

#include <node_api.h>

#include <cstdint>
#include <optional>

namespace overbatch {

struct DeviceBytes {
  int64_t in_use;
  int64_t peak;
  /** Most the allocator may take; 0 if unknown. */
  int64_t limit;
};

/** Nothing without a card. */
std::optional<DeviceBytes> ReadDeviceMemory(napi_env env);
void ResetDevicePeak(napi_env env);

}  // namespace overbatch
