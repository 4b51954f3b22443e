import CCurl

/// A connection that libcurl makes: it dials, starts TLS and signs in. What is said then is ours.
///
/// Not libcurl's own conversation, because in 7.88 (and later) it waits for the answer to a mail *inside* `curl_multi_perform`: one server that does
/// not answer held up every other transfer for as long as the timeout (4.0 s of 4 s measured). And each connection has its own multi handle, because
/// one multi would take the bytes of an answer we have not read yet for a sign that the idle connection is dead, and close it whenever another
/// transfer begins.
final class Wire {
  enum Received { case bytes([UInt8]), nothing, end }

  private let easy: Easy
  private let multi: Multi
  private var isConnected = false
  private var isClosed = false
  private var outgoing: [UInt8] = []
  private var sent = 0

  /// Begins to connect.
  init(_ easy: Easy) throws(NetError) {
    self.easy = easy
    multi = try Multi()
    multi.watchSockets()
    guard multi.add(easy) else { throw .unavailable }
    multi.ready(CURL_SOCKET_BAD, 0)
  }

  deinit { multi.remove(easy) }

  /// The sockets to poll, and for what.
  var waits: [(socket: Int32, events: Int32)] {
    if isClosed { return [] }
    if isConnected {
      var socket = CURL_SOCKET_BAD
      heed_curl_get_socket(easy.handle, &socket)
      return [(socket, CURL_WAIT_POLLIN | (isSaid ? 0 : CURL_WAIT_POLLOUT))]
    }
    return multi.sockets.map { socket, wanted in
      (socket, (wanted & CURL_POLL_IN != 0 ? CURL_WAIT_POLLIN : 0) | (wanted & CURL_POLL_OUT != 0 ? CURL_WAIT_POLLOUT : 0))
    }
  }

  /// Milliseconds until it wants to be called though its socket is silent; nil: never.
  var timeout: Int? { isConnected || isClosed ? nil : multi.timeout }

  /// Goes on with connecting.
  ///
  /// - Returns: how that ended, once; nil while it has not.
  func connect() -> CURLcode? {
    for socket in multi.sockets.keys { multi.ready(socket, 0) }
    multi.ready(CURL_SOCKET_BAD, 0)
    guard let end = multi.finished().first else { return nil }
    isConnected = end.code == CURLE_OK
    return end.code
  }

  /// libcurl's words for an end.
  func explain(_ code: CURLcode) -> String { easy.explain(code) }

  func close() {
    isClosed = true
    multi.remove(easy)
  }
}

extension Wire {
  /// Everything that was to be said has been handed to the network.
  var isSaid: Bool { sent == outgoing.count }

  /// Takes what is to be said, in the place of anything before; ``flush()`` says it.
  func say(_ bytes: [UInt8]) { (outgoing, sent) = (bytes, 0) }

  /// Says what can be said without waiting.
  ///
  /// - Returns: false when the connection is broken.
  func flush() -> Bool {
    while sent < outgoing.count {
      var count = 0
      let code = outgoing[sent...].withUnsafeBytes { curl_easy_send(easy.handle, $0.baseAddress, $0.count, &count) }
      if code == CURLE_AGAIN || code == CURLE_OK && count == 0 { return true }
      guard code == CURLE_OK else { return false }
      sent += count
    }
    return true
  }

  /// Reads what is there, at most so many bytes. TLS may hold some back though the socket is silent: to be called until there is nothing.
  func receive(_ most: Int = 4096) -> Received {
    var count = 0
    var code = CURLE_OK
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, taken in
      code = curl_easy_recv(easy.handle, buffer.baseAddress, buffer.count, &count)
      taken = code == CURLE_OK ? count : 0
    }
    switch code {
    case CURLE_OK where count > 0: return .bytes(bytes)
    case CURLE_AGAIN: return .nothing
    default: return .end
    }
  }
}
