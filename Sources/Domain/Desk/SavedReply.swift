/// A text kept for answers, with places that are filled when it is inserted: `Hello {{customer.first_name}}` (RULES 6.33).
public struct SavedReply: Hashable, Sendable {
  /// What a place can stand for; the raw value is what is typed between the braces.
  public enum Field: String, CaseIterable, Hashable, Sendable {
    case customerFirstName = "customer.first_name"
    case customerName = "customer.name"
    case agentName = "agent.name"
    case conversationSubject = "conversation.subject"
  }

  /// Why a text is not kept.
  public enum Complaint: Error, Hashable, Sendable {
    /// No field has that name; empty for `{{}}`. Long ones are cut to 60 scalars.
    case unknown(String)
    /// Two opening braces that nothing closes in their line: they would reach a customer.
    case unclosed
  }

  private enum Part: Hashable {
    case text(String)
    case field(Field)
  }

  private let parts: [Part]

  /// - Parameter text: blanks within the braces say nothing; single braces, and closing ones alone, are text.
  /// - Throws: the first complaint.
  public init(_ text: String) throws(Complaint) {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstRange(ofPair: UInt8(ascii: "{")) {
      if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
      let line = rest[open.upperBound...].prefix { !$0.isNewline }
      guard let close = line.firstRange(ofPair: UInt8(ascii: "}")) else { throw .unclosed }
      let name = line[..<close.lowerBound].trimmed
      guard let field = Field.allCases.first(where: { $0.rawValue.utf8.elementsEqual(name.utf8) }) else {
        throw .unknown(String(String.UnicodeScalarView(name.unicodeScalars.prefix(60))))
      }
      parts.append(.field(field))
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// In the order of their first place.
  public var fields: [Field] {
    var fields: [Field] = []
    for case .field(let field) in parts where !fields.contains(field) { fields.append(field) }
    return fields
  }

  /// The text to insert. What a value holds is never read as a place, and a place without a value leaves nothing behind.
  ///
  /// - Parameter value: customers write their own names and subjects: each is made one line, and no link or tag can come of it.
  public func filled(_ value: (Field) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let field): Self.harmless(value(field))
      }
    }.joined()
  }

  private static func harmless(_ value: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in ImportText.oneLine(value).unicodeScalars where !isDirection(scalar) {
      // `](` makes a link in Markdown, `<` a link or a tag; a backslash before them makes them text, one that stands there already must not.
      if scalar == "<" || scalar == "\\" || scalar == "(" && out.last == "]" { out.append("\\") }
      out.append(scalar)
    }
    return String(out)
  }

  /// Marks that turn the rest of a line round.
  private static func isDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension Substring {
  /// The first two equal bytes side by side.
  fileprivate func firstRange(ofPair byte: UInt8) -> Range<Index>? {
    var index = utf8.startIndex
    while index < utf8.endIndex {
      let next = utf8.index(after: index)
      if utf8[index] == byte, next < utf8.endIndex, utf8[next] == byte { return index..<utf8.index(after: next) }
      index = next
    }
    return nil
  }
}
