/// A file that came with a form.
public struct SentFile: Equatable, Sendable {
  /// As the browser says it; at most 200 characters, without controls, "" when it says none. For people's eyes only, never a path.
  public let name: String
  public let bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
}

/// Reads `multipart/form-data` (RFC 7578) as browsers write it: CR LF ends lines, parts are as they are, without transfer codings. Anything else is no
/// form: nothing is repaired, and nothing is read of a body that breaks off.
struct Multipart {
  /// Bytes of the head of one part.
  static let longestHead = 8_192

  /// What one part holds; `file` is its name.
  struct Part: Equatable {
    let field: String
    let file: String?
    let bytes: ArraySlice<UInt8>
  }

  let parts: [Part]

  /// - Parameter type: the value of `Content-Type`.
  /// - Returns: nil when the body is no such form, or has more than ``Form/mostFields`` parts. One pass over the body.
  init?(_ body: [UInt8], type: [UInt8]) {
    guard let boundary = Multipart.parameter("boundary", of: type), (1...70).contains(boundary.count) else { return nil }
    let mark = [0x0D, 0x0A, 0x2D, 0x2D] + boundary
    var parts: [Part] = []
    // The first mark has no line before it.
    guard body.starts(with: mark.dropFirst(2)) else { return nil }
    var place = mark.count - 2
    while true {
      if body[place...].starts(with: [0x2D, 0x2D]) { break }
      guard body[place...].starts(with: [0x0D, 0x0A]), parts.count < Form.mostFields,
        let head = Multipart.find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: place, within: Multipart.longestHead),
        let end = Multipart.find(mark, in: body, from: head + 2)
      else { return nil }
      // An empty part's mark may follow the blank line at once, sharing its line end.
      let start = min(head + 4, end)
      guard let part = Part(head: body[place..<head], bytes: body[start..<end]) else { return nil }
      parts.append(part)
      place = end + mark.count
    }
    self.parts = parts
  }

  /// Where some bytes stand next.
  ///
  /// - Parameter limit: how many bytes are searched at most.
  static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int, within limit: Int = .max) -> Int? {
    let last = min(bytes.count, start + min(limit, bytes.count)) - wanted.count
    guard let first = wanted.first, start <= last else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var place = start
      while place <= last {
        if bytes[place] == first, (1..<wanted.count).allSatisfy({ bytes[place + $0] == wanted[$0] }) { return place }
        place += 1
      }
      return nil
    }
  }

  /// A parameter of a header: `name="value"` or `name=value`. In quotes a backslash stands for itself, as browsers send paths, and `%22` for a quote.
  static func parameter(_ name: String, of header: some Collection<UInt8>) -> [UInt8]? {
    var rest = Array(header)[...]
    rest = rest.drop { $0 != 0x3B }
    while rest.first == 0x3B {
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      let key = rest.prefix { $0 != 0x3D && $0 != 0x3B }
      rest = rest.dropFirst(key.count)
      guard rest.first == 0x3D else { continue }
      rest = rest.dropFirst()
      let value: ArraySlice<UInt8>
      if rest.first == 0x22 {
        value = rest.dropFirst().prefix { $0 != 0x22 }
        rest = rest.dropFirst(value.count + 2).drop { $0 != 0x3B }
      } else {
        value = rest.prefix { $0 != 0x3B && $0 != 0x20 && $0 != 0x09 }
        rest = rest.dropFirst(value.count).drop { $0 != 0x3B }
      }
      if Bytes.lowercased(key).elementsEqual(name.utf8) { return Array(value) }
    }
    return nil
  }
}

extension Multipart.Part {
  fileprivate init?(head: ArraySlice<UInt8>, bytes: ArraySlice<UInt8>) {
    let disposition = Array("content-disposition:".utf8)
    var found: ArraySlice<UInt8>?
    for line in head.split(whereSeparator: { $0 == 0x0D || $0 == 0x0A })
    where Bytes.lowercased(line.prefix(disposition.count)) == disposition {
      if found != nil { return nil }
      found = line.dropFirst(disposition.count)
    }
    guard let found, Bytes.lowercased(found.prefix { $0 != 0x3B }.filter { $0 != 0x20 && $0 != 0x09 }).elementsEqual("form-data".utf8),
      let name = Multipart.parameter("name", of: found), !name.contains(0), let field = Bytes.validText(name)
    else { return nil }
    self.field = field
    self.bytes = bytes
    file = Multipart.parameter("filename", of: found).map { name in
      let scalars = (Bytes.validText(name) ?? "").unicodeScalars.filter { $0.value >= 32 && !(127...159).contains($0.value) }
      return String(String.UnicodeScalarView(scalars.prefix(200)))
    }
  }
}
