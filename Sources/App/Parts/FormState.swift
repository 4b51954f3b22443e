import HTML
import Web

/// How a form stands before its reader: what its fields show, which version and nonce it carries, and with which status it is answered.
enum FormState {
  /// As stored.
  case fresh
  /// As typed, with what is wrong with it.
  case refused(Form, FormErrors)
  /// As typed, over a version that was stored meanwhile.
  case stale(Form)
  /// As typed, and nothing is wrong with it: to be looked at before it is sent.
  case shown(Form)

  /// The form that a handler refused to take; nil for errors of other kinds.
  init?(_ form: Form, refusedFor error: any Error) {
    switch error {
    case let errors as FormErrors: self = .refused(form, errors)
    case is StaleForm: self = .stale(form)
    default: return nil
    }
  }

  /// What was typed; nil: the form shows what is stored.
  var typed: Form? {
    switch self {
    case .fresh: nil
    case .refused(let form, _), .stale(let form), .shown(let form): form
    }
  }

  /// What is wrong.
  var errors: FormErrors {
    if case .refused(_, let errors) = self { errors } else { FormErrors() }
  }

  /// Whether it was filled in on an older version.
  var isStale: Bool {
    if case .stale = self { true } else { false }
  }

  /// The status of the answer.
  var status: Int {
    switch self {
    case .fresh, .shown: 200
    case .refused: 422
    case .stale: 409
    }
  }

  /// The version that the form is sent back with. What was typed belongs to the version it was typed over, until the person has seen what is
  /// stored now.
  func version(_ stored: Int) -> HiddenField {
    HiddenField(name: "version", value: (isStale ? nil : typed?.text("version")) ?? String(stored))
  }

  /// The nonce of a form that makes a thing: a form that comes back as typed keeps its own, for it is still the same thing to be.
  var nonce: HiddenField {
    HiddenField(name: "nonce", value: typed?.text("nonce") ?? Idempotency.nonce())
  }

  /// The same of a form that stands on a list, which is answered 304: it is another once something of the account has changed (``Person/entries``).
  func nonce(_ what: String, entries: Int64) -> HiddenField {
    HiddenField(name: "nonce", value: typed?.text("nonce") ?? Idempotency.nonce(what, String(entries)))
  }
}

/// A form was filled in on an older version than is stored now.
struct StaleForm: Error {}

extension Context {
  /// A new form whose field begins with what a link of ours offers; as stored where it offers nothing.
  func offered(_ name: String) throws -> FormState {
    let text = try query { query, words throws(FormErrors) in
      var read = FormReader(query, words)
      let text = read.text(name, bytes: 4_096)
      try read.finish()
      return text
    }
    _ = try person
    return text.utf8.isEmpty ? .fresh : .shown(Form([(name, text)]))
  }

  /// Takes the posted form, or shows it again as it was typed.
  ///
  /// - Parameters:
  ///   - page: the page on which the form stands.
  ///   - take: reads the form and does what it says; throws ``FormErrors`` for what is wrong with it, ``StaleForm`` for an older version.
  func takeForm<Page: Template>(askingAgain page: (FormState) throws -> Page, _ take: () throws -> Change) throws -> Change {
    do {
      return try take()
    } catch {
      guard let state = FormState(form, refusedFor: error) else { throw error }
      if let asksAgain { return .refused(try asksAgain(state)) }
      return .refused(self.page(try page(state), status: state.status))
    }
  }
}
