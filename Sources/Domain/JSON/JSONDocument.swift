/// Why a text is no JSON, or none that is read here.
struct JSONError: Error, Equatable {
  /// Where reading broke off, from 1.
  let line: Int
}

/// JSON text (RFC 8259) from elsewhere, read once into a flat list: a value is a place in it, texts are decoded when they are asked for.
/// No recursion, so that brackets without end cost nothing.
struct JSONDocument: Sendable {
  enum Kind: UInt8, Sendable { case object, array, text, number, yes, no, null }

  struct Node: Sendable {
    var kind: Kind
    /// In the bytes, without the quotes of a text.
    var start: Int32
    var end: Int32
    /// The node behind it and what is in it.
    var next: Int32
  }

  fileprivate let bytes: [UInt8]
  fileprivate let nodes: [Node]
  /// Where lines end.
  private let lineEnds: [Int32]

  var root: JSONValue { JSONValue(document: self, place: 0) }

  /// - Parameters:
  ///   - bytes: UTF-8, or whatever else where it `isStrict`.
  ///   - deepest: brackets within brackets; more are refused.
  ///   - isStrict: refuses what is no UTF-8 and half a pair of surrogates, which is U+FFFD otherwise.
  init(_ bytes: [UInt8], deepest: Int = 64, isStrict: Bool = false) throws(JSONError) {
    self.bytes = bytes
    var parser = JSONParser(bytes, deepest: deepest, isStrict: isStrict)
    let isReadable = bytes.count < Int(Int32.max) && (!isStrict || String(validating: bytes, as: UTF8.self) != nil)
    let isWhole = isReadable && parser.run()
    nodes = parser.nodes
    lineEnds = bytes.indices.filter { bytes[$0] == 0x0A }.map { Int32(clamping: $0) }
    if !isWhole { throw JSONError(line: line(of: parser.place)) }
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

/// A value of JSON text.
public struct JSONValue: Sendable {
  fileprivate let document: JSONDocument
  fileprivate let place: Int

  private var node: JSONDocument.Node { document.nodes[place] }

  /// What a server or an operator wrote.
  ///
  /// - Returns: nil unless `bytes` are exactly one value in UTF-8, nested at most 32 deep, without halves of pairs.
  public init?(_ bytes: some Sequence<UInt8>) {
    guard let document = try? JSONDocument(Array(bytes), deepest: 32, isStrict: true) else { return nil }
    self = document.root
  }

  fileprivate init(document: JSONDocument, place: Int) { (self.document, self.place) = (document, place) }

  /// The line in which it begins.
  var line: Int { document.line(of: Int(node.start)) }

  /// Of an object, by its name's bytes: "é" in two spellings is two names. Of two of one name the last, as JavaScript has it. Nil for what is no
  /// object, has none, and for null.
  public subscript(name: String) -> JSONValue? {
    guard node.kind == .object else { return nil }
    var found: JSONValue?
    var key = place + 1
    while key < Int(node.next) {
      if document.holds(key, name) { found = JSONValue(document: document, place: key + 1) }
      key = Int(document.nodes[key + 1].next)
    }
    return found.flatMap { $0.node.kind == .null ? nil : $0 }
  }

  /// Of an object, in the order of the text, equal names too; empty for anything else.
  public var members: [(name: String, value: JSONValue)] {
    guard node.kind == .object else { return [] }
    var found: [(name: String, value: JSONValue)] = []
    var key = place + 1
    while key < Int(node.next) {
      found.append((document.text(key), JSONValue(document: document, place: key + 1)))
      key = Int(document.nodes[key + 1].next)
    }
    return found
  }

  /// Of an array; empty for anything else.
  public var elements: [JSONValue] {
    guard node.kind == .array else { return [] }
    var found: [JSONValue] = []
    var element = place + 1
    while element < Int(node.next) {
      found.append(JSONValue(document: document, place: element))
      element = Int(document.nodes[element].next)
    }
    return found
  }

  public var isObject: Bool { node.kind == .object }
  public var isArray: Bool { node.kind == .array }

  public var bool: Bool? { node.kind == .yes ? true : node.kind == .no ? false : nil }

  public var text: String? { node.kind == .text ? document.text(place) : nil }

  /// A number as it is written.
  public var number: String? { node.kind == .number ? String(decoding: written, as: UTF8.self) : nil }

  /// A text, number or word as it stands there, a text without its quotes.
  var written: ArraySlice<UInt8> { document.bytes[Int(node.start)..<Int(node.end)] }

  /// The same once more, in the shortest way but for numbers. Recursive, as deep as the document may be.
  public var json: JSONText {
    switch node.kind {
    case .object: .object(members.map { ($0.name, $0.value.json) })
    case .array: .array(elements.map(\.json))
    case .text: .string(document.text(place))
    case .number: .number(String(decoding: written, as: UTF8.self))
    case .yes, .no: .bool(node.kind == .yes)
    case .null: .null
    }
  }
}

extension JSONDocument {
  fileprivate func holds(_ place: Int, _ name: String) -> Bool {
    let raw = bytes[Int(nodes[place].start)..<Int(nodes[place].end)]
    return raw.contains(0x5C) ? text(place).utf8.elementsEqual(name.utf8) : raw.elementsEqual(name.utf8)
  }

  /// A half of a pair of surrogates alone becomes U+FFFD.
  fileprivate func text(_ place: Int) -> String {
    let (start, end) = (Int(nodes[place].start), Int(nodes[place].end))
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
