#include <gmime/gmime.h>

// The casts and unrefs of GObject are macros, which Swift does not see.

static inline GMimeObject *heed_mime_object(void *part) { return (GMimeObject *)part; }
static inline GMimePart *heed_mime_part(void *part) { return (GMimePart *)part; }
static inline GMimeMultipart *heed_mime_multipart(void *part) { return (GMimeMultipart *)part; }
static inline void heed_mime_unref(void *object) { g_object_unref(object); }
