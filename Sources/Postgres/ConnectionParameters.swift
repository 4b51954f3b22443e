import CPostgres
import Glibc

extension PQConnection {
  /// What libpq is told, in order of weight: our defaults, then the connection string, then what must be so.
  static func parameters(_ url: String, _ options: ConnectionOptions) throws(PostgresError) -> [(String, String)] {
    let given = try serverSettings(in: url)
    var parameters = options.parameters
    parameters.append(("dbname", url))
    parameters.append(("client_encoding", "UTF8"))
    // One string of settings would replace the other, so they are joined; the later of two equal ones counts.
    let settings = [options.settings, given].filter { !$0.isEmpty }.joined(separator: " ")
    if !settings.isEmpty { parameters.append(("options", settings)) }
    return parameters
  }

  /// The `options` of a connection string.
  private static func serverSettings(in url: String) throws(PostgresError) -> String {
    if url.utf8.contains(0) { throw .value("the connection string has a NUL byte") }
    var message: UnsafeMutablePointer<CChar>?
    defer { PQfreemem(message) }
    guard let list = PQconninfoParse(url, &message) else {
      throw .value("the connection string can't be read: \(message.map { oneLine(String(cString: $0)) } ?? "")")
    }
    defer { PQconninfoFree(list) }
    var option = list
    while let keyword = option.pointee.keyword {
      if strcmp(keyword, "options") == 0, let value = option.pointee.val { return String(cString: value) }
      option += 1
    }
    return ""
  }

  /// - Returns: a connection, or an attempt at one that failed, which still has to be asked for its state and be closed.
  static func connect(_ parameters: [(String, String)]) throws(PostgresError) -> OpaquePointer {
    let keywords = parameters.map { strdup($0.0) }
    let values = parameters.map { strdup($0.1) }
    defer {
      for pointer in keywords { free(pointer) }
      for pointer in values { free(pointer) }
    }
    let handle = PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
    guard let handle else { throw .connection("out of memory") }
    return handle
  }
}

extension BindWriter {
  func withPaddedBytes(_ body: (UnsafePointer<CChar>) -> Bool) -> Bool {
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { return body(base.assumingMemoryBound(to: CChar.self)) }
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1) { padding in
        padding.initialize(repeating: 0)
        return padding.baseAddress.map { body(UnsafePointer($0)) } ?? false
      }
    }
  }
}
