import Domain
import HTML

/// What a call of a tool gives back.
struct ToolOutcome {
  /// An object; what is told to a model, and kept as a step of the answer.
  let json: [UInt8]
  /// How many things it names.
  let rows: Int
  /// What was wrong with the call, in words; nil: nothing.
  let error: String?
  let proposal: ID<Proposal>?
  /// Of what it kept, for the audit log; nil: nothing.
  var entry: AuditEntry?

  /// How much one call says, in bytes (RULES 9.32).
  static let mostBytes = 24_000

  static func refused(_ words: String) -> ToolOutcome {
    ToolOutcome(json: Array(JSONText.object([("error", .string(words))]).text.utf8), rows: 0, error: words, proposal: nil)
  }

  /// Rows, as many as there is room for.
  ///
  /// - Parameters:
  ///   - more: whether there are more than these.
  ///   - ignored: arguments that this tool does not have.
  init(_ rows: [JSONText], more: Bool, ignored: [String] = [], beside: [(name: String, value: JSONText)] = []) {
    var kept: [JSONText] = []
    var bytes = 200 + beside.reduce(0) { $0 + $1.name.utf8.count + $1.value.text.utf8.count + 4 }
    for row in rows.prefix(ToolReading.most) {
      bytes += row.text.utf8.count + 1
      if bytes > ToolOutcome.mostBytes { break }
      kept.append(row)
    }
    var members = beside + [(name: "things", value: JSONText.array(kept))]
    if more || kept.count < rows.count { members.append((name: "more", value: .bool(true))) }
    if !ignored.isEmpty { members.append((name: "ignored", value: .array(ignored.map { .string($0) }))) }
    self.init(json: Array(JSONText.object(members).text.utf8), rows: kept.count, error: nil, proposal: nil)
  }

  init(json: [UInt8], rows: Int, error: String?, proposal: ID<Proposal>?) {
    (self.json, self.rows, self.error, self.proposal) = (json, rows, error, proposal)
  }
}

extension ToolReading {
  /// A thing as a model is told of it: by its number in this answer, never by its id. What others wrote is marked (RULES 9.34).
  ///
  /// - Parameter isForeign: whether others wrote what stands in the facts.
  func json(_ thing: ToolThing, _ facts: [(name: String, value: JSONText?)] = [], isForeign: Bool = false) -> JSONText {
    let given = thing.given(person, isForeign: isForeign)
    let number = reach.number(of: given)
    var members: [(name: String, value: JSONText)] = [
      (name: "n", value: .number(number)), (name: "kind", value: .string(thing.kind)), (name: "title", value: .string(thing.title)),
    ]
    members += facts.compactMap { fact in fact.value.map { (name: fact.name, value: $0) } }
    if given.isForeign { members.append((name: "untrusted", value: .bool(true))) }
    return .object(members)
  }

  /// Something beside a thing, which is one itself.
  func mention(_ thing: ToolThing) -> JSONText { json(thing) }
}

extension JSONText {
  /// nil for what says nothing.
  static func words(_ text: String) -> JSONText? { text.utf8.isEmpty ? nil : .string(text) }

  /// At most so many bytes, cut between scalars.
  static func cut(_ text: String, to most: Int) -> JSONText? {
    if text.utf8.count <= most { return words(text) }
    var scalars = String.UnicodeScalarView()
    var bytes = 0
    for scalar in text.unicodeScalars {
      bytes += UTF8.width(scalar)
      if bytes > most { break }
      scalars.append(scalar)
    }
    return .string(String(scalars) + " …")
  }
}
