import CCurl

/// A libcurl multi handle: transfers that share a connection cache and are driven together.
final class Multi {
  /// For ``poll(milliseconds:others:)``: there is something to read, or the end.
  static let readable = CURL_WAIT_POLLIN

  let handle: UnsafeMutableRawPointer
  private var added: [UnsafeMutableRawPointer: Easy] = [:]
  /// The sockets libcurl wants watched and for what (`CURL_POLL_IN`, …), when it is driven by ``ready(_:_:)``.
  private(set) var sockets: [Int32: Int32] = [:]

  init() throws(NetError) {
    guard let handle = curl_multi_init() else { throw .unavailable }
    self.handle = handle
    // Idle connections kept for the next request; each is a descriptor.
    heed_curl_multi_set_long(handle, CURLMOPT_MAXCONNECTS, 64)
  }

  deinit {
    for handle in added.keys { curl_multi_remove_handle(self.handle, handle) }
    curl_multi_cleanup(handle)
  }

  /// - Returns: false when libcurl refuses, which it does only without memory.
  func add(_ easy: Easy) -> Bool {
    guard curl_multi_add_handle(handle, easy.handle) == CURLM_OK else { return false }
    added[easy.handle] = easy
    return true
  }

  func remove(_ easy: Easy) {
    curl_multi_remove_handle(handle, easy.handle)
    added[easy.handle] = nil
  }

  func perform() {
    var running: Int32 = 0
    curl_multi_perform(handle, &running)
  }

  /// The transfers that have ended since the last call. They stay added.
  func finished() -> [(easy: Easy, code: CURLcode)] {
    var ended: [(easy: Easy, code: CURLcode)] = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(handle, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle, let own = added[easy] else { continue }
      ended.append((own, message.pointee.data.result))
    }
    return ended
  }

  /// Waits for this handle's transfers and for `others`, or until a signal or the time is over.
  ///
  /// - Returns: what happened at each of `others`, in their order (`CURL_WAIT_POLLIN` and so on); 0 for nothing.
  func poll(milliseconds: Int, others: [(socket: Int32, events: Int32)]) -> [Int32] {
    var waits = others.map { curl_waitfd(fd: $0.socket, events: Int16(truncatingIfNeeded: $0.events), revents: 0) }
    var ready: Int32 = 0
    curl_multi_poll(handle, &waits, UInt32(clamping: waits.count), Int32(clamping: max(milliseconds, 0)), &ready)
    return waits.map { Int32($0.revents) }
  }
}

// Driven socket by socket, by a caller that polls for itself.
extension Multi {
  /// Lets libcurl report its sockets in ``sockets``. To be called before ``add(_:)``.
  func watchSockets() {
    let me = Unmanaged.passUnretained(self).toOpaque()
    let callback: heed_curl_socket_callback = { _, socket, what, user, _ in
      guard let user else { return 0 }
      Unmanaged<Multi>.fromOpaque(user).takeUnretainedValue().sockets[socket] = what == CURL_POLL_REMOVE ? nil : what
      return 0
    }
    heed_curl_multi_set_socket(handle, callback, me)
  }

  func ready(_ socket: Int32, _ events: Int32) {
    var running: Int32 = 0
    curl_multi_socket_action(handle, socket, events, &running)
  }

  /// Milliseconds until libcurl wants to be called though no socket is ready; nil: never.
  var timeout: Int? {
    var milliseconds = -1
    curl_multi_timeout(handle, &milliseconds)
    return milliseconds < 0 ? nil : milliseconds
  }
}
