import CCurl

/// A request on its way: collects the answer.
final class HTTPExchange {
  let easy: Easy
  private let bytes: Int
  private var headers: [HeaderField] = []
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var isTruncated = false
  private var refusal: String?
  private var dialled: IPAddress?

  init(_ request: HTTPRequest, addresses: AddressGuard) throws(NetError) {
    easy = try Easy()
    bytes = request.bytes
    let addresses = request.addresses ?? addresses
    easy.set(CURLOPT_URL, request.url)
    easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
    easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    easy.set(CURLOPT_FOLLOWLOCATION, 0)
    // One request at a time on a connection: nothing of one person's request can hold up another's.
    easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    easy.set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    easy.set(CURLOPT_USERAGENT, "Heed")
    easy.set(CURLOPT_HTTPHEADER, lines: request.lines)
    easy.set(CURLOPT_CONNECTTIMEOUT_MS, min(request.milliseconds, 10_000))
    easy.set(CURLOPT_TIMEOUT_MS, request.milliseconds)
    if request.addresses != nil {
      // The guard is asked when a connection is made: one that another guard let through is nobody else's to use. And on one of before libcurl would
      // ask again by itself when it breaks.
      easy.set(CURLOPT_FRESH_CONNECT, 1)
      easy.set(CURLOPT_FORBID_REUSE, 1)
    }
    if request.method != .get || !request.body.isEmpty { easy.setBody(request.body) }
    easy.onHeader = { [unowned self] in take(header: $0) }
    easy.onBody = { [unowned self] in take(body: $0) }
    easy.mayDial = { [unowned self] address in
      guard let refused = addresses.refusal(of: address) else {
        dialled = address
        return true
      }
      refusal = "\(address): \(refused.rawValue)"
      return false
    }
  }

  func outcome(_ code: CURLcode) -> HTTPOutcome {
    if code == CURLE_OK || (isTruncated && code == CURLE_WRITE_ERROR) {
      return .response(HTTPResponse(status: easy.status, headers: headers, body: body, isTruncated: isTruncated, address: dialled))
    }
    if code == CURLE_COULDNT_CONNECT, let refusal { return .failed(HTTPFailure(kind: .refused, text: refusal, mayHaveArrived: false)) }
    let text = easy.explain(code)
    return .failed(HTTPFailure(kind: HTTPFailure.Kind(code), text: text, address: dialled, mayHaveArrived: easy.hasAsked))
  }

  /// Keeps what fits; the rest of an endless header block runs into libcurl's own limit or the deadline.
  private func take(header line: [UInt8]) -> Bool {
    // Each answer begins with its status line: forget those before the last one (100 Continue).
    if line.starts(with: "HTTP/".utf8) {
      headers = []
      return true
    }
    headerBytes &+= line.count
    guard headerBytes <= HTTPResponse.limit, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return true }
    let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 || $0 == 10 }
    let value = line[(colon + 1)...].drop(while: blank)
    let end = value.lastIndex { !blank($0) }.map { $0 + 1 } ?? value.startIndex
    headers.append(HeaderField(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value[..<end], as: UTF8.self)))
    return true
  }

  private func take(body piece: [UInt8]) -> Bool {
    let room = bytes - body.count
    body += piece.prefix(room)
    isTruncated = piece.count > room
    return !isTruncated
  }
}

extension HTTPFailure.Kind {
  init(_ code: CURLcode) {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: self = .resolving
    case CURLE_COULDNT_CONNECT: self = .connecting
    case CURLE_OPERATION_TIMEDOUT: self = .timeout
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE: self = .tls
    case CURLE_PEER_FAILED_VERIFICATION: self = .certificate
    default: self = .broken
    }
  }
}
