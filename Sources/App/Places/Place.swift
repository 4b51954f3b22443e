import Domain
import HTML
import Postgres
import Web

extension PlaceType: Bindable, FromColumn {}

/// Where a person goes, as stored (RULES 9.3).
struct Place {
  let id: ID<Place>
  let name: String
  let type: PlaceType
  /// Street and number.
  let address: String
  let city: String
  let state: String
  let country: String
  /// Both in degrees, or neither.
  let latitude: String?
  let longitude: String?
  /// Empty: nobody has said.
  let timezone: String
  /// Markdown.
  let notes: String
  let isPrivate: Bool
  /// A JSON object: what other programs keep.
  let metadata: String
  /// Where it came from first.
  let source: String
  let createdAt: Instant
  let version: Int
  let revision: Int
  /// In the order of their letters.
  let tags: [String]

  /// What it is about, for the audit log.
  static let subject = "place"

  private static let columns: Columns = """
    p.id, p.name, p.type, p.address, p.city, p.state, p.country, p.latitude::text AS latitude, p.longitude::text AS longitude, p.timezone,
    p.notes, p.private, p.metadata::text AS metadata, p.source, p.created_at, p.version, p.revision
    """

  private static let tagged: SQL = """
    ARRAY(SELECT g.tag FROM tags g WHERE g.thing = p.id AND g.user_id = p.user_id ORDER BY g.tag_norm) AS tags
    """

  /// Places of the person that the transaction is for; those in the trash are not there.
  ///
  /// - Parameter which: a condition on `p`, and their order.
  static func mine(_ which: SQL) -> Query<Place> {
    Query(
      "SELECT \(columns), \(tagged) FROM places p WHERE p.user_id = (SELECT me()) AND p.deleted_at IS NULL AND \(which)",
      into: Place.init)
  }

  /// As relationships and the log of events name it.
  var ref: ThingRef { ThingRef(.place, of: id) }

  /// nil: it has no point.
  var coordinates: Coordinates? {
    guard let latitude, let longitude else { return nil }
    return Coordinates(latitude: latitude, longitude: longitude)
  }

  /// All of it that a form or a file says.
  var fields: PlaceFields {
    var fields = PlaceFields(name)
    (fields.type, fields.address, fields.city, fields.state, fields.country) = (type, address, city, state, country)
    (fields.coordinates, fields.zone, fields.notes, fields.tags, fields.isPrivate) = (coordinates, timezone, notes, tags, isPrivate)
    fields.metadata = StoredMetadata.fields(metadata)
    return fields
  }
}

/// A place as its form says it.
struct PlaceDraft {
  let fields: PlaceFields
  /// nil: a new place's form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// How long the address may be, and each other part of it, in characters.
  private static let (longestAddress, longestPart) = (300, 100)

  /// - Parameter stored: the place that is edited.
  init(_ form: Form, stored: Place? = nil, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    var new = PlaceFields(changes.note("name", from: stored?.name, to: read.line("name", 1...PlaceFields.longestName)))
    new.type = changes.note("place_type", from: stored?.type, to: read.choice("type", stored?.type ?? .location), \.rawValue)
    new.address = changes.note("address", from: stored?.address, to: read.line("address", 0...PlaceDraft.longestAddress))
    new.city = changes.note("city", from: stored?.city, to: read.line("city", 0...PlaceDraft.longestPart))
    new.state = changes.note("state", from: stored?.state, to: read.line("state", 0...PlaceDraft.longestPart))
    new.country = changes.note("country", from: stored?.country, to: read.line("country", 0...PlaceDraft.longestPart))
    new.coordinates = changes.note("coordinates", from: stored.map(\.coordinates), to: read.coordinates(reader.person.language)) {
      $0.map { "\($0.latitudeText), \($0.longitudeText)" } ?? ""
    }
    new.zone = changes.note("timezone", from: stored?.timezone, to: read.zoneName("timezone", stored?.timezone, reader.zones))
    new.notes = changes.noteLong("place_notes", from: stored?.notes, to: read.text("notes", bytes: PlaceFields.longestNotes))
    new.isPrivate = changes.note("private", from: stored.map(\.isPrivate), to: read.flag("private")) { $0 ? "on" : "off" }
    new.tags = changes.note("tags", from: stored.map(\.tags), to: read.tags("tags")) { $0.joined(separator: ", ") }
    new.metadata = stored.map { StoredMetadata.fields($0.metadata) } ?? []
    version = stored == nil ? nil : read.version()
    try read.finish()
    (fields, self.changes) = (new, changes.facts)
  }

  /// One that no form said.
  init(_ fields: PlaceFields) { (self.fields, version, changes) = (fields, nil, [:]) }

  /// What it says, as a row holds it: but for its tags.
  var row: RowValues {
    [
      "name": "\(fields.name)", "type": "\(fields.type ?? .location)", "address": "\(fields.address)", "city": "\(fields.city)",
      "state": "\(fields.state)", "country": "\(fields.country)", "latitude": "\(fields.coordinates?.latitudeText)::text::numeric",
      "longitude": "\(fields.coordinates?.longitudeText)::text::numeric", "timezone": "\(fields.zone)", "notes": "\(fields.notes)",
      "private": "\(fields.isPrivate)",
    ]
  }
}

extension FormReader {
  /// A point, or none where both fields are empty (RULES 9.3).
  fileprivate mutating func coordinates(_ language: Language) -> Coordinates? {
    let (latitude, longitude) = (raw("latitude"), raw("longitude"))
    do throws(Coordinates.Problems) {
      return try Coordinates.read(latitude: latitude, longitude: longitude, language)
    } catch {
      if let problem = error.latitude { complain("latitude", says(problem, words("A latitude lies between −90 and 90."))) }
      if let problem = error.longitude { complain("longitude", says(problem, words("A longitude lies between −180 and 180."))) }
      return nil
    }
  }

  private func says(_ problem: Coordinates.Problem, _ range: String) -> String {
    switch problem {
    case .unreadable: words("Write degrees such as -23.5505.")
    case .outOfRange: range
    case .missing: words("Give both latitude and longitude, or neither.")
    }
  }

  /// The name of a zone of this machine's list, or none. One that is stored stays, though the machine may have lost it.
  fileprivate mutating func zoneName(_ name: String, _ stored: String?, _ zones: Zones) -> String {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return "" }
    if let stored, stored.utf8.elementsEqual(text.utf8) { return stored }
    if let zone = zones.zone(text) { return zone.name }
    complain(name, words("This time zone is not known. Choose one of the list, such as Europe/Berlin."))
    return ""
  }
}
