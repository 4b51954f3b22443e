import Domain
import HTML
import Postgres
import Web

/// When nothing is on (RULES 9.5).
enum FreeHours {
  /// GET /free
  static func show(_ web: Context) throws -> Response {
    let reader = try web.reader
    do {
      let query = try FreeQuery(web.request.query, reader)
      let shown = try web.read(EventReading.shown(query.window(reader.person.zone), web.services.zones))
      return web.page(try FreePage(FreeDetails(shown, query, reader), web))
    } catch let errors as FormErrors {
      return web.page(try FreePage(refused: errors, web), status: 422)
    }
  }
}

/// For how long, and between when and when, somebody looks for a free time.
struct FreeQuery {
  /// How many days are looked through at most.
  static let longestDays = 366

  let minutes: Int
  let range: Range<Instant>

  /// Without dates from today to the end of the week; a date means all of it.
  init(_ form: Form, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    let zone = reader.person.zone
    let asked = read.integer("minutes", FreeTimes.minutes, 60)
    let (from, until) = (read.dueOrNone("from", reader), read.dueOrNone("until", reader))
    let first = from?.day ?? zone.local(reader.now).day
    let last = until?.day ?? PersonWeek(holding: first, weekStart: reader.person.weekStart).last
    let begin = from?.at ?? zone.start(of: first)
    let end = until?.at ?? zone.start(of: last.advanced(by: 1))
    if end < begin || until.map({ $0.at == nil && $0.day < first }) == true {
      read.complain("until", reader.words("The end is before the start."))
    } else if first.distance(to: last) >= FreeQuery.longestDays {
      read.complain("until", reader.words("Look through at most {n} days.", ["n": String(FreeQuery.longestDays)]))
    }
    try read.finish()
    (minutes, range) = (asked, begin..<end)
  }

  /// The days of it, for what is read.
  func window(_ zone: Zone) -> EventWindow {
    let first = zone.local(range.lowerBound).day
    return EventWindow(days: first...max(first, zone.local(range.upperBound).day), zone: zone)
  }
}

/// What is free, and what may be.
struct FreeDetails {
  let query: FreeQuery
  let free: FreeTimes
  /// Whether not all events are known.
  let isCut: Bool

  init(_ shown: ShownEvents, _ query: FreeQuery, _ reader: Reader) {
    let (person, zone) = (reader.person, reader.person.zone)
    let spans: [(span: Range<Instant>, busyness: EventBusyness)] = shown.instances.map { instance in
      let span = instance.isAllDay ? FreeTimes.whole(instance.days(in: zone), in: zone) : instance.start..<instance.end
      let busyness = EventBusyness(
        isCancelled: instance.status == .cancelled, isTentative: instance.status == .tentative, isMarkedBusy: instance.busy)
      return (span: span, busyness: busyness)
    }
    free = FreeTimes(
      of: query.minutes, within: query.range, hours: person.work.hours, zone: zone, now: reader.now,
      busy: spans.filter { $0.busyness == .busy }.map { $0.span }, maybe: spans.filter { $0.busyness == .maybe }.map { $0.span })
    (self.query, isCut) = (query, shown.isCut)
  }
}

extension FormReader {
  /// A date, a time, or words for either; nil: none was given, or something was complained about.
  fileprivate mutating func dueOrNone(_ name: String, _ reader: Reader) -> Due? {
    let text = trimmed(raw(name))
    if text.utf8.isEmpty { return nil }
    do throws(PhraseError) {
      let due = try Due(text, reader: PhraseReader(reader, reader.person.zone))
      if CalendarSpan.reach.contains(due.day) { return due }
      complain(name, words("There is no such date."))
      return nil
    } catch {
      switch error {
      case .impossibleDate: complain(name, words("There is no such date."))
      case .tooLong: complain(name, words("This is too long: at most {n} characters.", ["n": String(Phrase.longest)]))
      default: complain(name, words("This is not understood. Try 2027-03-15, “tomorrow” or “friday”."))
      }
      return nil
    }
  }
}
