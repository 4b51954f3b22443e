/// Swift, written line by line. Neighbouring literals become one.
struct SwiftSource {
  private var lines: [String] = []
  private var pending: [UInt8] = []
  private var depth = 0
  private let path: String

  /// - Parameter path: The template, which the Swift compiler names in its messages instead of this file.
  init(path: String) {
    self.path = path
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func literal(_ bytes: [UInt8]) {
    pending += bytes
  }

  mutating func literal(_ markup: String) { literal(Array(markup.utf8)) }

  /// A newline right behind `<textarea>`, unless the template has one there itself.
  mutating func textareaStart() {
    if pending.last == 0x3E { pending.append(0x0A) }
  }

  /// One statement, which the template's line `line` stands for.
  mutating func statement(_ code: String, line: Int? = nil) {
    flush()
    if let line { lines.append("#sourceLocation(file: \(Self.quoted(path.utf8)), line: \(line))") }
    lines.append(String(repeating: "  ", count: depth) + code)
  }

  mutating func open(_ code: String, line: Int? = nil) {
    statement(code, line: line)
    depth += 1
  }

  /// Closes a block, or goes on with the next one: `} else {`.
  mutating func close(_ code: String = "}", line: Int? = nil) {
    flush()
    depth -= 1
    statement(code, line: line)
    if code.hasSuffix("{") { depth += 1 }
  }

  private mutating func flush() {
    if pending.isEmpty { return }
    let markup = pending
    pending = []
    statement("__html.literal(\(Self.quoted(markup)))")
  }

  /// A string literal in ASCII: no scalar of the template can cling to the quotes.
  static func quoted(_ text: some Sequence<UInt8>) -> String {
    var out = "\""
    for scalar in String(decoding: Array(text), as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\\": out += "\\\\"
      case "\"": out += "\\\""
      case "\n": out += "\\n"
      case " "..."~": out.unicodeScalars.append(scalar)
      default: out += "\\u{" + String(scalar.value, radix: 16) + "}"
      }
    }
    return out + "\""
  }
}
