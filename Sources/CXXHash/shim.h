/* All of it inline: a build needs the header, a server no further library. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The header gives its inline functions other names, by macros, which Swift does not follow. */
static inline XXH128_hash_t xxhash_128(const void *bytes, size_t count) { return XXH3_128bits(bytes, count); }
