import Domain
import HTML
import Web

/// The page of free times.
struct FreePage {
  let layout: Layout
  let summary: ErrorSummary?
  let action = Paths.free
  let calendar = Paths.calendar
  let minutes: TextField
  let from: TextField
  let until: TextField
  /// The working hours that count.
  let hours: String
  let days: [FreeDay]
  let empty: EmptyState?
  let hasMore: Bool
  let isCut: Bool

  init(_ details: FreeDetails, _ web: Context) throws { try self.init(.shown(web.request.query), details, web) }

  init(refused errors: FormErrors, _ web: Context) throws { try self.init(.refused(web.request.query, errors), nil, web) }

  private init(_ state: FormState, _ details: FreeDetails?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Free times"), .calendar, web)
    var fields = FieldBuilder(state)
    minutes = fields.text("minutes", words("Minutes", context: "free"), "60")
    from = fields.text("from", words("From", context: "free"), help: words("A date or words. Empty: now."), optional: true)
    until = fields.text("until", words("Until", context: "free"), help: words("Empty: the end of the week."), optional: true)
    summary = fields.summary
    hours = words("Within your working hours: {hours}.", ["hours": CalendarText.hours(person)])
    let gaps = details?.free.gaps ?? []
    days = FreePage.days(gaps, person, today: person.zone.local(web.now).day, words)
    (hasMore, isCut) = (details?.free.hasMore ?? false, details?.isCut ?? false)
    empty = details == nil || !gaps.isEmpty ? nil : FreePage.empty(details?.query.minutes ?? 60, person, web)
  }

  private static func days(_ gaps: [FreeTimes.Gap], _ person: Person, today: Day, _ words: Words) -> [FreeDay] {
    let dates = gaps.map { person.zone.local($0.span.lowerBound).day }
    return Set(dates).sorted().map { day in
      let own = zip(dates, gaps).filter { $0.0 == day }.map { $0.1 }
      return FreeDay(
        date: day.iso, heading: TimeWords.day(day, person.language, today: today),
        rows: own.map { FreeRow($0, on: day, person, today: today, words) })
    }
  }

  private static func empty(_ minutes: Int, _ person: Person, _ web: Context) -> EmptyState {
    let words = web.words
    let today = person.zone.local(web.now).day
    let week = PersonWeek(holding: today, weekStart: person.weekStart).next
    let path = Paths.free.adding("minutes", String(minutes)).adding("from", week.first.iso).adding("until", week.last.iso)
    return EmptyState(
      icon: "clock", title: words("Nothing is free"),
      text: words("There is no gap of {time} in your working hours then.", ["time": WorkMinutes.text(minutes)]),
      way: (label: words("Look at next week"), path: path))
  }
}

/// A date on which something is free.
struct FreeDay {
  let date: String
  let heading: String
  let rows: [FreeRow]
}

/// A time that is free.
struct FreeRow {
  /// UTC, "start/end".
  let span: String
  let starts: String
  let ends: String
  let begin: String
  let end: String
  /// "3 h".
  let length: String
  /// Whether it is only so long if what is tentative falls away.
  let isMaybe: Bool
  /// When something tentative is on; nil: nothing is.
  let maybe: String?
  /// Where an event is made of it.
  let new: Path

  init(_ gap: FreeTimes.Gap, on day: Day, _ person: Person, today: Day, _ words: Words) {
    let (start, stop) = (gap.span.lowerBound, gap.span.upperBound)
    (starts, ends) = (start.iso, stop.iso)
    span = starts + "/" + ends
    let (first, last) = (person.zone.local(start), person.zone.local(stop))
    begin = first.time.text
    end = last.day == day ? last.time.text : TimeWords.day(last.day, person.language, today: today) + " " + last.time.text
    length = WorkMinutes.text(gap.minutes)
    isMaybe = gap.isMaybe
    let times = gap.maybe.map { "\(person.zone.local($0.lowerBound).time.text)–\(person.zone.local($0.upperBound).time.text)" }
    maybe = times.isEmpty ? nil : words("Something tentative is on: {times}.", ["times": times.joined(separator: ", ")])
    new = Paths.newEvent.adding("starts", first.day.iso + "T" + first.time.text)
  }
}
