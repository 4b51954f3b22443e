import Domain
import FastCGI

/// What a request asks to do. HEAD is answered as GET without the body.
public enum Method: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
  case other = ""
}

/// One HTTP request as the server in front passed it on. Paths are decoded here and nowhere else.
public struct Request: Sendable {
  /// The method; every one that Heed does not know is `.other` and answered 405.
  public let method: Method
  /// The path as sent, still encoded, without the query: `/reminders/0192…`.
  public let rawPath: [UInt8]
  /// The decoded segments of the path; nil when it is malformed (bad UTF-8, NUL, no leading slash).
  public let segments: [String]?
  /// The query as sent, without `?`.
  public let rawQuery: [UInt8]
  /// The fields of the query.
  public let query: Form
  /// The body, complete.
  public let body: [UInt8]
  /// The number that stands in the log and in `X-Request-Id`.
  public let id: String
  /// The client's network address as nginx saw it.
  public let address: String
  private let headers: [String: [UInt8]]

  /// - Parameters:
  ///   - headers: the HTTP headers by lower-case name.
  public init(
    method: Method, target: [UInt8], headers: [String: [UInt8]] = [:], body: [UInt8] = [], id: String = "test",
    address: String = "127.0.0.1"
  ) {
    self.method = method
    let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
    rawPath = Array(target[..<mark])
    rawQuery = mark < target.endIndex ? Array(target[(mark + 1)...]) : []
    segments = Request.segments(of: rawPath)
    query = Form(urlEncoded: rawQuery)
    self.headers = headers
    self.body = body
    self.id = id
    self.address = address
  }

  /// A header by its lower-case name, as the bytes that came.
  public func header(_ name: String) -> [UInt8]? { headers[name] }

  /// A header by its lower-case name, when it is valid UTF-8.
  public func headerText(_ name: String) -> String? { headers[name].flatMap(Bytes.validText) }

  /// The form in the body, as its `Content-Type` says it is written.
  public var form: Form {
    let type = header("content-type") ?? []
    let essence = Bytes.lowercased(type.prefix { $0 != UInt8(ascii: ";") }).filter { $0 != 32 && $0 != 9 }
    return essence.elementsEqual("multipart/form-data".utf8) ? Form(multipart: body, type: type) : Form(urlEncoded: body)
  }

  /// The browser's name for itself, cut to what the tables hold.
  public var agent: String {
    String(
      String.UnicodeScalarView((headerText("user-agent") ?? "").unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(400)))
  }

  /// The path and query as sent, for a link back. Always begins with one slash.
  public var target: [UInt8] { rawQuery.isEmpty ? rawPath : rawPath + [UInt8(ascii: "?")] + rawQuery }

  private static func segments(of path: [UInt8]) -> [String]? {
    guard path.first == UInt8(ascii: "/"), path.count <= 2048 else { return nil }
    if path.count == 1 { return [] }
    var out: [String] = []
    for part in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let bytes = ASCII.percentDecoded(part)
      guard !bytes.contains(0), let text = Bytes.validText(bytes) else { return nil }
      out.append(text)
    }
    return out
  }
}

extension Request {
  /// Reads what the FastCGI responder received. The names are those of `nginx/fastcgi_params`.
  public init(_ raw: RawRequest, id: String) {
    var headers: [String: [UInt8]] = [:]
    // From the end, so that of a header that came twice the first counts.
    for (name, value) in raw.parameters.reversed() {
      if name.starts(with: Request.headerPrefix) {
        let key = name.dropFirst(Request.headerPrefix.count).map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 }
        headers[String(decoding: Bytes.lowercased(key), as: UTF8.self)] = value
      }
    }
    if let type = raw.parameter("CONTENT_TYPE"), !type.isEmpty { headers["content-type"] = type }
    self.init(
      method: Method(rawValue: String(decoding: raw.parameter("REQUEST_METHOD") ?? [], as: UTF8.self)) ?? .other,
      target: raw.parameter("REQUEST_URI") ?? [], headers: headers, body: raw.body, id: id,
      address: String(decoding: raw.parameter("REMOTE_ADDR") ?? [], as: UTF8.self))
  }

  private static let headerPrefix = Array("HTTP_".utf8)
}
