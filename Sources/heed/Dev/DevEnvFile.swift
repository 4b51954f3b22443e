import App

/// `DIR/env`: what every other command needs to join in, `heed --env-file DIR/env …`.
struct DevEnvFile {
  /// What `heed dev` itself decides; values given for these are not passed on.
  static let own = [
    "HEED_ENV", "HEED_DATABASE_URL", "HEED_WORK_DATABASE_URL", "HEED_OWNER_DATABASE_URL", "HEED_SOCKET", "HEED_SOCKET_GROUP", "HEED_USER",
    "HEED_ROOT",
  ]

  /// In the order of the settings.
  private(set) var values: [String: String]

  /// - Parameters:
  ///   - made: what `heed dev` found or made.
  ///   - given: `HEED_…` variables of the environment; they win over `made`, in their own or in their `_FILE` form.
  init(made: [String: String], given: [String: String]) {
    values = made
    for (name, value) in given where !Self.isOwn(name) {
      let base = name.utf8.suffix(5).elementsEqual("_FILE".utf8) ? String(name.dropLast(5)) : name
      for twin in [base, base + "_FILE"] where twin != Setting.clockFileName || name == twin { values[twin] = nil }
      values[name] = value
    }
  }

  static func isOwn(_ name: String) -> Bool { own.contains { $0 == name || $0 + "_FILE" == name } }

  var text: String {
    let lines = values.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }
    return "# Written by heed dev at each start. Join in with: heed --env-file THIS_FILE COMMAND\n" + lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ value: String) -> String {
    // Anything else is quoted, so that a shell may read the file too.
    let plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.:@=+,%-".utf8
    if !value.isEmpty, value.utf8.allSatisfy({ plain.contains($0) }) { return value }
    var out = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\"", "\\", "$": out += "\\" + String(scalar)
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
