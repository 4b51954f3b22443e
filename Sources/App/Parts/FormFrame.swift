import HTML

/// What every form that makes or edits a thing has around its fields: what is wrong with it, where it goes, and what it carries unseen. Its template
/// is the partial `form`.
struct FormFrame {
  let summary: ErrorSummary?
  private(set) var conflict: ConflictTable?
  let secret: CSRFField
  private(set) var hidden: [HiddenField]
  private(set) var action: Path
  private(set) var cancel: Path?
  /// What it would send as it stands, in the order of the form: as a browser does of one that nobody has touched.
  let sent: [(name: String, value: String)]
  /// What somebody else has filled it in for; nil: the person themselves.
  private(set) var lead: FormLead?

  /// - Parameters:
  ///   - fields: has made all fields of the form.
  ///   - action: where it is posted.
  ///   - cancel: where it leads who changes nothing; nil: the page is nothing but this form.
  ///   - hidden: what it carries: ``FormState/version(_:)`` of what it edits, ``FormState/nonce`` where it makes a thing.
  init(_ fields: FieldBuilder, _ secret: CSRFField, to action: Path, cancel: Path? = nil, carrying hidden: [HiddenField] = []) {
    (summary, conflict, self.secret) = (fields.summary, fields.conflict, secret)
    (self.action, self.cancel, self.hidden) = (action, cancel, hidden)
    sent = fields.sent + hidden.map { ($0.name, $0.value) }
  }

  /// The same form as what is proposed: it is sent elsewhere, with another version and without a nonce, and what is stored stands in what leads it.
  func led(by lead: FormLead) -> FormFrame {
    var frame = self
    let own = hidden.filter { field in !["version", "nonce"].contains { $0.utf8.elementsEqual(field.name.utf8) } }
    (frame.lead, frame.action, frame.cancel, frame.hidden) = (lead, lead.action, lead.cancel, own + lead.hidden)
    frame.conflict = nil
    return frame
  }
}

/// What stands above a form that somebody else has filled in, and where it is sent to.
struct FormLead {
  let card: any Template
  /// What its button says.
  let save: String
  let action: Path
  let cancel: Path
  let hidden: [HiddenField]
}

/// A page whose form can be led by a ``FormLead``.
protocol LeadableForm: Template {
  var frame: FormFrame { get set }
}
