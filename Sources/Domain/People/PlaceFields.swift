/// What a place is (RULES 9.3).
public enum PlaceType: String, CaseIterable, Hashable, Sendable { case location, home, office, restaurant, venue }

/// What is known of a place, as a form or a file says it (RULES 9.3).
public struct PlaceFields: Hashable, Sendable {
  /// 1…200 Unicode scalars.
  public static let longestName = 200
  /// Of each part of the address, in scalars.
  public static let longestPart = 200
  /// In bytes.
  public static let longestNotes = 16_384

  public var name: String
  /// Nil: nothing says.
  public var type: PlaceType?
  /// Street and number, in one line.
  public var address = ""
  public var city = ""
  public var state = ""
  public var country = ""
  public var coordinates: Coordinates?
  /// The name of a zone as it is written; whether the machine knows it, the reader asks.
  public var zone = ""
  /// Markdown.
  public var notes = ""
  public var tags: [String] = []
  /// Never told to a language model.
  public var isPrivate = false
  /// What other programs keep beside that, by name.
  public var metadata: [PlannerFileTask.Field] = []

  public init(_ name: String) { self.name = name }

  /// The address in one line, parts that are empty left out.
  public var addressLine: String { [address, city, state, country].filter { !$0.utf8.isEmpty }.joined(separator: ", ") }

  /// The same bytes for what says the same: their hash tells whether a row that comes again has changed (RULES 9.17).
  public var canonical: String {
    var members: [(name: String, value: JSONText)] = []
    func add(_ name: String, _ text: String) { members.append((name: name, value: .string(text))) }
    add("name", name)
    add("type", type?.rawValue ?? "")
    add("address", address)
    add("city", city)
    add("state", state)
    add("country", country)
    add("point", coordinates?.geo ?? "")
    add("zone", zone)
    add("notes", notes)
    add("private", isPrivate ? "on" : "")
    let sorted = tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    members.append((name: "tags", value: .array(sorted.map { .string($0) })))
    let fields = metadata.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    members.append((name: "metadata", value: .object(fields.map { (name: $0.name, value: $0.value) })))
    return JSONText.object(members).text
  }
}
