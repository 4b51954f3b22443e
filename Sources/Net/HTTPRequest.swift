/// One request to a web server that a person named: a webhook, a model's endpoint.
///
/// Redirects are not followed, no proxy is used, compressed bodies are left as they are, and at most ``bytes`` of the answer are kept.
public struct HTTPRequest: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  public let method: Method
  public let url: String
  public let headers: [HeaderField]
  public let body: [UInt8]
  /// For everything from the name look-up to the last byte.
  public let milliseconds: Int
  /// How much of the answer's body is kept. What follows is not read.
  public let bytes: Int
  /// Which addresses it may dial; nil: those that ``Transfers`` says.
  public let addresses: AddressGuard?

  /// - Parameters:
  ///   - url: `http` or `https`, at most 2,048 bytes, without a name and password.
  ///   - headers: sent in this order. `Content-Type` is not made up when it is missing.
  ///   - seconds: 1 to 600.
  /// - Throws: ``NetError/badURL``, ``NetError/badHeader(_:)``.
  public init(
    _ method: Method, _ url: String, headers: [HeaderField] = [], body: [UInt8] = [], seconds: Int = 15
  ) throws(NetError) {
    try self.init(method, url, headers: headers, body: body, milliseconds: min(max(seconds, 1), 600) * 1000)
  }

  /// - Parameters:
  ///   - milliseconds: 1 to 600,000.
  ///   - bytes: of the answer's body, from 1.
  ///   - addresses: which it may dial, whatever others may; nil: as others.
  /// - Throws: as ``init(_:_:headers:body:seconds:)``.
  public init(
    _ method: Method, _ url: String, headers: [HeaderField] = [], body: [UInt8] = [], milliseconds: Int, bytes: Int = HTTPResponse.limit,
    addresses: AddressGuard? = nil
  ) throws(NetError) {
    guard HTTPTarget(url) != nil else { throw .badURL }
    for header in headers where !header.hasSafeName || !header.hasSafeValue { throw .badHeader(header.name) }
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.milliseconds = min(max(milliseconds, 1), 600_000)
    self.bytes = max(bytes, 1)
    self.addresses = addresses
  }

  /// The lines for libcurl: ours, and an empty one for each header it would add by itself.
  var lines: [String] {
    let own = headers.map { $0.value.utf8.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
    return own + ["Expect", "Content-Type"].filter { name in !headers.contains { $0.isNamed(name) } }.map { "\($0):" }
  }
}
