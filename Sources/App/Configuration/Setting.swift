/// One `HEED_…` variable: its name and what an operator needs to know about it.
///
/// The same table feeds the parser, `heed check`, the hint for a misspelt name and the README.
public struct Setting: Hashable, Sendable {
  /// The name of the variable, such as `HEED_PUBLIC_URL`.
  public let name: String
  /// What is in force when the variable is missing or empty, in words; empty when it must be given.
  public let standard: String
  /// What it does and which values it takes, in one line of plain words.
  public let words: String
  /// True when its value must never be printed, not even in a complaint.
  public let isSecret: Bool

  init(_ name: String, standard: String = "", secret: Bool = false, _ words: String) {
    self.name = name
    self.standard = standard
    self.words = words
    isSecret = secret
  }

  /// The variable that names a file holding the value, or nil for the one setting that has no such form:
  /// `HEED_CLOCK_FILE` is a setting of its own, so `HEED_CLOCK_FILE_FILE` would only confuse.
  public var fileName: String? { self == .clockFile ? nil : name + "_FILE" }

  /// The table for the README: one row for each setting, in the order of ``all``.
  public static var markdownTable: String {
    let rows = all.map { "| `\($0.name)` | \($0.standard.isEmpty ? "must be given" : $0.standard) | \($0.words) |" }
    return (["| variable | when missing | what it does |", "| --- | --- | --- |"] + rows).joined(separator: "\n") + "\n"
  }
}

extension Setting {
  /// The one name that ends in `_FILE` and is not the file form of another.
  public static var clockFileName: String { clockFile.name }
}
