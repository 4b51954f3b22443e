/// A request that is sound FastCGI but is answered here, without the handler.
enum Refusal: String {
  case duplicate, malformed, length, tooMany, tooLarge

  var status: StaticString {
    switch self {
    case .duplicate, .malformed, .length: "400 Bad Request"
    case .tooMany: "431 Request Header Fields Too Large"
    case .tooLarge: "413 Content Too Large"
    }
  }

  /// The number of ``status``.
  var code: Int {
    switch self {
    case .duplicate, .malformed, .length: 400
    case .tooMany: 431
    case .tooLarge: 413
    }
  }

  /// Plain words, for a program that has no page for these (``Responder/Hooks/refusal``).
  var answer: [UInt8] {
    Array("Status: \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n\r\n\(status)\n".utf8)
  }
}
