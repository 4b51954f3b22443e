import Domain
import HTML
import Postgres
import Web

/// Somebody from one line: "Ana Souza ana@x.example +55 11 98765-4321".
struct QuickPerson {
  /// The longest line, in scalars.
  static let longest = 500

  let draft: PersonDraft

  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let text = read.line("quick", 1...QuickPerson.longest)
    let line = PersonLine(text, in: reader.person.callingCode)
    var fields = PersonFields(line.name)
    (fields.emails, fields.phones) = (line.emails, line.phones)
    if !text.utf8.isEmpty {
      if line.name.utf8.isEmpty {
        read.complain("quick", reader.words("Write a name, too: of an address none is guessed."))
      } else if line.name.unicodeScalars.count > PersonFields.longestName {
        read.complain("quick", reader.words("This is too long: at most {n} characters.", ["n": String(PersonFields.longestName)]))
      } else if max(line.emails.count, line.phones.count) > PersonFields.mostOthers + 1 {
        read.complain("quick", reader.words("Give at most {n} of them.", ["n": String(PersonFields.mostOthers)]))
      }
    }
    try read.finish()
    draft = PersonDraft(fields)
  }
}

/// The form of a line that was refused.
struct QuickPersonPage {
  let layout: Layout
  let frame: FormFrame
  let quick: TextField
  /// Who has an address that was typed.
  let holders: [PersonFormPage.Holder]

  init(_ state: FormState, _ web: Context) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(words("New person"), .people, web)
    quick = PersonListPage.quick(&make, words)
    let typed = (state.typed?.text("quick") ?? "").unicodeScalars.prefix(QuickPerson.longest)
    let line = PersonLine(String(String.UnicodeScalarView(typed)), in: nil)
    let found: [AddressHolder] = line.emails.isEmpty ? [] : try web.read(AddressHolder.of(line.emails.map(\.key), but: nil))
    holders = found.map { PersonFormPage.Holder(path: Paths.person($0.id), name: $0.name, address: $0.key) }
    frame = FormFrame(make, layout.secret, to: Paths.people, cancel: Paths.people, carrying: [state.nonce])
  }
}
