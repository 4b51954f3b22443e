import App
import Glibc

extension Findings {
  /// Greets the mail server, or looks whether the Maildir can be written.
  mutating func mail(_ configuration: Configuration) {
    switch configuration.mail {
    case .maildir(let path):
      let place = access(path, F_OK) == 0 ? path : Root.parent(of: path)
      if access(place, W_OK) == 0 {
        add(.fine, "HEED_MAILDIR", "mail goes to \(path)")
      } else {
        add(.wrong, "HEED_MAILDIR", "cannot write to \(place): \(SmallFile.reason(errno)).")
      }
    case .smtp(let url, _, _):
      let isTLS = url.utf8.starts(with: "smtps://".utf8)
      let place = MailServer(url)
      do {
        let greeting = try place.greeting(waitsForWords: !isTLS)
        if isTLS || greeting.utf8.starts(with: "220".utf8) {
          add(.fine, "HEED_SMTP_URL", "\(place.host) answers at port \(place.port)")
        } else {
          add(.wrong, "HEED_SMTP_URL", "\(place.host) answers, but not like a mail server: “\(greeting)”.")
        }
      } catch {
        add(
          .wrong, "HEED_SMTP_URL",
          "\(place.host) does not answer at port \(place.port): \(error). Is the name right, and does a firewall stand between?")
      }
    }
  }
}

/// Host and port of `HEED_SMTP_URL`.
private struct MailServer {
  let host: String
  let port: String

  init(_ url: String) {
    let isTLS = url.utf8.starts(with: "smtps://".utf8)
    var rest = url.utf8.dropFirst(isTLS ? 8 : 7).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    var port = isTLS ? "465" : "25"
    if let colon = rest.lastIndex(of: UInt8(ascii: ":")), rest.last != UInt8(ascii: "]") {
      port = String(Substring(rest[rest.index(after: colon)...]))
      rest = rest[..<colon]
    }
    if rest.first == UInt8(ascii: "["), rest.last == UInt8(ascii: "]") { rest = rest.dropFirst().dropLast() }
    host = String(Substring(rest))
    self.port = port
  }

  /// The first words of the server, within five seconds for each of its addresses; empty when it is not its turn to speak.
  func greeting(waitsForWords: Bool) throws -> String {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, port, &hints, &found)
    guard code == 0 else { throw Complaint(String(cString: gai_strerror(code))) }
    defer { freeaddrinfo(found) }
    var failure = Complaint("it has no address")
    var next = found
    while let address = next?.pointee {
      do {
        return try greeting(from: address, waitsForWords)
      } catch {
        failure = error
      }
      next = address.ai_next
    }
    throw failure
  }

  private func greeting(from address: addrinfo, _ waits: Bool) throws(Complaint) -> String {
    let link = socket(address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard link >= 0 else { throw Complaint(system: "socket") }
    defer { close(link) }
    // On Linux the limit for sending holds for connecting too.
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    for option in [SO_SNDTIMEO, SO_RCVTIMEO] { setsockopt(link, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size)) }
    guard connect(link, address.ai_addr, address.ai_addrlen) == 0 else {
      throw Complaint(errno == EINPROGRESS ? "no answer within 5 seconds" : SmallFile.reason(errno))
    }
    guard waits else { return "" }
    var words = [UInt8](repeating: 0, count: 80)
    let count = read(link, &words, words.count)
    guard count > 0 else { throw Complaint(count == 0 ? "it hangs up" : "it says nothing within 5 seconds") }
    return String(decoding: words[..<count].prefix { $0 >= 0x20 }, as: UTF8.self)
  }
}
