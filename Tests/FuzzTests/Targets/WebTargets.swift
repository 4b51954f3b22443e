import HTML
import Web

@testable import App

extension Target {
  /// Posted forms and queries, against the simplest reading of the WHATWG's words; and what was read, written and read again.
  static let form = Target(
    "form", longest: 8_000,
    seeds: bytes([
      "", "title=Water+the+plants&importance=low&nonce=00ff", "a=1&a=2&a=&b", "q=%C3%A9%zz%2", "=x&&a==b", "csrf=%00&t=%ff",
      "n=-12&f=on&m=a%0D%0Ab",
    ]),
    words: ["&", "=", "%", "%2", "%00", "%26", "%3D", "+", "a=", "%e2%80%a8", "%F0%9F%98%80", "%ed%a0%80", "%c0%80"]
  ) { input in
    let form = Form(urlEncoded: input)
    let expected = PlainForm.read(input)
    for (name, values) in expected.prefix(50) {
      try hold(
        form.all(name) == values,
        "\(form.all(name).count) values of “\(name)”, not \(values.count): \(form.all(name).suffix(2)), \(values.suffix(2))")
      try hold(form.first(name) == values.first, "the first “\(name)” is \(String(describing: form.first(name)))")
      try hold(form.firstFilled(name) == values.first { $0 != .text("") }, "the first filled “\(name)”")
    }
    try hold(form.all("no such field").isEmpty, "a field that was not sent")
    let again = Form(urlEncoded: Array(PlainForm.written(expected).utf8))
    for (name, values) in expected.prefix(50) where values.allSatisfy({ $0 != .unreadable }) {
      try hold(again.all(name) == values, "“\(name)” is another when it is written and read again")
    }
    return "\(size(expected.count)) \(Set(expected.flatMap(\.1).map { $0 == .unreadable })) \(try complaints(form, expected.map(\.0)))"
  }

  private static let english = Words(language: "en")

  /// Every reader of fields.
  private static func complaints(_ form: Form, _ names: [String]) throws -> Int {
    var read = FormReader(form, english)
    for name in names.prefix(20) {
      let line = read.line(name, 1...50)
      try hold(!line.utf8.contains(0), "a NUL in a line")
      let text = read.text(name, bytes: 300)
      try hold(!text.utf8.contains(13), "a CR in a text")
      let number = read.integer(name, -5...5, 3)
      try hold((-5...5).contains(number), "\(number) is out of range")
      _ = (read.flag(name), read.filled(name), read.version())
    }
    return read.errors.complaints.count
  }

  /// The `Cookie` header: a value is what stands between the name's `=` and the next semicolon.
  static let cookies = Target(
    "cookies", longest: 4_000,
    seeds: bytes(["", "heed=abc", "a=b; heed=x=y; heed=z", "heed=;heed=1", " heed = x", "__Host-heed=\"q\"; heed_flash=\u{E9}"]),
    words: ["heed", "heed=", ";", "; ", "=", "\t", "__Host-heed="]
  ) { input in
    let cookies = Cookies(input)
    var kinds: [String] = []
    for name in ["heed", "__Host-heed", "heed_flash", "heed_door", "", "a"] {
      let wanted = PlainForm.pieces(input, 59).lazy.map { PlainForm.trimmed($0) }.first { $0.starts(with: Array(name.utf8) + [61]) }
      let value = wanted.flatMap { String(validating: $0.dropFirst(name.utf8.count + 1), as: UTF8.self) }
      let found = cookies[name]
      try hold(found.map { Array($0.utf8) } == value.map { Array($0.utf8) }, "“\(name)” is \(found ?? "nil") and not \(value ?? "nil")")
      kinds.append(found.map { size($0.utf8.count) } ?? "-")
    }
    return kinds.joined(separator: " ")
  }

