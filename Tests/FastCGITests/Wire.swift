/// FastCGI as bytes, made by hand: the tests must be able to send what no library would.
enum Wire {
  static func record(_ type: UInt8, _ content: [UInt8] = [], id: UInt16 = 1, padding: UInt8 = 0, version: UInt8 = 1) -> [UInt8] {
    header(type, id: id, length: content.count, padding: padding, version: version) + content + [UInt8](repeating: 0, count: Int(padding))
  }

  /// A header alone, with any length in it.
  static func header(_ type: UInt8, id: UInt16 = 1, length: Int, padding: UInt8 = 0, version: UInt8 = 1) -> [UInt8] {
    [version, type, UInt8(id >> 8), UInt8(id & 255), UInt8(length >> 8), UInt8(length & 255), padding, 0]
  }

  static func begin(role: UInt8 = 1, id: UInt16 = 1, flags: UInt8 = 0) -> [UInt8] { record(1, [0, role, flags, 0, 0, 0, 0, 0], id: id) }

  static func pair(_ name: String, _ value: String) -> [UInt8] { pair(Array(name.utf8), Array(value.utf8)) }

  static func pair(_ name: [UInt8], _ value: [UInt8]) -> [UInt8] { length(name.count) + length(value.count) + name + value }

  static func length(_ count: Int) -> [UInt8] {
    count < 128
      ? [UInt8(count)] : [UInt8(count >> 24 & 0x7F) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
  }

  /// A stream of records of one type, ended by an empty one, as the specification asks.
  static func stream(_ type: UInt8, _ content: [UInt8], chunk: Int = 65535, padding: UInt8 = 0) -> [UInt8] {
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: chunk) {
      bytes += record(type, Array(content[start..<min(start + chunk, content.count)]), padding: padding)
    }
    return bytes + record(type)
  }

  static func parameters(_ path: String, query: String = "", length: Int? = nil, more: [(String, String)] = []) -> [UInt8] {
    pair("SCRIPT_NAME", path) + pair("QUERY_STRING", query) + pair("CONTENT_LENGTH", length.map(String.init) ?? "")
      + more.flatMap { pair($0.0, $0.1) }
  }

  /// A request as nginx would send it.
  static func request(
    _ path: String, query: String = "", body: [UInt8] = [], declared: Int? = nil, more: [(String, String)] = []
  ) -> [UInt8] {
    let parameters = parameters(path, query: query, length: declared ?? (body.isEmpty ? nil : body.count), more: more)
    return begin() + stream(4, parameters) + stream(5, body)
  }
}

/// What came back.
struct Answer {
  /// All content of FCGI_STDOUT.
  var output: [UInt8] = []
  /// FCGI_END_REQUEST came, with protocol status "complete".
  var isComplete = false

  /// Reads the records of one answer; anything that isn't one leaves `isComplete` false.
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while rest.count >= 8 {
      let header = Array(rest.prefix(8))
      let length = Int(header[4]) << 8 | Int(header[5])
      rest = rest.dropFirst(8)
      guard header[0] == 1, rest.count >= length + Int(header[6]) else { return }
      if header[1] == 6 { output += rest.prefix(length) }
      if header[1] == 3 { isComplete = Array(rest.prefix(5)) == [0, 0, 0, 0, 0] }
      rest = rest.dropFirst(length + Int(header[6]))
    }
  }

  var text: String { String(decoding: output, as: UTF8.self) }
  /// The number after `Status:`; 0 without one.
  var status: Int { isComplete && text.hasPrefix("Status: ") ? Int(text.dropFirst(8).prefix(3)) ?? 0 : 0 }
  /// What follows the empty line.
  var body: [UInt8] {
    let mark = Array("\r\n\r\n".utf8)
    guard let start = output.indices.first(where: { output[$0...].starts(with: mark) }) else { return [] }
    return Array(output[(start + 4)...])
  }
}
