import App
import Postgres

/// Why there is no connection to the database, and what to do: libpq's words name the host, the port and the role, never the password.
enum DatabaseWords {
  static func explain(_ error: PostgresError, _ role: DatabaseRole) -> String {
    // Names of prepared statements that somebody else has given, or that are gone.
    if error.sqlstate == "42P05" || error.sqlstate == "26000" { return Pooler.statementsMix }
    if error.sqlstate != nil { return "the database answers with an error: \(error)" }
    let words = sentences(error.message)
    if error.kind == .value { return "\(words). Write it like postgresql://\(role.rawValue)@localhost/heed" }
    guard let advice = advice(words, role) else {
      return "the database does not answer: \(words)" + (words.utf8.last == UInt8(ascii: "?") ? "" : ". Is it running there?")
    }
    return "cannot be used: \(words). \(advice)"
  }

  /// What to do, by what libpq says; nil for what is only an absence. A server that speaks another language gets the general advice.
  private static func advice(_ words: String, _ role: DatabaseRole) -> String? {
    let name = role.rawValue
    let mapped = "Give the role a password, and scram-sha-256 in pg_hba.conf; or map this account in pg_ident.conf."
    // What several fit is told by the first: "too many connections for role …" is not about making that role.
    let all = [
      ("too many connections", "Raise the limit of the role or the database, or lower HEED_RESPONDERS and HEED_WORKERS."),
      ("not permitted to log in", "Let it: ALTER ROLE \(name) LOGIN"),
      ("permission denied for database", "Grant it: GRANT CONNECT ON DATABASE heed TO \(name)"),
      ("not currently accepting connections", "Open it: ALTER DATABASE heed ALLOW_CONNECTIONS true"),
      ("startup parameter", Pooler.advice(role)),
      ("query_wait_timeout", "PgBouncer's pool is used up: raise default_pool_size above HEED_RESPONDERS and HEED_WORKERS."),
      ("no password supplied", "Put the role's password into the URL, percent-encoded."),
      ("Peer authentication", mapped), ("Ident authentication", mapped),
      ("authentication failed", "Set it anew with ALTER ROLE \(name) PASSWORD '…', and the same, percent-encoded, in the URL."),
      ("pg_hba.conf", "Add a line for this role, database and address to pg_hba.conf, and reload the server."),
      ("role \"", "Make it: CREATE ROLE \(name) LOGIN PASSWORD '…'"),
      ("no such user", "Name it in PgBouncer's auth_file."),
      ("database \"", "Make it: CREATE DATABASE heed OWNER heed_owner; then: heed migrate"),
      ("no such database", "Name it under [databases] in PgBouncer's settings."),
      ("too many clients", "Raise max_connections, or lower HEED_RESPONDERS and HEED_WORKERS."),
      ("connection slots", "Raise max_connections, or lower HEED_RESPONDERS and HEED_WORKERS."),
      ("translate host name", "Is the host's name right?"),
      ("timeout expired", "Is the address right, and does a firewall stand between?"),
      ("starting up", "Try again in a moment."),
      ("session is read-only", "Only replicas answer: name the host of the primary too."),
    ]
    return all.first { words.contains($0.0) }?.1
  }

  /// libpq's lines as sentences: they do not all end like one.
  static func sentences(_ text: String) -> String {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      line.split { $0 <= 0x20 || $0 == 0x7f }.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
    return lines.filter { !$0.isEmpty }.reduce("") { whole, line in
      guard let last = whole.utf8.last else { return line }
      if ".?!:;,".utf8.contains(last) { return whole + " " + line }
      let isCapital = line.utf8.first.map { (0x41...0x5a).contains($0) } ?? false
      return whole + (isCapital ? ". " : "; ") + line
    }
  }
}
