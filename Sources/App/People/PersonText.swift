import Domain
import HTML

/// What people are told about those whom they know.
enum PersonText {
  static func name(_ type: PersonType, _ words: Words) -> String {
    switch type {
    case .contact: words("Contact", context: "person")
    case .colleague: words("Colleague", context: "person")
    case .friend: words("Friend", context: "person")
    case .family: words("Family", context: "person")
    case .lead: words("Lead", context: "person")
    }
  }

  /// The options of a type.
  static func types(_ words: Words) -> [(value: String, label: String)] { PersonType.allCases.map { ($0.rawValue, name($0, words)) } }

  /// "8 of 10".
  static func importance(_ number: Int, _ words: Words) -> String { words("{n} of 10", ["n": String(number)]) }

  /// "12 April 1985", "12 April", "1985".
  static func date(_ birthday: Birthday, _ language: Language) -> String {
    switch birthday {
    case .whole(let day): dayMonth(day.month, day.day, language) + (language == .english ? " " : " de ") + String(day.year)
    case .yearless(let month, let day): dayMonth(month, day, language)
    case .year(let year): String(year)
    }
  }

  private static func dayMonth(_ month: Int, _ day: Int, _ language: Language) -> String {
    let name = "\(TimeWords.month(month, language))"
    return language == .english ? "\(day) \(name)" : "\(day) de \(name)"
  }

  /// How far ahead a birthday is told.
  static let birthdayDays = 7

  /// "Birthday today, 42 years", "Birthday on Fri 5 Mar 2027"; nil: none within a week. One on 29 February is kept the day before in other years, which
  /// is said; years are told on the day itself alone (RULES 9.18).
  static func birthday(_ birthday: Birthday, today: Day, _ language: Language, _ words: Words) -> String? {
    guard let next = birthday.next(notBefore: today), today.distance(to: next.day) <= birthdayDays else { return nil }
    let date = TimeWords.date(next.day, language)
    let text: String
    if next.day == today {
      let age = birthday.age(on: today)
      text = age.map { words.count("Birthday today, {n} year", "Birthday today, {n} years", $0) } ?? words("Birthday today")
    } else if today.distance(to: next.day) == 1 {
      text = words("Birthday tomorrow")
    } else {
      text = words("Birthday on {date}", ["date": date])
    }
    return next.isMoved ? text + " · " + words("born on 29 February, kept on the 28th this year") : text
  }

  /// Months and days of the dates of a birthday from today on, in their order; 29 February is kept on the 28th where there is none.
  static func birthdays(from today: Day) -> [(month: Int, day: Int)] {
    (0...birthdayDays).flatMap { ahead -> [(month: Int, day: Int)] in
      let day = today.advanced(by: ahead)
      let isLast = day.month == 2 && day.day == 28 && Day(year: day.year, month: 2, day: 29) == nil
      var days = [(month: day.month, day: day.day)]
      if isLast { days.append((month: 2, day: 29)) }
      return days
    }
  }

  /// "Get in touch: due since Mon 22 Feb 2027"; nil: it is not.
  static func stay(_ person: KnownPerson, until midnight: Instant, _ reader: Person, _ words: Words) -> String? {
    guard let due = person.stayDueAt, due < midnight else { return nil }
    return words("Get in touch: due {date}", ["date": TimeWords.date(reader.zone.local(due).day, reader.language)])
  }
}
