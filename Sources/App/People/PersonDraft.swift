import Domain
import HTML
import Postgres
import Web

/// Somebody as a form, a line or a file says them (RULES 9.2).
struct PersonDraft {
  let fields: PersonFields
  /// How often to hear of them, as typed; empty: as it is written.
  let stayWords: String
  /// Whether events count as contact when they end.
  let stayEvents: Bool
  /// Where they come from first.
  let source: String
  /// nil: a new person's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// - Parameter stored: whoever is edited.
  init(_ form: Form, stored: KnownPerson? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    let old = stored?.fields
    var new = PersonFields(changes.note("name", from: stored?.name, to: read.line("name", 1...PersonFields.longestName)))
    new.emails = changes.note("emails", from: old?.emails, to: read.emails("email", "more_emails"), PersonDraft.list)
    new.phones = changes.note("phones", from: old?.phones, to: read.phones("phone", "more_phones", reader), PersonDraft.list)
    let type = read.choice("type", stored?.type ?? .contact)
    changes.note("person_type", from: stored?.type, to: type, \.rawValue)
    let importance = read.importance("importance", stored?.importance ?? 5)
    changes.note("importance", from: stored?.importance, to: importance) { String($0) }
    (new.type, new.importance) = (type, importance)
    new.company = changes.note("company", from: stored?.company, to: read.line("company", 0...PersonFields.longestWords))
    new.title = changes.note("person_title", from: stored?.title, to: read.line("title", 0...PersonFields.longestWords))
    new.notes = changes.noteLong("person_notes", from: stored?.notes, to: read.text("notes", bytes: PersonFields.longestNotes))
    new.birthday = changes.note("birthday", from: stored.map(\.birthday), to: read.birthday("birthday", reader.today)) { $0?.text ?? "" }
    let (pace, words) = read.stayInTouch("stay_in_touch", stored, reader)
    new.stayInTouch = changes.note("stay_in_touch", from: stored.map(\.pace), to: pace) { $0?.words(.english) ?? "" }
    // A box that is not ticked is not sent: this one is a choice, so that a form without it says nothing of it.
    let saysEvents = !read.raw("stay_events").utf8.isEmpty
    let counts = saysEvents ? read.flag("stay_events") : stored?.stayEvents ?? true
    stayEvents = changes.note("stay_events", from: stored?.stayEvents, to: counts) { $0 ? "on" : "off" }
    new.isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    new.tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    new.metadata = old?.metadata ?? []
    version = stored == nil ? nil : read.version()
    try read.finish()
    (fields, stayWords, source, self.changes) = (new, words, stored?.source ?? "manual", changes.facts)
  }

  /// One that no form said: of a file, of a line.
  ///
  /// - Parameter source: `import:vcard`.
  init(_ fields: PersonFields, source: String = "manual") {
    (self.fields, self.source) = (fields, source)
    (stayWords, stayEvents, version, changes) = ("", true, nil, [:])
  }

  private static func list(_ addresses: [PersonAddress]) -> String { addresses.map(\.value).joined(separator: ", ") }

  /// All that somebody is reached at, for search: as it is written, and figures as they are compared.
  private var addresses: String {
    let keys = fields.phones.filter { !$0.key.utf8.elementsEqual($0.value.utf8) }.map(\.key)
    return (fields.emails.map(\.value) + fields.phones.map(\.value) + keys).joined(separator: "\n")
  }

  /// Of what a row holds what says how somebody is reached.
  var addressColumns: RowValues {
    ["email": "\(fields.emails.first?.value ?? "")", "phone": "\(fields.phones.first?.value ?? "")", "addresses": "\(addresses)"]
  }

  /// What it says, as a row holds it: but for its tags and what the addresses are beside it.
  func row(_ stay: StayColumns) -> RowValues {
    let birth = BirthColumns(fields.birthday)
    return [
      "name": "\(fields.name)", "email": "\(fields.emails.first?.value ?? "")", "phone": "\(fields.phones.first?.value ?? "")",
      "addresses": "\(addresses)", "type": "\(fields.type ?? .contact)", "importance": "\(fields.importance ?? 5)",
      "company": "\(fields.company)", "title": "\(fields.title)", "notes": "\(fields.notes)", "birth_year": "\(birth.year)",
      "birth_month": "\(birth.month)", "birth_day": "\(birth.day)", "stay_words": "\(stay.words)", "stay_months": "\(stay.months)",
      "stay_days": "\(stay.days)", "stay_set_at": "\(stay.setAt)", "stay_events": "\(stayEvents)", "stay_due_at": "\(stay.dueAt)",
      "private": "\(fields.isPrivate)", "metadata": "\(StoredMetadata.text(fields.metadata).text)::text::jsonb",
    ]
  }
}

