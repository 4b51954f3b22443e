#include <curl/curl.h>

// curl_easy_setopt and its relatives are variadic, which Swift cannot call: one typed wrapper for each kind of argument.

typedef size_t (*heed_curl_data_callback)(char *data, size_t size, size_t count, void *user);
typedef curl_socket_t (*heed_curl_open_socket_callback)(void *user, curlsocktype purpose, struct curl_sockaddr *address);
typedef int (*heed_curl_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *user, void *socket_user);

static inline CURLcode heed_curl_set_long(CURL *easy, CURLoption option, long value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode heed_curl_set_string(CURL *easy, CURLoption option, const char *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode heed_curl_set_pointer(CURL *easy, CURLoption option, void *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode heed_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) { return curl_easy_setopt(easy, option, value); }
static inline CURLcode heed_curl_set_data_callback(CURL *easy, CURLoption option, heed_curl_data_callback value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode heed_curl_set_open_socket(CURL *easy, heed_curl_open_socket_callback value) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode heed_curl_get_long(CURL *easy, CURLINFO info, long *value) { return curl_easy_getinfo(easy, info, value); }
static inline CURLcode heed_curl_get_socket(CURL *easy, curl_socket_t *value) { return curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, value); }
static inline CURLMcode heed_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) { return curl_multi_setopt(multi, option, value); }
static inline CURLMcode heed_curl_multi_set_socket(CURLM *multi, heed_curl_socket_callback value, void *user) {
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, user);
  return curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, value);
}
