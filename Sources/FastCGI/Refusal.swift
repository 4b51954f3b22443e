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

  /// Plain words: a web server in front usually has its own page for these.
  var answer: [UInt8] {
    Array("Status: \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n\r\n\(status)\n".utf8)
  }
}
