/// The changes between a draft and what was made of it, as they are stored and exported, with proof of both texts (RULES 6.6):
///
/// `{"v":1,"unit":"scalar","base_sha256":"…","result_sha256":"…","ops":[{"retain":3},{"delete":"old"},{"insert":"new"}]}`
///
/// The hashes are of the texts' UTF-8, in lower-case hexadecimal. Whoever has the base can replay it, whoever has the result can go back, and a
/// text that was tampered with is refused. The function that hashes is given: here is no cryptography.
public struct StoredDiff: Hashable, Sendable {
  /// SHA-256 of bytes: 32 of them.
  public typealias SHA256 = ([UInt8]) -> [UInt8]

  public let changes: TextChanges
  public let base: [UInt8]
  public let result: [UInt8]

  public init(from old: String, to new: String, sha256: SHA256) {
    changes = TextChanges(from: old, to: new)
    base = sha256(Array(old.utf8))
    result = sha256(Array(new.utf8))
  }

  private init(_ changes: TextChanges, base: [UInt8], result: [UInt8]) {
    (self.changes, self.base, self.result) = (changes, base, result)
  }

  /// From the result to the base.
  public var inverse: StoredDiff { StoredDiff(changes.inverse, base: result, result: base) }

  /// The result, byte for byte.
  ///
  /// - Throws: ``DiffRefusal/doesNotFit`` when `text` is not the base, ``DiffRefusal/wrongResult`` when the changes were tampered with.
  public func applied(to text: String, sha256: SHA256) throws(DiffRefusal) -> String {
    guard sha256(Array(text.utf8)) == base else { throw .doesNotFit }
    let made = try changes.applied(to: text)
    guard sha256(Array(made.utf8)) == result else { throw .wrongResult }
    return made
  }
}

extension StoredDiff {
  /// The stored form, without blanks, its members in the order shown above.
  public var json: String { object.text }

  /// The same as a part of a larger text.
  public var object: JSONText {
    let operations = changes.changes.map { change in
      switch change {
      case .retain(let count): JSONText.object([("retain", .number(count))])
      case .delete(let text): JSONText.object([("delete", .string(text))])
      case .insert(let text): JSONText.object([("insert", .string(text))])
      }
    }
    return JSONText.object([
      ("v", .number(1)), ("unit", .string("scalar")), ("base_sha256", .string(Hex.text(base))),
      ("result_sha256", .string(Hex.text(result))), ("ops", .array(operations)),
    ])
  }

  /// Reads the stored form; the order of members, blanks and unknown members do not matter.
  ///
  /// - Throws: ``DiffRefusal/malformed``.
  public init(json: String) throws(DiffRefusal) {
    guard let value = JSONValue(json.utf8), value["v"]?.number == "1", value["unit"]?.text == "scalar",
      let base = value["base_sha256"]?.text.flatMap(Hex.digest), let result = value["result_sha256"]?.text.flatMap(Hex.digest),
      let operations = value["ops"], operations.isArray
    else { throw .malformed }
    var changes: [TextChanges.Change] = []
    for operation in operations.elements {
      guard let change = Self.change(operation) else { throw .malformed }
      changes.append(change)
    }
    self.init(TextChanges(changes), base: base, result: result)
  }

  private static func change(_ operation: JSONValue) -> TextChanges.Change? {
    let members = operation.members
    guard members.count == 1 else { return nil }
    let value = members[0].value
    let text = value.text.flatMap { $0.isEmpty ? nil : $0 }
    return switch members[0].name {
    case "retain": value.number.flatMap { Int($0) }.flatMap { $0 > 0 ? .retain($0) : nil }
    case "delete": text.map { .delete($0) }
    case "insert": text.map { .insert($0) }
    default: nil
    }
  }
}

private enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// 32 bytes in lower case, or nil.
  static func digest(_ text: String) -> [UInt8]? {
    let values = text.utf8.compactMap(ASCII.lowerHexValue)
    guard values.count == 64, text.utf8.count == 64 else { return nil }
    return (0..<32).map { values[2 * $0] << 4 | values[2 * $0 + 1] }
  }
}
