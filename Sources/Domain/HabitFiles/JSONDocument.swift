/// JSON text (RFC 8259) of somebody else's file, read once into a flat list: a value is a place in it, texts are decoded when they are asked for.
/// No recursion, so that brackets without end cost nothing.
struct JSONDocument {
  enum Kind: UInt8 { case object, array, text, number, yes, no, null }

  struct Node {
    var kind: Kind
    /// In the bytes, without the quotes of a text.
    var start: Int32
    var end: Int32
    /// The node behind it and what is in it.
    var next: Int32
  }

  /// Brackets within brackets.
  static let deepest = 64

  fileprivate let bytes: [UInt8]
  fileprivate let nodes: [Node]
  /// Where lines end.
  private let lineEnds: [Int32]

  var root: JSONValue { JSONValue(document: self, place: 0) }

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8]) throws(HabitFileRefusal) {
    self.bytes = bytes
    var parser = JSONParser(bytes)
    let isWhole = bytes.count < Int(Int32.max) && parser.run()
    nodes = parser.nodes
    lineEnds = bytes.indices.filter { bytes[$0] == 0x0A }.map { Int32(clamping: $0) }
    if !isWhole { throw .brokenJSON(line: line(of: parser.place)) }
  }

  fileprivate func line(of place: Int) -> Int {
    var (low, high) = (0, lineEnds.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(lineEnds[middle]) < place { low = middle + 1 } else { high = middle }
    }
    return low + 1
  }
}

/// A value of a ``JSONDocument``.
struct JSONValue {
  fileprivate let document: JSONDocument
  fileprivate let place: Int

  private var node: JSONDocument.Node { document.nodes[place] }

  /// The line in which it begins.
  var line: Int { document.line(of: Int(node.start)) }

  /// Of an object; of two of one name the last, as JavaScript has it. Nil for what is no object, has none, and for null.
  subscript(name: String) -> JSONValue? {
    guard node.kind == .object else { return nil }
    var found: JSONValue?
    var key = place + 1
    while key < Int(node.next) {
      if document.holds(key, name) { found = JSONValue(document: document, place: key + 1) }
      key = Int(document.nodes[key + 1].next)
    }
    return found.flatMap { $0.node.kind == .null ? nil : $0 }
  }

  /// Of an array; empty for anything else.
  var elements: [JSONValue] {
    guard node.kind == .array else { return [] }
    var found: [JSONValue] = []
    var element = place + 1
    while element < Int(node.next) {
      found.append(JSONValue(document: document, place: element))
      element = Int(document.nodes[element].next)
    }
    return found
  }

  var isObject: Bool { node.kind == .object }
  var isArray: Bool { node.kind == .array }

  var bool: Bool? { node.kind == .yes ? true : node.kind == .no ? false : nil }

  var text: String? { node.kind == .text ? document.text(Int(node.start), Int(node.end)) : nil }

  /// A number, or a text that is one.
  var thousandths: Int? {
    guard node.kind == .number || node.kind == .text else { return nil }
    return HabitFileNumber.thousandths(document.bytes[Int(node.start)..<Int(node.end)])
  }

  /// A whole number.
  var integer: Int? {
    guard let thousandths, thousandths % 1_000 == 0 else { return nil }
    return thousandths / 1_000
  }
}

extension JSONDocument {
  fileprivate func holds(_ place: Int, _ name: String) -> Bool {
    let (start, end) = (Int(nodes[place].start), Int(nodes[place].end))
    return bytes[start..<end].elementsEqual(name.utf8)
  }

  /// A half of a pair of surrogates alone becomes U+FFFD.
  fileprivate func text(_ start: Int, _ end: Int) -> String {
    let raw = bytes[start..<end]
    guard raw.contains(0x5C) else { return String(decoding: raw, as: UTF8.self) }
    var out: [UInt16] = []
    var plain = start
    var index = start
    func take(_ end: Int) { out += String(decoding: bytes[plain..<end], as: UTF8.self).utf16 }
    while index < end {
      guard bytes[index] == 0x5C else {
        index += 1
        continue
      }
      take(index)
      let mark = bytes[index + 1]
      let length = mark == UInt8(ascii: "u") ? 6 : 2
      out.append(length == 6 ? JSONParser.unit(bytes[(index + 2)..<(index + 6)]) ?? 0xFFFD : UInt16(JSONParser.escaped(mark) ?? mark))
      index += length
      plain = index
    }
    take(end)
    return String(decoding: out, as: UTF16.self)
  }
}
