// The module's entry: the package's own exports (its file, unchanged; only its registration is replaced) and ours.
#include <node_api.h>
#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "tfjs_binding.cc"

#include "absl/base/log_severity.h"
#include "absl/log/globals.h"
#include "exports.h"
#include "javascript.h"
#include "library_memory.h"

NAPI_MODULE_INIT() {
  // Remarks about instruction sets would land in the middle of a progress bar; errors still show.
  absl::SetMinLogLevel(absl::LogSeverityAtLeast::kError);
  exports = tfnodejs::InitTFNodeJSBinding(env, exports);
  if (exports == nullptr) return nullptr;
  overbatch::RedirectLibraryMemory();
  try {
    overbatch::ExportMemory(env, exports);
    overbatch::ExportTensors(env, exports);
    overbatch::ExportTile(env, exports);
    overbatch::ExportTrace(env, exports);
  } catch (const std::exception& error) {
    overbatch::ThrowToJavaScript(env, error);
  }
  return exports;
}
