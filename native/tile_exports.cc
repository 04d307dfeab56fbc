// What JavaScript must know of our ops to choose between them and oneDNN's.
#include "exports.h"
#include "javascript.h"
#include "ops/gathered_product.h"

namespace overbatch {

void ExportTile(napi_env env, napi_value exports) { SetProperty(env, exports, "tileColumns", FromInteger(env, ProductTile().columns)); }

}  // namespace overbatch
