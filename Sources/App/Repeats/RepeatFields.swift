import Domain
import HTML
import Web

/// The form's second card: how a series repeats, in words or by controls.
struct RepeatFields {
  let kind: RadioGroup
  let cron: TextField
  let every: TextField
  let days: Select
  let on: Select
  let date: TextField
  /// nil: another field of the form says at what time.
  let times: TextField?
  /// nil: another field of the form is its first day.
  let from: TextField?
  /// Of a task: what its next instance counts from.
  let counting: Select?
  let until: TextField
  let count: TextField

  /// What a form is about, besides its series.
  enum Subject {
    case reminder
    /// Need not repeat, and its dates need no time.
    case task(TaskRepeat.From, isTimed: Bool)
    /// Need not repeat, and begins when its form says.
    case event
  }

  /// - Parameters:
  ///   - words: a series in words stays in words; its controls show the same where they can.
  ///   - today: by the clocks of the schedule's zone: what the controls begin with.
  init(_ make: inout FieldBuilder, _ stored: StoredSeries?, _ person: Person, today: Day, of subject: Subject = .reminder, _ words: Words) {
    let shown = stored?.controls
    let isByControls = shown != nil && stored?.words.utf8.isEmpty == true
    let unit = isByControls ? shown?.unit ?? .cron : .cron
    let kindNow = subject.isOptional && stored == nil ? "" : unit.rawValue
    let typed = RepeatUnit(rawValue: make.value("repeat", kindNow)) ?? .cron
    let isStale = make.state.isStale
    // A stale form compares what either side says, not what stands in controls of other units.
    func compares(_ units: RepeatUnit...) -> Bool { units.contains(typed) || isByControls && units.contains(unit) }
    make.isCompared = typed != unit
    let none: [(value: String, label: String)] = subject.isOptional ? [("", words("Not at all", context: "repeat"))] : []
    kind = RadioGroup(field: make.choice("repeat", words("How it repeats"), kindNow, none + RepeatFields.units(subject, words)))
    make.isCompared = true
    cron = make.text(
      "cron", words("Pattern"), isByControls ? "" : stored?.typed ?? "",
      help: subject.isOptional
        ? words("In words, such as “every monday” or “last friday of the month”, or as an RRULE.")
        : words(
          "In words, such as “every weekday at 9” or “last friday of the month”; as five fields, such as 0 9 * * 1-5; or as an RRULE."))
    /// Nothing is stored of a control that the stored series does not use.
    func value(_ stored: String?, or first: String) -> String { stored ?? (isStale && make.isCompared ? "" : first) }
    make.isCompared = compares(.daily, .weekly, .monthly, .yearly)
    every = make.number(
      "repeat_every", words("Every so many"), value(shown.map { String($0.every) }, or: "1"),
      help: words("1 is each day, week, month or year, 2 every other."))
    make.isCompared = compares(.weekly)
    let week = (0..<7).compactMap { Weekday(rawValue: (person.weekStart.rawValue - 1 + $0) % 7 + 1) }
    days = make.boxes(
      "repeat_days", words("On these days"), shown?.weekdays ?? [value(nil, or: today.weekday.field)],
      week.map { ($0.field, "\(TimeWords.name($0, person.language))") }, sentWith: "repeat")
    make.isCompared = compares(.monthly)
    on = make.choice(
      "repeat_on", words("On this day"), value(shown?.dayOfMonth, or: String(today.day)),
      RepeatDay.all.map { ($0.field, RepeatFields.name($0.days, person.language, words)) },
      help: words("A month that lacks the day is left out."))
    make.isCompared = compares(.yearly)
    date = make.text(
      "repeat_date", words("Month and day"), value(shown?.dayOfYear, or: String(today.iso.dropFirst(5))), help: words("Such as 12-25."))
    make.isCompared = compares(.daily, .weekly, .monthly, .yearly)
    if case .event = subject {
      times = nil
    } else {
      times = make.text(
        "repeat_at", words("At these times"),
        value(subject.isTimed ? shown?.clock : "", or: subject.isOptional ? "" : person.defaultTime.text),
        help: subject.isOptional
          ? words("Empty: any time of the day.") : words("One time or several with commas between them, such as 08:30, 21:00."),
        optional: subject.isOptional)
    }
    switch subject {
    case .event: (from, counting) = (nil, nil)
    case .reminder: (from, counting) = (make.date("repeat_from", words("First day"), shown?.from), nil)
    case .task(let counted, _):
      make.isCompared = true
      from = nil
      counting = make.choice(
        "repeat_from", words("The next one counts from"), counted.rawValue,
        [
          (TaskRepeat.From.due.rawValue, words("its due date", context: "repeat")),
          (TaskRepeat.From.completion.rawValue, words("the day it is done", context: "repeat")),
        ])
      make.isCompared = compares(.daily, .weekly, .monthly, .yearly)
    }
    until = make.date("repeat_until", words("Last day"), shown?.until)
    count = make.number("repeat_times", words("Number of times"), shown?.count.map { String($0) } ?? "", optional: true)
    make.isCompared = true
  }

