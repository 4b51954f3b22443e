/// What a person is to somebody (RULES 9.2).
public enum PersonType: String, CaseIterable, Hashable, Sendable { case contact, colleague, friend, family, lead }

/// What is known of a person, as a form or a file says it (RULES 9.2, 9.14).
public struct PersonFields: Hashable, Sendable {
  /// 1…200 Unicode scalars.
  public static let longestName = 200
  /// Of company and title, in scalars.
  public static let longestWords = 200
  /// In bytes.
  public static let longestNotes = 16_384
  /// Beside the main one, of e-mail addresses and of numbers each.
  public static let mostOthers = 20
  public static let importances = 1...10

  public var name: String
  /// The main one first, none twice.
  public var emails: [PersonAddress] = []
  public var phones: [PersonAddress] = []
  /// Nil: nothing says.
  public var type: PersonType?
  /// 1…10; nil: nothing says.
  public var importance: Int?
  public var company = ""
  public var title = ""
  /// Markdown.
  public var notes = ""
  public var birthday: Birthday?
  public var stayInTouch: StayInTouch?
  public var tags: [String] = []
  /// Never told to a language model.
  public var isPrivate = false
  /// What other programs keep beside that, by name, to come back out. Of a vCard the name is the property with its parameters and the value as it is
  /// written there, or an array of several.
  public var metadata: [PlannerFileTask.Field] = []

  public init(_ name: String) { self.name = name }

  /// The same bytes for what says the same, whatever program wrote it: their hash tells whether a card that comes again has changed (RULES 9.17).
  public var canonical: String {
    var members: [(name: String, value: JSONText)] = []
    func add(_ name: String, _ text: String) { members.append((name: name, value: .string(text))) }
    func add(_ name: String, _ texts: [String]) { members.append((name: name, value: .array(texts.map { .string($0) }))) }
    add("name", name)
    add("emails", emails.map(\.key))
    add("phones", phones.map(\.key))
    add("type", type?.rawValue ?? "")
    add("importance", importance.map { "\($0)" } ?? "")
    add("company", company)
    add("title", title)
    add("notes", notes)
    add("birthday", birthday?.text ?? "")
    add("stay_in_touch", stayInTouch?.stored ?? "")
    add("tags", tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    add("private", isPrivate ? "on" : "")
    let fields = metadata.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    members.append((name: "metadata", value: .object(fields.map { (name: $0.name, value: $0.value) })))
    return JSONText.object(members).text
  }

  /// Takes an address behind those that are there, unless one is the same.
  mutating func add(_ address: PersonAddress) {
    switch address.kind {
    case .email: if !emails.contains(where: { $0.key == address.key }) { emails.append(address) }
    case .phone: if !phones.contains(where: { $0.key == address.key }) { phones.append(address) }
    }
  }
}
