import Domain
import HTML
import Postgres
import Web

/// What the page of an event reads.
struct EventDetails {
  let event: Event
  let overrides: [StoredOverride]
  let links: [LinkedThing]
  let related: [RelatedThing]
  let deadlines: [OfEvent]
  let bells: [Bell]
  let guests: [Guest]
  /// The series that it was cut off from, and what was cut off from it.
  let parts: [Part]
  /// Where single instances are that are elsewhere.
  let places: [Elsewhere]
  let sources: [ThingSource]

  /// A deadline that belongs to it.
  struct OfEvent {
    let id: ID<Deadline>
    let title: String
    let dueAt: Instant
    let status: String
  }

  /// Its reminder.
  struct Bell {
    let reminder: ID<Reminder>
    let instance: LocalTime
    let nextAt: Instant?
  }

  /// Somebody who is asked to it, as other calendars say.
  struct Guest {
    let name: String
    let address: String
    let answer: String
  }

  struct Elsewhere {
    let id: ID<Place>
    let name: String
  }

  struct Part {
    let id: ID<Event>
    let title: String
    let isBefore: Bool
  }

  /// - Throws: ``Failure/notFound``.
  static func read(_ id: ID<Event>, _ web: Context) throws -> EventDetails {
    let zones = web.services.zones
    let ref = ThingRef(.event, of: id)
    let (found, overrides, links, related, deadlines, bells, guests, parts, places, sources) = try web.read(
      Event.mine("e.id = \(id)", zones), StoredOverride.of([id], zones), LinkedThing.of(ref.id), RelatedThing.of(ref.id), deadlines(id),
      bells(id), guests(id), parts(id), places(id), ThingSource.of(ref))
    guard let event = found.first else { throw Failure.notFound }
    return EventDetails(
      event: event, overrides: overrides, links: links, related: related, deadlines: deadlines, bells: bells, guests: guests, parts: parts,
      places: places, sources: sources)
  }

  /// As its sources would find it.
  fileprivate var now: ThingSource.Now? {
    if sources.isEmpty { return nil }
    let values = EventRecord(event, overrides).sourced(event.tags)
    return ThingSource.Now(values: values, names: EventRecord.sourced, revision: event.revision)
  }

  private static func deadlines(_ id: ID<Event>) -> Query<OfEvent> {
    Query(
      """
      SELECT id, title, due_at, status FROM deadlines WHERE event_id = \(id) AND user_id = (SELECT me()) AND deleted_at IS NULL
      ORDER BY due_at, id LIMIT 20
      """, into: OfEvent.init)
  }

  private static func bells(_ id: ID<Event>) -> Query<Bell> {
    Query(
      """
      SELECT b.reminder_id AS reminder, b.instance, r.next_at FROM event_reminders b
      JOIN reminders r ON r.id = b.reminder_id AND r.user_id = b.user_id
      WHERE b.event_id = \(id) AND b.user_id = (SELECT me()) ORDER BY b.reminder_id DESC LIMIT 1
      """, into: Bell.init)
  }

  private static func guests(_ id: ID<Event>) -> Query<Guest> {
    Query(
      "SELECT name, address, answer FROM event_guests WHERE event_id = \(id) AND user_id = (SELECT me()) ORDER BY position LIMIT 200",
      into: Guest.init)
  }

  private static func places(_ id: ID<Event>) -> Query<Elsewhere> {
    Query(
      """
      SELECT DISTINCT p.id, p.name FROM event_overrides o JOIN places p ON p.id = o.place_id AND p.user_id = o.user_id AND p.deleted_at IS NULL
      WHERE o.event_id = \(id) AND o.user_id = (SELECT me())
      """, into: Elsewhere.init)
  }

