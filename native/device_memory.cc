// Asks the first GPU device's allocator; only virtual calls, so that the same source links against the CPU build of TensorFlow.
#include "device_memory.h"

#include "backend_access.h"
#include "tensorflow/c/eager/immediate_execution_context.h"
#include "tensorflow/c/eager/tfe_context_internal.h"
#include "tensorflow/core/framework/device.h"

namespace overbatch {
namespace {

tsl::Allocator* GpuAllocator(napi_env env) {
  for (tensorflow::Device* device : tensorflow::unwrap(Context(env))->ListLocalTfDevices()) {
    if (device->attributes().device_type() == "GPU") return device->GetAllocator(tsl::AllocatorAttributes());
  }
  return nullptr;
}

}  // namespace

std::optional<DeviceBytes> ReadDeviceMemory(napi_env env) {
  tsl::Allocator* const allocator = GpuAllocator(env);
  if (allocator == nullptr) return std::nullopt;
  const auto stats = allocator->GetStats();
  if (!stats) return std::nullopt;
  return DeviceBytes{stats->bytes_in_use, stats->peak_bytes_in_use, stats->bytes_limit.value_or(0)};
}

void ResetDevicePeak(napi_env env) {
  tsl::Allocator* const allocator = GpuAllocator(env);
  if (allocator != nullptr) (void)allocator->ClearStats();
}

}  // namespace overbatch
