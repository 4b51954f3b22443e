// A bare GMime parse of files, each read whole and taken apart, one after the other: what reading mails is compared with.
// Prints how many, and in how many seconds.
#include <gmime/gmime.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **paths) {
  int mails = 0;
  g_mime_init();
  double start = now();
  for (int i = 1; i < count; i++) {
    char *bytes;
    gsize size;
    if (!g_file_get_contents(paths[i], &bytes, &size, NULL)) return 1;
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, size);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message) {
      mails++;
      g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    g_free(bytes);
  }
  printf("%d mails, %.6f seconds\n", mails, now() - start);
  return 0;
}