  private static func parts(_ id: ID<Event>) -> Query<Part> {
    Query(
      """
      SELECT p.id, p.title, true AS is_before FROM events e JOIN events p ON p.id = e.continues AND p.user_id = e.user_id
      WHERE e.id = \(id) AND e.user_id = (SELECT me()) AND p.deleted_at IS NULL
      UNION ALL
      (SELECT n.id, n.title, false FROM events n WHERE n.continues = \(id) AND n.user_id = (SELECT me()) AND n.deleted_at IS NULL
        ORDER BY n.id LIMIT 5)
      """, into: Part.init)
  }
}

/// The page of an event, or of one of its instances.
struct CalendarEventPage {
  let layout: Layout
  let summary: ErrorSummary? = nil
  let back = Paths.calendar
  let secret: CSRFField
  let status: String
  let badge: StatusBadge
  let kind: String
  let tags: [String]
  let isPrivate: Bool
  let when: String
  let elsewhere: String?
  let starts: Fact
  let ends: Fact
  let zone: Fact?
  let rule: Fact?
  /// nil: the whole.
  let instance: Fact?
  let note: String?
  let isChanged: Bool
  let sentence: String?
  let coming: [Coming]
  let isSeries: Bool
  let whole: Path?
  let place: Link?
  let location: String?
  let address: SafeURL?
  let importance: String
  let busy: String
  let description: SafeHTML?
  let rings: Ring?
  let isSilent: Bool
  let guests: [String]
  let deadlines: [DeadlineRow]
  let newDeadline: Path
  let parts: [Link]
  let relationships: RelationshipsPart
  let links: LinkList?
  let newLink: NewLink
  let sources: SourceRows?
  let edit: Path
  let deletion: Path
  let deletions: [DeletionChoice]
  let thing: String

  var hasGuests: Bool { !guests.isEmpty }
  var hasParts: Bool { !parts.isEmpty }

  struct Fact {
    let value: String
    let text: String
  }
  struct Link {
    let path: Path
    let title: String
  }
  struct Coming {
    let path: Path
    let time: EventTimeText
  }
  /// Its reminder.
  struct Ring {
    let words: String
    let time: TimeText?
    let path: Path?
  }
  struct DeadlineRow {
    let path: Path
    let title: String
    let due: TimeText
    let status: String
  }
  /// One way of deleting an instance.
  struct DeletionChoice {
    let instance: HiddenField
    let scope: HiddenField
    let label: String
  }

