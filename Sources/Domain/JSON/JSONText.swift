/// JSON text (RFC 8259) that is written here, the shortest of its value: made from its parts, so that nothing unquoted gets into it.
public struct JSONText: Hashable, Sendable {
  public let text: String

  private init(_ text: String) { self.text = text }

  public static let null = JSONText("null")

  public static func bool(_ value: Bool) -> JSONText { JSONText(value ? "true" : "false") }

  public static func number(_ value: Int) -> JSONText { JSONText("\(value)") }

  /// With six digits behind the point, as shares of 0 to 1 are told.
  public static func decimal(_ value: Double) -> JSONText {
    let millionths = Int(exactly: (max(-1e9, min(value.isNaN ? 0 : value, 1e9)) * 1e6).rounded()) ?? 0
    let digits = String(millionths.magnitude % 1_000_000)
    let behind = String(repeating: "0", count: 6 - digits.utf8.count) + digits
    return JSONText((millionths < 0 ? "-" : "") + "\(millionths.magnitude / 1_000_000).\(behind)")
  }

  /// - Parameter written: a number as JSON writes it.
  static func number(_ written: String) -> JSONText { JSONText(written) }

  public static func string(_ text: String) -> JSONText { JSONText(quoted(text)) }

  public static func array(_ values: [JSONText]) -> JSONText { JSONText("[" + values.map(\.text).joined(separator: ",") + "]") }

  /// In this order.
  public static func object(_ members: [(name: String, value: JSONText)]) -> JSONText {
    JSONText("{" + members.map { quoted($0.name) + ":" + $0.value.text }.joined(separator: ",") + "}")
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\u{0}"..."\u{1F}": out += "\\u00" + String(scalar.value >> 4, radix: 16) + String(scalar.value & 15, radix: 16)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