  private static func units(_ subject: Subject, _ words: Words) -> [(value: String, label: String)] {
    [
      ("cron", subject.isOptional ? words("In words", context: "repeat") : words("In words or cron")), ("daily", words("Daily")),
      ("weekly", words("Weekly")), ("monthly", words("Monthly")),
      ("yearly", words("Yearly")),
    ]
  }

  static func name(_ days: RecurrenceControls.Days, _ language: Language, _ words: Words) -> String {
    switch days {
    case .monthly(-1): words("the last day")
    case .monthly(let date): words("day {n}", ["n": String(date)])
    case .monthlyOn(let nth): name(nth, "\(TimeWords.name(nth.weekday, language))", words)
    default: ""
    }
  }

  /// Portuguese weekdays are feminine, its weekend is not.
  private static func name(_ nth: Recurrence.NthWeekday, _ day: String, _ words: Words) -> String {
    switch (nth.number, nth.weekday.isWeekend) {
    case (1, false): words("the first {day}", ["day": day])
    case (2, false): words("the second {day}", ["day": day])
    case (3, false): words("the third {day}", ["day": day])
    case (4, false): words("the fourth {day}", ["day": day])
    case (5, false): words("the fifth {day}", ["day": day])
    case (_, false): words("the last {day}", ["day": day])
    case (1, true): words("the first {day}", ["day": day], context: "weekend")
    case (2, true): words("the second {day}", ["day": day], context: "weekend")
    case (3, true): words("the third {day}", ["day": day], context: "weekend")
    case (4, true): words("the fourth {day}", ["day": day], context: "weekend")
    case (5, true): words("the fifth {day}", ["day": day], context: "weekend")
    case (_, true): words("the last {day}", ["day": day], context: "weekend")
    }
  }
}

extension RepeatFields.Subject {
  fileprivate var isOptional: Bool {
    if case .reminder = self { false } else { true }
  }

  fileprivate var isTimed: Bool {
    if case .task(_, let isTimed) = self { isTimed } else { true }
  }
}

extension RecurrenceControls {
  /// As the form's fields hold it.
  fileprivate var unit: RepeatUnit {
    switch days {
    case .daily: .daily
    case .weekly: .weekly
    case .monthly, .monthlyOn: .monthly
    case .yearly: .yearly
    }
  }

  fileprivate var weekdays: [String]? {
    guard case .weekly(let days) = days else { return nil }
    return Weekday.allCases.filter(days.contains).map(\.field)
  }

  fileprivate var dayOfMonth: String? { RepeatDay.all.first { $0.days == days }?.field }

  fileprivate var dayOfYear: String? {
    guard case .yearly(let month, let day) = days else { return nil }
    return Day(year: 2028, month: month, day: day).map { String($0.iso.dropFirst(5)) }
  }

  fileprivate var clock: String {
    times.sorted().compactMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60)?.text }.joined(separator: ", ")
  }
}

extension FieldBuilder {
  // A browser drops what is no date or number from a field of that kind: what was typed instead is kept in a line of text.

  fileprivate mutating func date(_ name: String, _ label: String, _ stored: Day?) -> TextField {
    let shown = value(name, "")
    return text(name, label, stored?.iso ?? "", type: shown.utf8.isEmpty || Day(iso: shown) != nil ? "date" : "text", optional: true)
  }

  fileprivate mutating func number(
    _ name: String, _ label: String, _ stored: String, help: String? = nil, optional: Bool = false
  ) -> TextField {
    let isNumber = value(name, stored).utf8.allSatisfy { (0x30...0x39).contains($0) }
    return text(name, label, stored, help: help, type: isNumber ? "number" : "text", optional: optional)
  }
}
