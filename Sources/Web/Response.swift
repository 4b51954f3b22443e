/// What goes back. Header values never contain CR, LF or NUL: a value that does is dropped, byte by byte, before it is written.
public struct Response: Sendable {
  /// The HTTP status.
  public var status: Int
  /// Headers in the order they are written.
  public private(set) var headers: [(name: String, value: String)]
  /// The body; not written for HEAD and 304.
  public var body: [UInt8]
  /// What follows the body; nil: nothing does.
  public var file: BodyFile?

  /// - Parameter status: an HTTP status code.
  public init(status: Int, headers: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    self.body = body
  }

  /// An HTML page. nginx compresses it for who asks, and leaves it to us to say so: also on the 304 and to HEAD, which it does not look at.
  public static func html(_ body: [UInt8], status: Int = 200) -> Response {
    Response(status: status, headers: [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding")], body: body)
  }

  /// Plain text, for tools.
  public static func text(_ text: String, status: Int = 200) -> Response {
    Response(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
  }

  /// 303: look at the result there. The location is a path on this site.
  public static func seeOther(_ location: String) -> Response {
    Response(status: 303, headers: [("Location", location)])
  }

  /// Adds a header, beside others of the same name.
  public mutating func add(_ name: String, _ value: String) { headers.append((name, value)) }

  /// Sets a header in place of others of the same name.
  public mutating func set(_ name: String, _ value: String) {
    headers.removeAll { $0.name == name }
    headers.append((name, value))
  }

  /// The value of the first header of that name.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The response with one header more.
  public func adding(_ name: String, _ value: String) -> Response {
    var copy = self
    copy.add(name, value)
    return copy
  }

  /// The head in its CGI form (RFC 3875, section 6), which FastCGI carries: `Status`, headers, a blank line. The body goes behind it as it is.
  var head: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(1_400)
    Response.line("Status", "\(status) \(Response.reason(status))", to: &out)
    for header in headers { Response.line(header.name, header.value, to: &out) }
    if status != 304 { Response.line("Content-Length", String(body.count + (file?.count ?? 0)), to: &out) }
    out += [13, 10]
    return out
  }

  /// What is written, in two parts: a page is large, and joining it to its head would copy it once more. A ``file`` follows.
  ///
  /// - Parameter withBody: false for HEAD.
  public func written(withBody: Bool) -> (head: [UInt8], body: [UInt8]) { (head, withBody && status != 304 ? body : []) }

  private static func line(_ name: String, _ value: String, to out: inout [UInt8]) {
    out += name.utf8
    out += [UInt8(ascii: ":"), 32]
    let start = out.count
    out += value.utf8
    // Nothing of ours holds one; whatever came from outside must not begin a line of its own.
    if out[start...].contains(where: { $0 < 32 || $0 == 127 }) {
      out.removeLast(out.count - start)
      out += value.utf8.filter { $0 >= 32 && $0 != 127 }
    }
    out += [13, 10]
  }

  /// The phrase beside the status (RFC 9110, section 15). Protocols ignore it, people with `curl -i` do not.
  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 201: "Created"
    case 303: "See Other"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    default: status < 400 ? "OK" : "Error"
    }
  }
}
