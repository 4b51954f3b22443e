import CPostgres

/// The fields of an error or a notice.
struct ResultFields {
  /// The codes of `postgres_ext.h`: character macros, which Swift does not import.
  enum Code: Unicode.Scalar {
    case severity = "V"
    case state = "C"
    case message = "M"
    case detail = "D"
    case hint = "H"
    case position = "P"
    case table = "t"
    case column = "c"
    case constraint = "n"
  }

  private let result: OpaquePointer

  init(_ result: OpaquePointer) { self.result = result }

  subscript(_ code: Code) -> String? {
    PQresultErrorField(result, Int32(code.rawValue.value)).map { String(cString: $0) }
  }

  var error: PostgresError {
    // Without a state it was libpq that found the connection broken.
    guard let state = self[.state] else {
      return .connection(PQresultErrorMessage(result).map { String(cString: $0) } ?? "the connection broke")
    }
    let fields = PostgresError.Fields(
      sqlstate: state, constraint: self[.constraint], table: self[.table], column: self[.column], detail: self[.detail], hint: self[.hint],
      position: self[.position].flatMap { Int($0) })
    return PostgresError(.server, self[.message] ?? "", fields: fields)
  }
}
