// Reaches the backend's private members by explicit instantiation, where C++ checks no access: the package's files stay unchanged.
#include "backend_access.h"

#include <stdexcept>
#include <unordered_map>

#include "javascript.h"

namespace overbatch {
namespace {

template <typename Tag, typename Tag::Member member>
struct Reveal {
  friend typename Tag::Member Reach(Tag) { return member; }
};

using tfnodejs::TFJSBackend;

struct ContextTag {
  using Member = TFE_Context* TFJSBackend::*;
  friend Member Reach(ContextTag);
};
template struct Reveal<ContextTag, &TFJSBackend::tfe_context_>;

struct HandlesTag {
  using Member = std::unordered_map<int32_t, TFE_TensorHandle*> TFJSBackend::*;
  friend Member Reach(HandlesTag);
};
template struct Reveal<HandlesTag, &TFJSBackend::tfe_handle_map_>;

struct InsertTag {
  using Member = int32_t (TFJSBackend::*)(TFE_TensorHandle*);
  friend Member Reach(InsertTag);
};
template struct Reveal<InsertTag, &TFJSBackend::InsertHandle>;

struct DeviceTag {
  using Member = std::string TFJSBackend::*;
  friend Member Reach(DeviceTag);
};
template struct Reveal<DeviceTag, &TFJSBackend::device_name>;

}  // namespace

TFJSBackend& Backend(napi_env env) {
  void* data = nullptr;
  Check(env, napi_get_instance_data(env, &data));
  if (data == nullptr) throw std::runtime_error("the TensorFlow backend is gone");
  return *static_cast<TFJSBackend*>(data);
}

TFE_Context* Context(napi_env env) { return Backend(env).*Reach(ContextTag()); }

TFE_TensorHandle* Handle(napi_env env, int64_t id) {
  const auto& handles = Backend(env).*Reach(HandlesTag());
  const auto found = handles.find(static_cast<int32_t>(id));
  if (found == handles.end()) throw std::runtime_error("there is no tensor with id " + std::to_string(id));
  return found->second;
}

int32_t Adopt(napi_env env, TFE_TensorHandle* handle) { return (Backend(env).*Reach(InsertTag()))(handle); }

const std::string& DeviceName(napi_env env) { return Backend(env).*Reach(DeviceTag()); }

}  // namespace overbatch
