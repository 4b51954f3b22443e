import Domain
import HTML

/// What people read on pages of the calendar.
enum CalendarText {
  /// "Mon 1 Mar 2027 – Sun 14 Mar 2027", "March 2027"; "março de 2027".
  static func heading(_ place: CalendarPlace, _ language: Language) -> String {
    if place.view == .month { return month(place.date, language) }
    let days = place.days
    return TimeWords.date(days.lowerBound, language) + " – " + TimeWords.date(days.upperBound, language)
  }

  static func month(_ day: Day, _ language: Language) -> String {
    let name = HabitWords.capitalized("\(TimeWords.month(day.month, language))")
    return language == .english ? "\(name) \(day.year)" : "\(name) de \(day.year)"
  }

  static func name(_ view: CalendarView, _ words: Words) -> String {
    switch view {
    case .agenda: words("Agenda", context: "calendar")
    case .week: words("Week", context: "calendar")
    case .month: words("Month", context: "calendar")
    }
  }

  /// "Monday to Friday, 09:00–17:00".
  static func hours(_ person: Person) -> String {
    let hours = person.work.hours
    let days = HabitWords.frequency(.days(hours.days), weekStart: person.weekStart, person.language)
    return "\(days), \(hours.from.text)–\(hours.until.text)"
  }

  static func empty(_ view: CalendarView, _ person: Person, _ words: Words) -> EmptyState {
    let title = view == .month ? words("Free all month") : words("Free all week")
    return EmptyState(
      icon: "calendar", title: title, text: words("Your working hours: {hours}.", ["hours": hours(person)]),
      way: (label: words("Free times"), path: Paths.free))
  }
}
