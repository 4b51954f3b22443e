/// A request as the web server sent it: CGI parameters and a complete body, all bytes.
public struct RawRequest {
  /// `NAME=value` after `NAME=value`, without separators; one allocation for all.
  private let bytes: [UInt8]
  private let fields: [Field]
  /// The whole body: exactly CONTENT_LENGTH bytes.
  public let body: [UInt8]

  struct Field {
    let name: Range<Int>
    let value: Range<Int>
  }

  init(bytes: [UInt8], fields: [Field], body: [UInt8]) {
    self.bytes = bytes
    self.fields = fields
    self.body = body
  }

  /// A request made by hand, for tests and for tools that call a handler without a socket.
  public init(parameters: [(name: String, value: String)], body: [UInt8] = []) {
    var bytes: [UInt8] = []
    var fields: [Field] = []
    for parameter in parameters {
      let start = bytes.count
      bytes.append(contentsOf: parameter.name.utf8)
      let end = bytes.count
      bytes.append(0x3D)
      bytes.append(contentsOf: parameter.value.utf8)
      fields.append(Field(name: start..<end, value: end + 1..<bytes.count))
    }
    self.init(bytes: bytes, fields: fields, body: body)
  }

  /// The value of a parameter such as `REQUEST_METHOD` or `HTTP_COOKIE`; the first when a header came several times.
  public func parameter(_ name: StaticString) -> [UInt8]? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for field in fields where field.name.count == wanted.count && bytes[field.name].elementsEqual(wanted) {
      return Array(bytes[field.value])
    }
    return nil
  }

  /// All parameters in the order they came, names and values as bytes.
  public var parameters: [(name: [UInt8], value: [UInt8])] {
    fields.map { (Array(bytes[$0.name]), Array(bytes[$0.value])) }
  }
}
