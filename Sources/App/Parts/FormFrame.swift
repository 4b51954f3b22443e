import HTML

/// What every form that makes or edits a thing has around its fields: what is wrong with it, where it goes, and what it carries unseen. Its template
/// is the partial `form`.
struct FormFrame {
  let summary: ErrorSummary?
  let conflict: ConflictTable?
  let secret: CSRFField
  let hidden: [HiddenField]
  let action: Path
  let cancel: Path?

  /// - Parameters:
  ///   - fields: has made all fields of the form.
  ///   - action: where it is posted.
  ///   - cancel: where it leads who changes nothing; nil: the page is nothing but this form.
  ///   - hidden: what it carries: ``FormState/version(_:)`` of what it edits, ``FormState/nonce`` where it makes a thing.
  init(_ fields: FieldBuilder, _ secret: CSRFField, to action: Path, cancel: Path? = nil, carrying hidden: [HiddenField] = []) {
    (summary, conflict, self.secret) = (fields.summary, fields.conflict, secret)
    (self.action, self.cancel, self.hidden) = (action, cancel, hidden)
  }
}
