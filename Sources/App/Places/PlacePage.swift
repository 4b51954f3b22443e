import Domain
import HTML
import Postgres
import Web

/// The page of one place: where it is, what takes place there, and who has to do with it.
struct PlacePage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.places
  let secret: CSRFField
  let type: Fact
  let tags: [String]
  let notes: SafeHTML?
  let address: String?
  let map: Map?
  let zone: String?
  let isPrivate: Bool
  let events: [Row]
  let hasMore: Bool
  let calendar = Paths.calendar
  let relationships: RelationshipsPart
  let sources: SourceRows?
  let made: TimeText
  let edit: Path
  let deletion: Path

  struct Fact {
    let value: String
    let text: String
  }

  /// Where it is on maps, none of which is loaded here (RULES 9.3).
  struct Map {
    let latitude: String
    let longitude: String
    /// Phones open it with their own map; nil: never of what is stored.
    let geo: SafeURL?
    let openStreetMap: SafeURL?

    init(_ point: Coordinates) {
      (latitude, longitude) = (point.latitudeText, point.longitudeText)
      (geo, openStreetMap) = (SafeURL(point.geo), SafeURL(point.openStreetMap))
    }
  }

  /// Something that takes place there.
  struct Row {
    let path: Path
    let title: String
    let iso: String
    /// "3 March, 09:00–10:00".
    let when: String
    let isCancelled: Bool

    init(_ instance: ShownInstance, today: Day, _ person: Person, _ words: Words) {
      (path, title, isCancelled) = (instance.path, instance.title, instance.status == .cancelled)
      let day = max(today, instance.days(in: person.zone).lowerBound)
      iso = instance.isAllDay ? day.iso : instance.start.iso
      let clock =
        instance.isAllDay
        ? words("all day", context: "calendar")
        : EventSpanWords.clock(instance.start..<instance.end, on: day, in: person.zone, person.language) ?? ""
      when = HabitWords.date(day, today: today, person.language) + ", " + clock
    }
  }

  /// How many days ahead events are looked for, and how many of them stand there.
  private static let (days, most) = (90, 10)

  /// - Throws: ``Failure/notFound``.
  init(_ id: ID<Place>, _ web: Context) throws {
    let (person, zones) = (try web.person, web.services.zones)
    let today = person.zone.local(web.now).day
    let window = EventWindow(days: today...today.advanced(by: PlacePage.days), zone: person.zone)
    let there: SQL = """
      (e.place_id = \(id) OR EXISTS (SELECT FROM event_overrides v WHERE v.event_id = e.id AND v.user_id = e.user_id AND v.place_id = \(id)))
      """
    let ref = ThingRef(.place, of: id)
    let stored = Reading(rows: Place.mine("p.id = \(id)"), RelatedThing.of(ref.id), ThingSource.of(ref))
    let ((found, related, known), shown) = try web.read(stored, EventReading.shown(window, where: there, zones))
    guard let place = found.first else { throw Failure.notFound }
    let words = web.words
    layout = try Layout(place.name, .places, web)
    secret = layout.secret
    type = Fact(value: place.type.rawValue, text: PlaceText.name(place.type, words))
    tags = place.tags.map { "#" + $0 }
    notes = place.notes.utf8.isEmpty ? nil : Markdown.rendered(place.notes).html
    let line = place.fields.addressLine
    address = line.utf8.isEmpty ? nil : line
    map = place.coordinates.map { Map($0) }
    zone = place.timezone.utf8.isEmpty ? nil : place.timezone
    isPrivate = place.isPrivate
    let ahead = shown.instances.filter { $0.place == id && ($0.isAllDay || !web.clock.hasCome($0.end)) }
      .sorted { ($0.start, $0.event, $0.key) < ($1.start, $1.event, $1.key) }
    events = ahead.prefix(PlacePage.most).map { Row($0, today: today, person, words) }
    hasMore = ahead.count > PlacePage.most
    relationships = try RelationshipsPart(place.ref, related, web, layout.secret)
    sources = SourceRows(known, nil, person, web.clock, words)
    made = TimeText(place.createdAt, person, web.clock)
    (edit, deletion) = (Paths.editPlace(id), Paths.deletion(id))
  }
}

/// The form that makes or edits a place.
struct PlaceFormPage {
  let layout: Layout
  let name: TextField
  let type: Select
  let address: TextField
  let city: TextField
  let state: TextField
  let country: TextField
  let latitude: TextField
  let longitude: TextField
  let zone: TextField
  let zones: [String]
  let notes: TextArea
  let tags: TextField
  let isPrivate: Checkbox
  var frame: FormFrame

  /// - Parameter place: the one that is edited; nil: a new one.
  init(_ web: Context, _ state: FormState = .fresh, stored place: Place? = nil) throws {
    let words = web.words
    var make = FieldBuilder(state)
    layout = try Layout(place == nil ? words("New place") : words("Edit place"), .places, web)
    name = make.text("name", words("Name"), place?.name ?? "", required: true, maxLength: 200)
    type = make.choice(
      "type", words("Kind"), (place?.type ?? .location).rawValue, PlaceType.allCases.map { ($0.rawValue, PlaceText.name($0, words)) })
    address = make.text("address", words("Street and number"), place?.address ?? "", optional: true, maxLength: 300)
    city = make.text("city", words("City"), place?.city ?? "", optional: true, maxLength: 100)
    self.state = make.text("state", words("State or region"), place?.state ?? "", optional: true, maxLength: 100)
    country = make.text("country", words("Country"), place?.country ?? "", optional: true, maxLength: 100)
    latitude = make.text(
      "latitude", words("Latitude"), place?.coordinates?.latitudeText ?? "", help: words("In degrees, such as -23.5505."), optional: true)
    longitude = make.text("longitude", words("Longitude"), place?.coordinates?.longitudeText ?? "", optional: true)
    zone = make.text("timezone", words("Time zone"), place?.timezone ?? "", optional: true, list: "zones")
    zones = web.services.zones.names
    notes = make.area("notes", words("Notes"), place?.notes ?? "", help: words("Markdown works here."))
    tags = make.tags(place?.tags ?? [], words)
    isPrivate = make.privacy(place?.isPrivate ?? false, words)
    let page = place.map { Paths.place($0.id) }
    frame = FormFrame(
      make, layout.secret, to: page ?? Paths.places, cancel: page ?? Paths.places,
      carrying: [place.map { state.version($0.version) } ?? state.nonce])
  }
}
