#include <gmime/gmime.h>

// The casts and unrefs of GObject are macros, which Swift does not see.

static inline GMimeObject *heed_mime_object(void *part) { return (GMimeObject *)part; }
static inline void heed_mime_unref(void *object) { g_object_unref(object); }
static inline GByteArray *heed_mime_bytes(GMimeStream *memory) { return g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory); }
