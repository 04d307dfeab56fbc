// Registers as GCC's and Clang's vector types: a loop is written once for W floats a register and compiled for three sets of instructions.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>
#include <vector>

// Functions that take or give registers are all inlined: how they would be passed between versions does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"
#define OVERBATCH_INLINE static inline __attribute__((always_inline))
// Without it GCC keeps the accumulators in memory.
#define OVERBATCH_UNROLL _Pragma("GCC unroll 16")

#define OVERBATCH_AVX2 __attribute__((target("avx2,fma")))
#define OVERBATCH_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")))

namespace overbatch {

template <int W>
struct Registers {
  typedef float Float __attribute__((vector_size(W * sizeof(float))));
  typedef int32_t Int __attribute__((vector_size(W * sizeof(int32_t))));
  typedef uint8_t Byte __attribute__((vector_size(W)));
};
template <int W>
using Float = typename Registers<W>::Float;

template <int W>
OVERBATCH_INLINE Float<W> Load(const float* from) {
  Float<W> value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}

template <int W>
OVERBATCH_INLINE void Store(float* to, Float<W> value) {
  std::memcpy(to, &value, sizeof(value));
}

#ifdef __x86_64__
/** The versions that this processor can run, the one for the widest registers first; tests ask for no more than so many floats in one. */
template <typename Version>
std::vector<const Version*> WidestFirst(const Version& avx512, const Version& avx2, const Version& plain) {
  std::vector<const Version*> versions{&plain};
  const char* const asked = std::getenv("OVERBATCH_REGISTERS");
  const int most = asked != nullptr ? std::atoi(asked) : 16;
  if (most >= 8 && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) versions.insert(versions.begin(), &avx2);
  if (most >= 16 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl")) {
    versions.insert(versions.begin(), &avx512);
  }
  return versions;
}
#endif

}  // namespace overbatch
