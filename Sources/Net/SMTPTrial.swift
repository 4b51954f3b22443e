import CCurl
import Glibc

extension SMTPServer {
  /// Connects, starts TLS and signs in as for a message, says goodbye, and sends nothing. Waits for the end, at most
  /// ``SMTPPatience/connection``.
  ///
  /// - Parameter addresses: asked where a person named the server.
  /// - Returns: nil when a message could be handed over; otherwise why not, in the server's words or libcurl's.
  public func trial(addresses: AddressGuard = AddressGuard()) throws(NetError) -> MailReply? {
    let connection = try SMTPConnection(to: self, addresses: addresses, now: Ticks.now)
    while true {
      switch connection.advance(now: Ticks.now) {
      case .ready:
        connection.quit()
        if user.isEmpty || connection.isSignedIn { return nil }
        let why = "Login denied: the server offers no sign-in"
        return MailReply(stage: .connection, code: nil, enhanced: nil, text: why, fault: .unreached)
      case .failed(let reply): return reply
      // Only who has a message gets any of these.
      case .ended, .untouched, .closed: throw .unavailable
      case nil: break
      }
      var watched = connection.waits.map { wait in
        let events = (wait.events & CURL_WAIT_POLLIN != 0 ? POLLIN : 0) | (wait.events & CURL_WAIT_POLLOUT != 0 ? POLLOUT : 0)
        return pollfd(fd: wait.socket, events: Int16(events), revents: 0)
      }
      poll(&watched, nfds_t(watched.count), Int32(clamping: min(connection.timeout ?? 1_000, 1_000)))
    }
  }
}

extension MailReply {
  /// The server wants a sign-in, or another one (RFC 4954, 6).
  public var isAboutSignIn: Bool { code.map { (530...539).contains($0) || $0 == 454 } ?? text.utf8.starts(with: "Login denied".utf8) }
}
