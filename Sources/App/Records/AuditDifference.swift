/// What an edit changes, for the audit log: noted where a form reads the field.
struct AuditDifference {
  /// Nothing of what was not changed; else `old → new`.
  private(set) var facts: [String: String] = [:]

  /// - Parameter stored: nil where a thing is made, which is no change.
  mutating func note(_ name: String, from stored: String?, to new: String) {
    guard let stored, !stored.utf8.elementsEqual(new.utf8) else { return }
    facts[name] = "\(stored) → \(new)"
  }

  /// - Parameter text: says what a value is.
  mutating func note<T: Equatable>(_ name: String, from stored: T?, to new: T, _ text: (T) -> String) {
    guard let stored, stored != new else { return }
    facts[name] = "\(text(stored)) → \(text(new))"
  }

  /// Notes that a text too long for the log was changed.
  mutating func noteLong(_ name: String, from stored: String?, to new: String) {
    guard let stored, !stored.utf8.elementsEqual(new.utf8) else { return }
    facts[name] = "changed"
  }
}
