import Domain
import HTML
import Web

/// How the form asks for a series: in words, or by controls for one unit of time.
enum RepeatUnit: String, CaseIterable { case cron, daily, weekly, monthly, yearly }

/// Reads the controls of one unit; those of the others are not looked at.
struct RepeatForm {
  private let unit: RepeatUnit
  private let today: Day
  private let phrases: PhraseReader
  /// The first day where another field says it; nil: the control does.
  private let first: Day?

  /// Most times of one day that the form takes.
  private static let mostTimes = 24

  init(_ unit: RepeatUnit, _ phrases: PhraseReader, first: Day? = nil) {
    (self.unit, self.phrases, self.first) = (unit, phrases, first)
    today = phrases.zone.local(phrases.now).day
  }

  /// - Parameter stored: what is asked for as it is stored goes on from its own first time.
  /// - Returns: the series with the day from which it was asked for, today where none was named; nil when something was complained about.
  func series(_ read: inout FormReader, stored: StoredSeries?) -> (kind: Schedule.Kind, firstDay: Day?)? {
    let before = read.errors
    let asked = controls(&read)
    guard before == read.errors, let asked else { return nil }
    if let stored, asked == stored.controls { return (stored.kind, stored.firstDay) }
    if checkEnds(asked, &read) != nil { return nil }
    do {
      let kind = try phrases.series(asked)
      return (kind, firstDay(asked))
    } catch {
      complain(error, &read)
      return nil
    }
  }

  /// A first day whose times are over is none: with a later time it would begin again, and turn "every 2 weeks" over.
  private func firstDay(_ asked: RecurrenceControls) -> Day {
    let first = asked.from ?? today
    let minute = phrases.zone.local(phrases.now).time.second / 60
    return first == today && (asked.times.max() ?? 0) <= minute ? today.advanced(by: 1) : first
  }

  /// Each reader stands alone, so that all complaints are made at once.
  private func controls(_ read: inout FormReader) -> RecurrenceControls? {
    let every = read.integer("repeat_every", 1...99, 1)
    let times = times(&read)
    let from = first ?? day("repeat_from", &read)
    let days = days(&read, from ?? today)
    let until = day("repeat_until", &read)
    let hasCount = !read.trimmed(read.raw("repeat_times")).utf8.isEmpty
    let count = hasCount ? read.integer("repeat_times", 1...Recurrence.mostTimes, nil) : nil
    if count != nil, until != nil {
      read.complain("repeat_times", read.words("A last day and a number of times are two ends. Keep one of them."))
    }
    guard let days else { return nil }
    var controls = RecurrenceControls(days, at: times)
    (controls.every, controls.from, controls.until, controls.count) = (every, from, until, count)
    return controls
  }

  private func checkEnds(_ asked: RecurrenceControls, _ read: inout FormReader) -> String? {
    let before = read.errors
    if let from = asked.from, from < today.advanced(months: -120) {
      read.complain("repeat_from", read.words("Choose a first day within the last ten years."))
    }
    if let until = asked.until, until < asked.from ?? today {
      read.complain(
        "repeat_until",
        asked.from == nil
          ? read.words("This day has passed. Choose a later one.") : read.words("This is before the first day. Choose a later one."))
    }
    return before == read.errors ? nil : "refused"
  }

  private func complain(_ error: RecurrenceError, _ read: inout FormReader) {
    switch error {
    case .endsBeforeStart:
      read.complain("repeat_until", read.words("It would end before its first time. Choose a later end."))
    case .tooManyTimes, .outOfRange, .positionOutOfReach:
      read.complain("repeat_at", read.words("These times do not fit into one series. Give fewer, or the same minutes at each hour."))
    default:
      read.complain("repeat", RecurrenceComplaint.text(.rule(error), read.words))
    }
  }

  // MARK: - One control each

  private func day(_ name: String, _ read: inout FormReader) -> Day? {
    let text = read.trimmed(read.raw(name))
    if text.utf8.isEmpty { return nil }
    if let day = Day(iso: text) { return day }
    read.complain(name, read.words("Write a date such as 2027-12-25."))
    return nil
  }

