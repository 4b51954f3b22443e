import FoundationEssentials

/// The settings as given: from the environment, else from `HEED_…_FILE`, else from `--env-file`. Nothing is interpreted yet.
public struct Variables: Sendable {
  private var values: [Setting: String] = [:]
  /// The files that secrets were read from, `--env-file` not among them.
  public private(set) var secretFiles: [String] = []
  /// Settings that were given but could not be read, so that nobody also complains that they are missing.
  private(set) var unreadable: Set<Setting> = []
  /// What could not be read: a file that is not there, a broken line.
  let mistakes: [Mistake]
  /// Names that begin with `HEED_` but are no setting: most likely misspelt.
  let unknown: [String]

  /// - Parameters:
  ///   - environment: the variables of the process; they win over the file.
  ///   - envFile: the path given as `--env-file`.
  public init(environment: [String: String] = ProcessInfo.processInfo.environment, envFile: String? = nil) {
    let file = envFile.map { EnvFile(path: $0) }
    var mistakes = file?.mistakes ?? []
    for setting in Setting.all {
      for source in [environment, file?.values ?? [:]] {
        do throws(Mistake) {
          guard let value = try Self.value(of: setting, in: source) else { continue }
          values[setting] = value
          if setting.isSecret, let name = setting.fileName, let path = source[name], !path.isEmpty { secretFiles.append(path) }
        } catch {
          mistakes.append(error)
          unreadable.insert(setting)
        }
        break
      }
    }
    self.mistakes = mistakes
    let names = Set(Setting.all.flatMap { [$0.name, $0.fileName ?? $0.name] })
    unknown = Set(environment.keys).union(file?.values.keys ?? [:].keys)
      .filter { $0.utf8.starts(with: "HEED_".utf8) && !names.contains($0) }
      .sorted()
  }

  /// The text given for a setting; nil when it is missing or empty.
  subscript(setting: Setting) -> String? {
    guard let value = values[setting], !value.isEmpty else { return nil }
    return value
  }

  /// An empty value counts as given: `HEED_SMTP_URL=` in the environment switches off what the file sets.
  private static func value(of setting: Setting, in source: [String: String]) throws(Mistake) -> String? {
    let direct = source[setting.name]
    guard let fileName = setting.fileName, let path = source[fileName], !path.isEmpty else { return direct?.trimmedBytes }
    if let direct, !direct.isEmpty { throw Mistake(setting.name, "is given both as itself and as \(fileName); remove one of the two.") }
    return try SmallFile.text(path, for: fileName).trimmedBytes
  }
}