/// When somebody was born, as the columns hold it.
struct BirthColumns {
  let year: Int?
  let month: Int?
  let day: Int?

  init(_ birthday: Birthday?) {
    switch birthday {
    case nil: (year, month, day) = (nil, nil, nil)
    case .whole(let date): (year, month, day) = (date.year, date.month, date.day)
    case .yearless(let month, let day): (year, self.month, self.day) = (nil, month, day)
    case .year(let year): (self.year, month, day) = (year, nil, nil)
    }
  }
}

extension FormReader {
  /// E-mail addresses, the main one first, none twice: where only others are given, the first of them is it.
  fileprivate mutating func emails(_ main: String, _ more: String) -> [PersonAddress] {
    addresses(main, more, words("Write an address such as ana@example.org.")) { PersonAddress(email: $0) }
  }

  fileprivate mutating func phones(_ main: String, _ more: String, _ reader: Reader) -> [PersonAddress] {
    let country = reader.person.callingCode
    return addresses(main, more, words("Write a number such as +55 11 98765-4321, of 3 digits at least.")) {
      PersonAddress(phone: $0, in: country)
    }
  }

  private mutating func addresses(_ main: String, _ more: String, _ complaint: String, _ make: (String) -> PersonAddress?)
    -> [PersonAddress]
  {
    let first = trimmed(raw(main))
    let lines = text(more, bytes: 8_192).utf8.split(separator: UInt8(ascii: "\n")).map { trimmed(String(decoding: $0, as: UTF8.self)) }
      .filter { !$0.utf8.isEmpty }
    if lines.count > PersonFields.mostOthers {
      complain(more, words("Give at most {n} of them.", ["n": String(PersonFields.mostOthers)]))
    }
    var found: [PersonAddress] = []
    let sent: [(String, String)] = (first.utf8.isEmpty ? [] : [(main, first)]) + lines.prefix(PersonFields.mostOthers).map { (more, $0) }
    for (field, text) in sent {
      guard let address = make(text) else {
        complain(field, complaint)
        continue
      }
      if !found.contains(where: { $0.key.utf8.elementsEqual(address.key.utf8) }) { found.append(address) }
    }
    return found
  }

  /// A day, a day without its year, or a year; nil: nobody has said.
  fileprivate mutating func birthday(_ name: String, _ today: Day) -> Birthday? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    do throws(Birthday.Problem) {
      return try Birthday(text, today: today)
    } catch {
      switch error {
      case .form: complain(name, words("Write a day such as 1985-04-12, one without its year such as --04-12, or a year such as 1985."))
      case .noSuchDay: complain(name, words("There is no such date."))
      case .future: complain(name, words("This day lies ahead. A birthday has passed."))
      }
      return nil
    }
  }

  /// How often to hear of somebody, and the words for it; nil: nobody has said. What is typed as it stands stays as it is.
  fileprivate mutating func stayInTouch(_ name: String, _ stored: KnownPerson?, _ reader: Reader) -> (StayInTouch?, String) {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return (nil, "") }
    if let stored, stored.stayWords.utf8.elementsEqual(text.utf8) { return (stored.pace, text) }
    do throws(StayInTouch.Problem) {
      return (try StayInTouch(text, reader: PhraseReader(reader, reader.person.zone)), text)
    } catch {
      switch error {
      case .empty: return (nil, "")
      case .tooLong: complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      case .tooShort: complain(name, words("Choose a day at least."))
      case .tooFar: complain(name, words("Choose ten years at most."))
      case .notPositive, .onlyEverySoMany, .unknown:
        complain(name, words("Write how often, such as “every 3 weeks” or “2 months”."))
      }
      return (nil, "")
    }
  }
}