  /// - Throws: ``Failure/notFound`` for an instance that is not.
  init(_ details: EventDetails, _ key: InstanceKey?, _ web: Context) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    let (event, today) = (details.event, clock.day(in: person.zone))
    let series = event.series(details.overrides)
    let shown = try key.map { key in
      guard let found = series.instance(key) else { throw Failure.notFound }
      return found
    }
    let own = key.flatMap { key in details.overrides.first { $0.instance == key.wall }?.content }
    let content = EventContent(event).with(own)
    let times = shown?.times ?? event.times
    let said = event.status == .cancelled ? .cancelled : content.status
    layout = try Layout(content.title, .calendar, web)
    secret = layout.secret
    (status, badge) = (said.rawValue, EventText.badge(said, words))
    kind = EventText.name(content.type, words)
    (tags, isPrivate) = (event.tags.map { "#" + $0 }, event.isPrivate)
    when = EventText.when(times, person, today: today)
    (starts, ends) = CalendarEventPage.facts(times, person)
    zone = times.isAllDay ? nil : Fact(value: times.zone.name, text: EventText.zones(times, person))
    let first = shown ?? series.instance(event.key(event.times.start))
    elsewhere = first.flatMap { EventText.elsewhere($0, person, today: today) }
    note = first.flatMap { EventTimeText($0, person, today: today, words).note }
    isChanged = shown?.isChanged ?? false
    instance = key.map { Fact(value: $0.text, text: $0.text) }
    rule = event.rule.utf8.isEmpty ? nil : Fact(value: event.rule, text: event.rule)
    sentence = EventText.sentence(series, person.language)
    isSeries = event.isSeries || !details.overrides.isEmpty
    coming =
      isSeries
      ? series.next(after: clock.now, most: 5).map {
        Coming(path: Paths.instance(event.id, $0.key), time: EventTimeText($0, person, today: today, words))
      } : []
    let soonest = series.next(after: clock.now, most: 1).first
    if let soonest { _ = clock.hasCome(soonest.start) }
    whole = key == nil ? nil : Paths.event(event.id)
    place = content.place.flatMap { id in
      let name = id == event.place ? event.placeName : details.places.first { $0.id == id }?.name
      return name.map { Link(path: Paths.place(id), title: $0) }
    }
    location = content.location.utf8.isEmpty ? nil : content.location
    address = SafeURL(content.virtualURL)
    importance = words("{n} of 10", ["n": String(content.importance)])
    busy = content.busy ? words("taken") : words("free", context: "time")
    description = content.description.utf8.isEmpty ? nil : Markdown.rendered(content.description).html
    rings = CalendarEventPage.ring(event, details.bells.first, person, clock)
    isSilent = event.rings != nil && event.bellAt == nil && details.bells.isEmpty && said != .cancelled && soonest != nil
    guests = details.guests.map { CalendarEventPage.say($0, words) }
    deadlines = details.deadlines.map {
      DeadlineRow(
        path: Paths.deadline($0.id), title: $0.title, due: TimeText($0.dueAt, person, clock),
        status: LinkRow.status($0.status, of: .deadline, words))
    }
    newDeadline = Paths.newDeadline.adding("event", event.id.text)
    parts = details.parts.map {
      Link(
        path: Paths.event($0.id),
        title: $0.isBefore ? words("Before: {title}", ["title": $0.title]) : words("Then: {title}", ["title": $0.title]))
    }
    let related = content.place == event.place ? details.related : details.related.elsewhere
    relationships = try RelationshipsPart(event.ref, related, web, layout.secret)
    links = LinkList(words("Links"), details.links, strikes: false, words)
    newLink = NewLink(event.ref, words, type: .related)
    sources = SourceRows(details.sources, details.now, person, clock, words)
    edit = Paths.editEvent(event.id).adding("instance", key?.text)
    deletion = Paths.deletion(event.id)
    deletions = key.map { CalendarEventPage.choices($0, words) } ?? []
    thing = event.ref.text
  }

  /// By the reader's clock, with the year: a page is found again years later.
  private static func facts(_ times: EventTimes, _ person: Person) -> (Fact, Fact) {
    func date(_ day: Day) -> Fact { Fact(value: day.iso, text: TimeWords.date(day, person.language)) }
    if times.isAllDay { return (date(times.firstDay), date(times.lastDay)) }
    func moment(_ time: Instant) -> Fact { Fact(value: time.iso, text: TimeWords.dateTime(time, person.zone, person.language)) }
    let placed = times.placed
    return (moment(placed.start), moment(placed.end))
  }

  private static func ring(_ event: Event, _ bell: EventDetails.Bell?, _ person: Person, _ clock: PageClock) -> Ring? {
    if event.rings == nil { return nil }
    return Ring(
      words: event.remindWords, time: bell?.nextAt.map { TimeText($0, person, clock) }, path: bell.map { Paths.reminder($0.reminder) })
  }

  private static func say(_ guest: EventDetails.Guest, _ words: Words) -> String {
    let name = guest.name.utf8.isEmpty ? guest.address : guest.name
    switch guest.answer {
    case "accepted": return words("{name}: comes", ["name": name])
    case "declined": return words("{name}: does not come", ["name": name])
    case "tentative": return words("{name}: comes perhaps", ["name": name])
    default: return name
    }
  }

  private static func choices(_ key: InstanceKey, _ words: Words) -> [DeletionChoice] {
    let instance = HiddenField(name: "instance", value: key.text)
    return [
      (EventScope.this, words("Leave this one out")), (.later, words("Delete this and later")), (.all, words("Delete all")),
    ].map { DeletionChoice(instance: instance, scope: HiddenField(name: "scope", value: $0.0.rawValue), label: $0.1) }
  }
}
