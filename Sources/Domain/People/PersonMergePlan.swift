/// What becomes of two people who are one: `other` goes into `this` (RULES 9.16). The fields only; what leads to them the database moves.
public struct PersonMergePlan: Hashable, Sendable {
  /// A field that is chosen, by its name in forms: `keep_company`.
  public enum Field: String, CaseIterable, Hashable, Sendable {
    case name, email, phone, type, importance, company, title, birthday
    case stayInTouch = "stay_in_touch"
  }

  public enum Choice: String, CaseIterable, Hashable, Sendable { case this, other }

  /// What would go beyond a limit: nothing is cut silently.
  public enum Problem: Error, Hashable, Sendable {
    /// Both notes together have more than 16 kB.
    case notes
    /// More than 20 tags.
    case tags
    /// More than 20 e-mail addresses or numbers beside the main one.
    case addresses
    /// What other programs keep of both is over 60 kB.
    case metadata
  }

  /// The person that stays.
  public let result: PersonFields
  /// Addresses that are not the main ones: by each of them the person is found.
  public let aliases: [PersonAddress]

  /// - Parameter keep: what was chosen; a field that is not in it keeps what `this` has, or where that is empty what `other` has.
  public init(this: PersonFields, other: PersonFields, keep: [Field: Choice] = [:]) throws(Problem) {
    func isOther(_ field: Field) -> Bool { (keep[field] ?? PersonMergePlan.standard(field, this)) == .other }
    var result = this
    if isOther(.name), !other.name.utf8.isEmpty { result.name = other.name }
    if isOther(.type) { result.type = other.type }
    if isOther(.importance) { result.importance = other.importance }
    if isOther(.company) { result.company = other.company }
    if isOther(.title) { result.title = other.title }
    if isOther(.birthday) { result.birthday = other.birthday }
    if isOther(.stayInTouch) { result.stayInTouch = other.stayInTouch }
    (result.emails, result.phones) = ([], [])
    for address in isOther(.email) ? other.emails + this.emails : this.emails + other.emails { result.add(address) }
    for address in isOther(.phone) ? other.phones + this.phones : this.phones + other.phones { result.add(address) }
    if max(result.emails.count, result.phones.count) > PersonFields.mostOthers + 1 { throw .addresses }
    for tag in other.tags where !result.tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) { result.tags.append(tag) }
    if result.tags.count > TagList.most { throw .tags }
    result.notes = PersonMergePlan.notes(this, other)
    if result.notes.utf8.count > PersonFields.longestNotes { throw .notes }
    // Of two names of one property this one's stands.
    let names = Set(this.metadata.map(\.name))
    result.metadata += other.metadata.filter { !names.contains($0.name) }
    if !StoredMetadata.text(result.metadata).left.isEmpty { throw .metadata }
    // What either was not to be told of stays untold.
    result.isPrivate = this.isPrivate || other.isPrivate
    self.result = result
    aliases = Array(result.emails.dropFirst()) + Array(result.phones.dropFirst())
  }

  /// What is chosen where nobody chooses.
  public static func standard(_ field: Field, _ this: PersonFields) -> Choice { value(field, this).utf8.isEmpty ? .other : .this }

  /// The fields in which two people differ and both say something: those that are chosen.
  public static func differences(_ this: PersonFields, _ other: PersonFields) -> [Field] {
    Field.allCases.filter { field in
      let (mine, its) = (value(field, this), value(field, other))
      return !mine.utf8.isEmpty && !its.utf8.isEmpty && !mine.utf8.elementsEqual(its.utf8)
    }
  }

  /// What a field says, for comparing; "" for nothing.
  private static func value(_ field: Field, _ person: PersonFields) -> String {
    switch field {
    case .name: person.name
    case .email: person.emails.first?.key ?? ""
    case .phone: person.phones.first?.key ?? ""
    case .type: person.type?.rawValue ?? ""
    case .importance: person.importance.map { "\($0)" } ?? ""
    case .company: person.company
    case .title: person.title
    case .birthday: person.birthday?.text ?? ""
    case .stayInTouch: person.stayInTouch?.stored ?? ""
    }
  }

  /// This one's, then the other's under a rule with its name; alone they need neither.
  private static func notes(_ this: PersonFields, _ other: PersonFields) -> String {
    if this.notes.utf8.isEmpty || other.notes.utf8.isEmpty { return this.notes + other.notes }
    return this.notes + "\n\n---\n\n**" + markdown(other.name) + "**\n\n" + other.notes
  }

  /// A name is words, whatever marks it has.
  private static func markdown(_ name: String) -> String {
    var out: [UInt8] = []
    for byte in name.utf8 {
      if "\\`*_[]<&~".utf8.contains(byte) { out.append(0x5C) }
      out.append(byte)
    }
    return String(decoding: out, as: UTF8.self)
  }
}
