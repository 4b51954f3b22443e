import CCurl

/// Where a web address leads, as libcurl's own reader has it: so that what is checked is what is dialled.
public struct HTTPTarget: Hashable, Sendable {
  /// A name, or an address in its usual spelling: `127.0.0.1` for `0x7f.1`; without brackets.
  public let host: String
  public let port: Int

  /// - Returns: nil unless it is `http` or `https`, at most 2,048 bytes, without a name and password.
  public init?(_ url: String) {
    guard url.utf8.count <= 2048, url.utf8.allSatisfy({ $0 > 32 && $0 != 127 }), Easy.isStarted, let parsed = curl_url() else { return nil }
    defer { curl_url_cleanup(parsed) }
    guard curl_url_set(parsed, CURLUPART_URL, url, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK else { return nil }
    func part(_ part: CURLUPart) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard curl_url_get(parsed, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }
    guard let scheme = part(CURLUPART_SCHEME), ["http", "https"].contains(scheme), let host = part(CURLUPART_HOST),
      let port = part(CURLUPART_PORT).flatMap({ Int($0) })
    else { return nil }
    let isBracketed = host.utf8.first == UInt8(ascii: "[") && host.utf8.last == UInt8(ascii: "]")
    self.host = isBracketed ? String(host.dropFirst().dropLast()) : host
    self.port = port
  }

  /// What is dialled, where that is known without asking for a name.
  public var address: IPAddress? { IPAddress(host) ?? (host.utf8.elementsEqual("localhost".utf8) ? IPAddress("127.0.0.1") : nil) }

  /// Whether another protocol lives at this port, whose server could be made to take a request for its own (https://fetch.spec.whatwg.org/#bad-port).
  public var isForeignPort: Bool { Self.foreign.contains(port) }

  private static let foreign: Set = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
  ]
}
