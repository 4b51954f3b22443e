/// Takes out of texts what tells who somebody is or how they pay, before they leave for an export or a model (RULES 6.37).
///
/// One is made for all texts of a line of an export: the same value is the same mark in all of them. The first of a kind is `[email]`, the next
/// other one `[email 2]`. Order numbers, dates, prices and post codes stay. Linear in the length of the texts.
public struct Redaction: Sendable {
  /// What is taken out; the raw value stands in the mark.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case email, phone, card, cpf, cnpj, iban
    /// What stands behind the `?` of a link.
    case query
  }

  /// What is masked before a model sees a text: it has no use for it.
  public static let secrets: Set<Kind> = [.card, .cpf, .cnpj, .iban]

  private let kinds: Set<Kind>
  private var numbers: [Kind: [String: Int]] = [:]

  public init(_ kinds: Set<Kind> = Set(Kind.allCases)) { self.kinds = kinds }

  /// - Returns: `text` with marks; what is not taken out stays byte for byte.
  public mutating func text(_ text: String) -> String {
    var marks = RedactionMarks(text)
    marks.findQueries()
    marks.findEmails()
    marks.findIBANs()
    marks.findNumbers()
    let found = marks.found.filter { kinds.contains($0.kind) }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    if found.isEmpty { return text }
    var out = String.UnicodeScalarView()
    var position = 0
    for one in found {
      out.append(contentsOf: marks.scalars[position..<one.range.lowerBound])
      out.append(contentsOf: mark(one.kind, one.value).unicodeScalars)
      position = one.range.upperBound
    }
    out.append(contentsOf: marks.scalars[position...])
    return String(out)
  }

  private mutating func mark(_ kind: Kind, _ value: String) -> String {
    let number = numbers[kind]?[value] ?? (numbers[kind]?.count ?? 0) + 1
    numbers[kind, default: [:]][value] = number
    return number == 1 ? "[\(kind.rawValue)]" : "[\(kind.rawValue) \(number)]"
  }
}

/// A text while it is searched: each place is found once, by whoever looks first.
struct RedactionMarks {
  struct Found {
    let range: Range<Int>
    let kind: Redaction.Kind
    /// The same for two spellings of one value.
    let value: String
  }

  let scalars: [Unicode.Scalar]
  private(set) var found: [Found] = []
  private var isTaken: [Bool]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    isTaken = Array(repeating: false, count: scalars.count)
  }

  mutating func take(_ range: Range<Int>, _ kind: Redaction.Kind, _ value: String) {
    for place in range { isTaken[place] = true }
    found.append(Found(range: range, kind: kind, value: value))
  }

  func isFree(_ range: Range<Int>) -> Bool { !isTaken[range].contains(true) }

  /// Nil beyond the ends.
  func scalar(_ place: Int) -> Unicode.Scalar? { scalars.indices.contains(place) ? scalars[place] : nil }

  func lowercased(_ range: Range<Int>) -> String {
    var out = String.UnicodeScalarView()
    for scalar in scalars[range] { out.append(scalar.isASCII ? Unicode.Scalar(ASCII.lower(UInt8(scalar.value))) : scalar) }
    return String(out)
  }
}