  /// Minutes of the day; empty: the person's default hour.
  private func times(_ read: inout FormReader) -> Set<Int> {
    let text = read.trimmed(read.raw("repeat_at"))
    if text.utf8.isEmpty { return [phrases.defaultHour.second / 60] }
    var times: Set<Int> = []
    for item in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      var written = read.trimmed(String(decoding: item, as: UTF8.self))
      if written.utf8.count == 4 { written = "0" + written }  // "9:00"
      guard written.utf8.count == 5, let time = TimeOfDay(text: written) else {
        read.complain("repeat_at", read.words("Write times such as 09:00, with commas between them: 08:30, 21:00."))
        return times
      }
      if !times.insert(time.second / 60).inserted {
        read.complain("repeat_at", read.words("{time} stands here twice.", ["time": time.text]))
      }
    }
    if times.count > RepeatForm.mostTimes {
      read.complain("repeat_at", read.words("At most {n} times a day fit here.", ["n": String(RepeatForm.mostTimes)]))
    }
    return times
  }

  /// - Parameter first: what a day that was not given is taken from.
  private func days(_ read: inout FormReader, _ first: Day) -> RecurrenceControls.Days? {
    switch unit {
    case .cron, .daily: return .daily
    case .weekly: return weekdays(&read, first).map { .weekly($0) }
    case .monthly: return dayOfMonth(&read, first)
    case .yearly: return dayOfYear(&read, first)
    }
  }

  /// The form sends the controls of all units: with those of a month and no box, none was ticked.
  private func weekdays(_ read: inout FormReader, _ first: Day) -> Set<Weekday>? {
    let sent = read.form.all("repeat_days")
    let days = sent.compactMap { value in Weekday.allCases.first { value == .text($0.field) } }
    if days.count < sent.count {
      read.complain("repeat_days", read.words("Choose one of the values offered."))
    } else if days.isEmpty, read.form.first("repeat_on") == nil {
      return [first.weekday]
    } else if days.isEmpty {
      read.complain("repeat_days", read.words("Tick at least one day."))
    } else {
      return Set(days)
    }
    return nil
  }

  private func dayOfMonth(_ read: inout FormReader, _ first: Day) -> RecurrenceControls.Days? {
    let text = read.trimmed(read.raw("repeat_on"))
    if text.utf8.isEmpty { return .monthly(first.day) }
    if let days = RepeatDay.all.first(where: { $0.field.utf8.elementsEqual(text.utf8) })?.days { return days }
    read.complain("repeat_on", read.words("Choose a day from 1 to 31, the last one, or a weekday such as the first Monday."))
    return nil
  }

  private func dayOfYear(_ read: inout FormReader, _ first: Day) -> RecurrenceControls.Days? {
    let text = read.trimmed(read.raw("repeat_date"))
    if text.utf8.isEmpty { return .yearly(month: first.month, day: first.day) }
    // A leap year: 29 February comes every four years.
    guard text.utf8.count == 5, let day = Day(iso: "2028-" + text) else {
      read.complain("repeat_date", read.words("Write a month and a day that there is, such as 12-25."))
      return nil
    }
    return .yearly(month: day.month, day: day.day)
  }
}

/// A day of a month as the form names it.
struct RepeatDay {
  let field: String
  let days: RecurrenceControls.Days

  /// In the order of the list.
  static let all: [RepeatDay] =
    (1...31).map { RepeatDay(field: String($0), days: .monthly($0)) } + [RepeatDay(field: "last", days: .monthly(-1))]
    + zip(numbers, ["first", "second", "third", "fourth", "fifth", "last"]).flatMap { number, name in
      Weekday.allCases.map { weekday in
        RepeatDay(
          field: name + "_" + weekday.field, days: .monthlyOn(Recurrence.NthWeekday(weekday, number: number)))
      }
    }

  private static let numbers = [1, 2, 3, 4, 5, -1]
}

extension Weekday {
  private static let fields = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// As the form names it.
  var field: String { Weekday.fields[rawValue - 1] }
}
