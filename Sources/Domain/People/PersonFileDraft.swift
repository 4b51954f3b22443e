/// People of a file while it is read.
struct PersonFileDraft {
  let reader: PhraseReader
  let country: CallingCode?
  private(set) var entries: [CardEntry] = []
  private(set) var notes: [PersonFile.Note] = []
  private(set) var notesLeft = 0
  private(set) var pictures = 0
  private var places: [String: Int] = [:]
  private var equals: [String: Int] = [:]

  init(_ reader: PhraseReader, _ country: CallingCode?) { (self.reader, self.country) = (reader, country) }

  /// The person's date.
  var today: Day { reader.zone.local(reader.now).day }

  mutating func note(_ line: Int, _ about: PersonFile.About) {
    if notes.count < PersonFile.mostNotes { notes.append(PersonFile.Note(line: line, about: about)) } else { notesLeft += 1 }
  }

  /// Says that a field of a line cannot be read.
  mutating func note(_ line: Int, _ field: String, _ value: String) {
    note(line, .value(field, ImportText.prefix(ImportText.oneLine(ImportText.prefix(value, scalars: 200)), scalars: 80)))
  }

  mutating func leaveOut(pictures count: Int, _ line: Int) {
    if count == 0 { return }
    pictures += count
    note(line, .pictures(count))
  }

  /// Takes somebody, or says why not. Of two with one id the later revision stands, and where that is not told the later in the file (RULES 9.17).
  mutating func add(_ fields: PersonFields, uid: String, revised: Instant?, line: Int) throws(PersonFile.Refusal) {
    var person = fields
    person.name = ImportText.oneLine(person.name)
    if person.name.utf8.isEmpty { return note(line, .noName) }
    if person.name.unicodeScalars.count > PersonFields.longestName { return note(line, .longName) }
    settle(&person, line)
    let uid = ImportText.oneLine(ImportText.prefix(ImportText.oneLine(uid), scalars: 500))
    if uid.utf8.isEmpty {
      try append(CardEntry(line: line, uid: "", key: key(person.canonical), revised: revised, person: person))
      return
    }
    let entry = CardEntry(line: line, uid: uid, key: uid, revised: revised, person: person)
    guard let place = places[uid] else {
      places[uid] = entries.count
      try append(entry)
      return
    }
    let other = entries[place]
    if let mine = revised, let its = other.revised, mine < its {
      note(line, .repeated(line: other.line))
    } else {
      note(other.line, .repeated(line: line))
      entries[place] = entry
    }
  }

  private mutating func append(_ entry: CardEntry) throws(PersonFile.Refusal) {
    if entries.count == PersonFile.mostPeople { throw .tooMany }
    entries.append(entry)
  }

  private mutating func key(_ content: String) -> String {
    let number = equals[content, default: 0]
    equals[content] = number + 1
    return number == 0 ? content : content + "\u{1F}\(number)"
  }

  /// What must fit the limits; each that does not is named.
  private mutating func settle(_ person: inout PersonFields, _ line: Int) {
    person.company = short(person.company, "company", line)
    person.title = short(person.title, "title", line)
    let notes = ImportText.prefix(person.notes, bytes: PersonFields.longestNotes)
    if notes.utf8.count < person.notes.utf8.count { note(line, .longNotes) }
    person.notes = notes
    let most = PersonFields.mostOthers + 1
    if person.emails.count > most || person.phones.count > most { note(line, .addresses) }
    (person.emails, person.phones) = (Array(person.emails.prefix(most)), Array(person.phones.prefix(most)))
    var tags: [String] = []
    for tag in person.tags.map(ImportText.oneLine) where !tag.utf8.isEmpty && !tags.contains(where: { $0.utf8.elementsEqual(tag.utf8) }) {
      tags.append(tag)
    }
    let fitting = tags.filter { $0.unicodeScalars.count <= TagList.longest && !$0.utf8.contains(UInt8(ascii: ",")) }
    if fitting.count < tags.count || fitting.count > TagList.most { note(line, .tags) }
    person.tags = Array(fitting.prefix(TagList.most))
    let size = person.metadata.reduce(0) { $0 + $1.name.utf8.count + $1.value.text.utf8.count + 8 }
    if size > PlannerFileTask.longestMetadata {
      note(line, .longMetadata)
      person.metadata = []
    }
  }

  private mutating func short(_ text: String, _ field: String, _ line: Int) -> String {
    let words = ImportText.oneLine(text)
    let fitting = ImportText.oneLine(ImportText.prefix(words, scalars: PersonFields.longestWords))
    if fitting.utf8.count < words.utf8.count { note(line, field, words) }
    return fitting
  }

  /// A birthday of a file; one that lies ahead is named and not taken.
  mutating func birthday(_ found: Birthday?, _ field: String, _ text: String, _ line: Int) -> Birthday? {
    if let found, !found.isAfter(today) { return found }
    note(line, field, text)
    return nil
  }
}
