// The memory oneDNN takes for itself (filters in its own order, a hundred MB a step) comes from malloc's family, past TensorFlow's
// allocator: redirected to the arena, because fresh pages for it cost a sixth of a step in Electron, and counted with the rest where it is
// large: small blocks are its compiled kernels, a hundred kB each, which it keeps for the process's life like the library's own code.
#pragma once

namespace overbatch {

/** Once, after TensorFlow's library is loaded; does nothing where a library is built in a way we do not know. */
void RedirectLibraryMemory();

}  // namespace overbatch
