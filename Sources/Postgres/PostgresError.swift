/// Why a statement did not do what it should.
public struct PostgresError: Error, Sendable {
  private let details: Details

  /// Where it went wrong.
  public enum Kind: Sendable {
    /// The server refused; ``sqlstate`` says why.
    case server
    /// There is no connection, or it broke.
    case connection
    /// A value can't be sent, or a column is not what the program takes it for. A mistake of ours.
    case value
  }

  /// One word behind a pointer, so that a throwing function returns in registers.
  private final class Details: Sendable {
    let kind: Kind
    let message: String
    let outcomeUnknown: Bool
    let fields: Fields

    init(_ kind: Kind, _ message: String, outcomeUnknown: Bool, fields: Fields) {
      (self.kind, self.message, self.outcomeUnknown, self.fields) = (kind, message, outcomeUnknown, fields)
    }
  }

  /// What the server tells besides the message (protocol, 55.8 "Error and Notice Message Fields").
  struct Fields: Sendable {
    var sqlstate: String?
    var constraint: String?
    var table: String?
    var column: String?
    var detail: String?
    var hint: String?
    /// Characters from 1 in the text of the statement.
    var position: Int?
  }

  init(_ kind: Kind, _ message: String, outcomeUnknown: Bool = false, fields: Fields = Fields()) {
    details = Details(kind, message, outcomeUnknown: outcomeUnknown, fields: fields)
  }

  /// A value that cannot be sent or is not what the program takes it for.
  public static func value(_ message: String) -> PostgresError { PostgresError(.value, message) }

  static func connection(_ message: String, outcomeUnknown: Bool = false) -> PostgresError {
    PostgresError(.connection, message, outcomeUnknown: outcomeUnknown)
  }

  /// The same, after a change was on its way.
  func withUnknownOutcome() -> PostgresError {
    PostgresError(kind, message, outcomeUnknown: true, fields: details.fields)
  }

  public var kind: Kind { details.kind }
  /// In the server's words, in one or more lines; never shown to people.
  public var message: String { details.message }
  /// Five characters (PostgreSQL, Appendix A); nil when it was not the server that refused.
  public var sqlstate: String? { details.fields.sqlstate }
  /// The constraint or unique index that was violated.
  public var constraint: String? { details.fields.constraint }
  public var table: String? { details.fields.table }
  public var column: String? { details.fields.column }
  /// May quote a person's data: not for the log.
  public var detail: String? { details.fields.detail }
  public var hint: String? { details.fields.hint }
  var position: Int? { details.fields.position }

  /// The connection broke after a change was sent and before the server answered: it may be done or not. Doing it again is safe only
  /// with a key that makes the second time harmless.
  public var isOutcomeUnknown: Bool { details.outcomeUnknown }
}

extension PostgresError: CustomStringConvertible {
  /// One line for the log. It names no values of rows but a word that an enum does not know.
  public var description: String {
    var line = sqlstate.map { "\($0) " } ?? ""
    line += oneLine(message)
    if let constraint { line += " (constraint \(constraint))" }
    if isOutcomeUnknown { line += " (not known whether the change was made)" }
    return line
  }
}

/// `text` with its line breaks and other control characters as spaces, runs of them as one, none at the ends.
func oneLine(_ text: some StringProtocol) -> String {
  let words = text.utf8.split { $0 <= 0x20 || $0 == 0x7F }
  return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
}
