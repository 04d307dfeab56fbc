// Replaces posix_memalign and free where TensorFlow's libraries look them up (their global offset tables), and nowhere else.
#include "library_memory.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <string>

#include "allocator.h"

namespace overbatch {
namespace {

// What the process would have called.
int (*system_memalign)(void**, size_t, size_t) = nullptr;
void (*system_free)(void*) = nullptr;

constexpr uintptr_t kPage = 4096;
constexpr size_t kSmallestCounted = 256 * 1024;

int ArenaMemalign(void** result, size_t alignment, size_t bytes) {
  void* const data = bytes >= Arena::kSmallest && alignment <= Arena::kAlignment ? HostArena().Take(bytes) : nullptr;
  if (data == nullptr) return system_memalign(result, alignment, bytes);
  if (bytes >= kSmallestCounted) HostCounter().Add(bytes);
  *result = data;
  return 0;
}

void ArenaFree(void* data) {
  if (!HostArena().Owns(data)) return system_free(data);
  const size_t bytes = Arena::BytesOf(data);
  if (bytes >= kSmallestCounted) HostCounter().Subtract(bytes);
  HostArena().Give(data);
}

/** One loaded library's tables, as the dynamic linker reads them. */
struct Tables {
  const ElfW(Sym) * symbols = nullptr;
  const char* names = nullptr;
  const ElfW(Rela) * jumps = nullptr;
  size_t jump_count = 0;
  const ElfW(Rela) * others = nullptr;
  size_t other_count = 0;
};

Tables ReadTables(const dl_phdr_info& library) {
  Tables tables;
  for (int i = 0; i < library.dlpi_phnum; i++) {
    if (library.dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    for (auto* entry = reinterpret_cast<const ElfW(Dyn)*>(library.dlpi_addr + library.dlpi_phdr[i].p_vaddr); entry->d_tag != DT_NULL; entry++) {
      const auto address = entry->d_un.d_ptr;
      if (entry->d_tag == DT_SYMTAB) tables.symbols = reinterpret_cast<const ElfW(Sym)*>(address);
      if (entry->d_tag == DT_STRTAB) tables.names = reinterpret_cast<const char*>(address);
      if (entry->d_tag == DT_JMPREL) tables.jumps = reinterpret_cast<const ElfW(Rela)*>(address);
      if (entry->d_tag == DT_PLTRELSZ) tables.jump_count = entry->d_un.d_val / sizeof(ElfW(Rela));
      if (entry->d_tag == DT_RELA) tables.others = reinterpret_cast<const ElfW(Rela)*>(address);
      if (entry->d_tag == DT_RELASZ) tables.other_count = entry->d_un.d_val / sizeof(ElfW(Rela));
    }
  }
  return tables;
}

/** The places the linker filled in with the address of that function. */
template <typename Visit>
void ForEachSlot(const dl_phdr_info& library, const char* name, Visit visit) {
  const Tables tables = ReadTables(library);
  if (tables.symbols == nullptr || tables.names == nullptr) return;
  const auto scan = [&](const ElfW(Rela) * entries, size_t count) {
    for (size_t i = 0; i < count; i++) {
      const auto type = ELF64_R_TYPE(entries[i].r_info);
      if (type != R_X86_64_JUMP_SLOT && type != R_X86_64_GLOB_DAT && type != R_X86_64_64) continue;
      const char* const symbol = tables.names + tables.symbols[ELF64_R_SYM(entries[i].r_info)].st_name;
      if (std::strcmp(symbol, name) == 0) visit(reinterpret_cast<void**>(library.dlpi_addr + entries[i].r_offset));
    }
  };
  scan(tables.jumps, tables.jump_count);
  scan(tables.others, tables.other_count);
}

// Parts of the tables are read-only once the library is loaded (PT_GNU_RELRO), and become so again.
bool Write(const dl_phdr_info& library, void** slot, void* function) {
  const uintptr_t address = reinterpret_cast<uintptr_t>(slot);
  bool sealed = false;
  for (int i = 0; i < library.dlpi_phnum; i++) {
    const auto& header = library.dlpi_phdr[i];
    const uintptr_t start = library.dlpi_addr + header.p_vaddr;
    if (header.p_type == PT_GNU_RELRO && address >= start && address < start + header.p_memsz) sealed = true;
  }
  void* const page = reinterpret_cast<void*>(address / kPage * kPage);
  if (sealed && mprotect(page, kPage, PROT_READ | PROT_WRITE) != 0) return false;
  *slot = function;
  if (sealed) mprotect(page, kPage, PROT_READ);
  return true;
}

struct Redirection {
  const char* name;
  void* function;
  bool (*concerns)(const std::string& path);
  bool complete;
};

bool IsComputing(const std::string& path) { return path.find("libtensorflow_cc.so") != std::string::npos; }
bool IsTensorFlow(const std::string& path) { return IsComputing(path) || path.find("libtensorflow_framework.so") != std::string::npos; }

int Redirect(dl_phdr_info* library, size_t, void* data) {
  Redirection& redirection = *static_cast<Redirection*>(data);
  if (!redirection.concerns(library->dlpi_name)) return 0;
  ForEachSlot(*library, redirection.name, [&](void** slot) { redirection.complete &= Write(*library, slot, redirection.function); });
  return 0;
}

}  // namespace

void RedirectLibraryMemory() {
  system_memalign = reinterpret_cast<decltype(system_memalign)>(dlsym(RTLD_DEFAULT, "posix_memalign"));
  system_free = reinterpret_cast<decltype(system_free)>(dlsym(RTLD_DEFAULT, "free"));
  if (system_memalign == nullptr || system_free == nullptr || sysconf(_SC_PAGESIZE) != static_cast<long>(kPage)) return;
  // Freeing first, everywhere: what comes from the arena must never reach the system's free.
  Redirection freeing{"free", reinterpret_cast<void*>(&ArenaFree), IsTensorFlow, true};
  dl_iterate_phdr(Redirect, &freeing);
  if (!freeing.complete) return;
  Redirection taking{"posix_memalign", reinterpret_cast<void*>(&ArenaMemalign), IsComputing, true};
  dl_iterate_phdr(Redirect, &taking);
}

}  // namespace overbatch
