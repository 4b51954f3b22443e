/// What an edit changes, for the audit log: noted where a form reads the field. Each function answers the new value.
struct AuditDifference {
  /// Nothing of what was not changed; else `old → new`.
  private(set) var facts: [String: String] = [:]

  /// - Parameter stored: nil where a thing is made, which is no change.
  @discardableResult
  mutating func note(_ name: String, from stored: String?, to new: String) -> String {
    if let stored, !stored.utf8.elementsEqual(new.utf8) { facts[name] = "\(stored) → \(new)" }
    return new
  }

  /// - Parameter text: says what a value is.
  @discardableResult
  mutating func note<T: Equatable>(_ name: String, from stored: T?, to new: T, _ text: (T) -> String) -> T {
    if let stored, stored != new { facts[name] = "\(text(stored)) → \(text(new))" }
    return new
  }

  /// Notes that a text too long for the log was changed.
  @discardableResult
  mutating func noteLong(_ name: String, from stored: String?, to new: String) -> String {
    if let stored, !stored.utf8.elementsEqual(new.utf8) { facts[name] = "changed" }
    return new
  }
}
