import CCurl
import Glibc

/// One libcurl handle. Owns the handle, the lists and the error text that libcurl keeps pointers to.
///
/// libcurl calls back with a pointer to this object, so whoever adds the handle to a ``Multi`` keeps the object alive until it
/// has been removed again.
final class Easy {
  let handle: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var lists: [UnsafeMutablePointer<curl_slist>] = []

  /// A header line (HTTP) or reply line (SMTP), with its line end. False stops the transfer.
  var onHeader: (([UInt8]) -> Bool)?
  /// A piece of the body. False stops the transfer.
  var onBody: (([UInt8]) -> Bool)?
  /// Asked for each address before it is dialled. False refuses it.
  var mayDial: ((IPAddress) -> Bool)?

  /// curl_global_init is not safe to call twice at once; a static is made once. libcurl has domains outside ASCII converted from
  /// the locale's encoding (idn2_lookup_ul), and in the locale "C", which a process begins with, that refuses all of them.
  static let isStarted: Bool = {
    setlocale(LC_CTYPE, "C.UTF-8")
    return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
  }()

  init() throws(NetError) {
    guard Easy.isStarted, let handle = curl_easy_init() else { throw .unavailable }
    self.handle = handle
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    // No signals, and no waiting at close for a resolver thread that hangs in getaddrinfo.
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_QUICK_EXIT, 1)
    // A proxy named by the environment would dial for us, behind the guard's back.
    set(CURLOPT_PROXY, "")
    heed_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    wire()
  }

  deinit {
    curl_easy_cleanup(handle)
    for list in lists { curl_slist_free_all(list) }
    errorText.deallocate()
  }

  func set(_ option: CURLoption, _ value: Int) { heed_curl_set_long(handle, option, value) }
  func set(_ option: CURLoption, _ value: String) { heed_curl_set_string(handle, option, value) }

  /// For options that take a list of lines; libcurl keeps the list, so it lives as long as this object.
  func set(_ option: CURLoption, lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) ?? list }
    if let list { lists.append(list) }
    heed_curl_set_list(handle, option, list)
  }

  /// libcurl copies the bytes. An empty body is an empty string: without a pointer libcurl would read standard input.
  func setBody(_ bytes: [UInt8]) {
    set(CURLOPT_POSTFIELDSIZE, bytes.count)
    guard !bytes.isEmpty else { return set(CURLOPT_COPYPOSTFIELDS, "") }
    bytes.withUnsafeBytes { body in
      _ = heed_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: body.baseAddress))
    }
  }

  /// The last status: of HTTP, 0 before there is one.
  var status: Int {
    var status = 0
    heed_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return status
  }

  /// Whether a byte of a request was handed to a connection.
  var hasAsked: Bool {
    var bytes = 0
    heed_curl_get_long(handle, CURLINFO_REQUEST_SIZE, &bytes)
    return bytes > 0
  }

  /// What went wrong, in libcurl's words: the particular one if it left one, else the general one.
  func explain(_ code: CURLcode) -> String {
    let particular = String(cString: errorText)
    return particular.isEmpty ? String(cString: curl_easy_strerror(code)) : particular
  }
}
