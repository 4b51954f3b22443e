#include <gmime/gmime.h>

// The casts and unrefs of GObject are macros, which Swift does not see.

static inline GMimeObject *heed_mime_object(void *part) { return (GMimeObject *)part; }
static inline void heed_mime_unref(void *object) { g_object_unref(object); }
static inline GByteArray *heed_mime_bytes(GMimeStream *memory) { return g_mime_stream_mem_get_byte_array((GMimeStreamMem *)memory); }

static inline int heed_mime_is_multipart(GMimeObject *part) { return GMIME_IS_MULTIPART(part); }
static inline int heed_mime_is_message_part(GMimeObject *part) { return GMIME_IS_MESSAGE_PART(part); }
static inline GMimeMultipart *heed_mime_multipart(GMimeObject *part) { return (GMimeMultipart *)part; }

// Where the first field of a part's head stands in the parsed stream; -1 when it has none.
static inline gint64 heed_mime_head_offset(GMimeObject *part) {
  GMimeHeaderList *list = g_mime_object_get_header_list(part);
  GMimeHeader *first = list && g_mime_header_list_get_count(list) > 0 ? g_mime_header_list_get_header_at(list, 0) : NULL;
  return first ? g_mime_header_get_offset(first) : -1;
}

// Where a leaf's content stands in the parsed stream, still encoded; false when it has none.
static inline int heed_mime_content_bounds(GMimeObject *part, gint64 *from, gint64 *to) {
  if (!GMIME_IS_PART(part)) return 0;
  GMimeDataWrapper *content = g_mime_part_get_content((GMimePart *)part);
  GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
  if (!stream) return 0;
  *from = stream->bound_start;
  *to = stream->bound_end;
  return 1;
}