  /// The line of a request: nothing of it may look like another path than it is.
  static let requests = Target(
    "requests", longest: 4_000,
    seeds: bytes([
      "/", "/reminders?after=x&q=", "/a/b/../c", "//evil.example", "/%2e%2e/", "/\\evil", "/a%2Fb", "/%00", "/a?b?c", "x", "/\u{E9}",
    ]),
    words: ["/", "//", "%2F", "%5C", "..", "%2e", "?", "#", "\\", "%", "/reminders", "\u{338}"]
  ) { input in
    let request = Request(method: .get, target: input)
    try hold(request.target == input || input.last == 63, "the target is not what was sent")
    if let segments = request.segments {
      try hold(input.first == 47, "a path that does not begin with a slash")
      try hold(segments.allSatisfy { !$0.utf8.contains(0) }, "a NUL in a path")
      try hold(segments.count <= request.rawPath.count, "more segments than slashes")
    }
    let text = String(decoding: input, as: UTF8.self)
    if let path = Path(checking: text) {
      let bytes = Array(path.text.utf8)
      try hold(bytes == Array(text.utf8), "a path is not as it was sent")
      try hold(bytes.first == 47 && bytes.dropFirst().first != 47 && !bytes.contains(92), "a path that leaves the site: \(text)")
      try hold(bytes.allSatisfy { $0 > 32 && $0 < 127 }, "a path with what no address holds")
      let plain = PlainForm.decoded(Array(bytes.prefix { $0 != 63 && $0 != 35 }), plus: false)
      try hold(!PlainForm.pieces(plain, 47).contains { $0 == [46] || $0 == [46, 46] } || bytes.contains(37), "a path that climbs: \(text)")
    }
    return "\(request.segments?.count ?? -1) \(Path(checking: text) != nil) \(size(request.rawQuery.count))"
  }
}

/// Forms read without any thought of speed.
enum PlainForm {
  static func pieces(_ bytes: [UInt8], _ mark: UInt8) -> [[UInt8]] {
    var pieces: [[UInt8]] = [[]]
    for byte in bytes {
      if byte == mark { pieces.append([]) } else { pieces[pieces.count - 1].append(byte) }
    }
    return pieces
  }

  static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    var rest = bytes
    while rest.first == 32 || rest.first == 9 { rest.removeFirst() }
    return rest
  }

  static func decoded(_ bytes: [UInt8], plus: Bool) -> [UInt8] {
    var out: [UInt8] = []
    var place = 0
    while place < bytes.count {
      let digits = place + 2 < bytes.count ? Array(bytes[place + 1...place + 2]) : []
      if bytes[place] == 37, digits.count == 2, digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        out.append(value)
        place += 3
      } else {
        out.append(plus && bytes[place] == 43 ? 32 : bytes[place])
        place += 1
      }
    }
    return out
  }

  /// Fields in the order of their first value. Names that are no text are left out.
  static func read(_ bytes: [UInt8]) -> [(String, [Form.Value])] {
    var fields: [(String, [Form.Value])] = []
    var places: [[UInt8]: Int] = [:]
    var count = 0
    for pair in pieces(bytes, 38) where !pair.isEmpty && count < Form.mostFields {
      let parts = pieces(pair, 61)
      guard let name = String(validating: decoded(parts[0], plus: true), as: UTF8.self) else { continue }
      let raw = decoded(Array(parts.dropFirst().joined(separator: [61])), plus: true)
      let text = raw.contains(0) ? nil : String(validating: raw, as: UTF8.self)
      let value = text.map { Form.Value.text($0) } ?? .unreadable
      count += 1
      if let place = places[Array(name.utf8)] {
        fields[place].1.append(value)
      } else {
        places[Array(name.utf8)] = fields.count
        fields.append((name, [value]))
      }
    }
    return fields
  }

  /// As a browser would send the fields.
  static func written(_ fields: [(String, [Form.Value])]) -> String {
    func encoded(_ text: String) -> String { text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    return fields.flatMap { name, values in
      values.map { value in
        if case .text(let text) = value { encoded(name) + "=" + encoded(text) } else { encoded(name) + "=%ff" }
      }
    }.joined(separator: "&")
  }
}
