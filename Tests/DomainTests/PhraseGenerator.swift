import Foundation

@testable import Domain

/// Phrases of every kind put together at random, each with its meaning worked out from its parts and not from its words.
struct PhraseGenerator {
  var random: SplitMix
  let language: Language
  /// What the clock shows; the zone of the phrases has no clock changes.
  let now: LocalTime

  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(random.next() % UInt64(range.count)) }

  /// A phrase, and the local time that it means; nil when that is no longer ahead.
  mutating func next() -> (text: String, meaning: String?) {
    let made: (String, LocalTime?)
    switch number(0...5) {
    case 0: made = span()
    case 1: made = dated()
    case 2: made = nth()
    case 3: made = workdays()
    default: made = clocked()
    }
    return (decorated(made.0), made.1.flatMap { $0.wallSeconds > now.wallSeconds ? $0.text : nil })
  }

  private mutating func span() -> (String, LocalTime?) {
    let units: [(String, Int)] =
      language == .english
      ? [("minutes", 60), ("mins", 60), ("min", 60), ("hours", 3600), ("days", 86_400), ("weeks", 604_800)]
      : [("minutos", 60), ("min", 60), ("horas", 3600), ("dias", 86_400), ("semanas", 604_800)]
    let unit = pick(units)
    let count = number(2...(unit.1 == 604_800 ? 50 : 99))
    let before = pick(
      language == .english ? ["", "in ", "for ", "about ", "+", "in about "] : ["", "em ", "daqui a ", "por ", "mais ", "cerca de "])
    let after = before.isEmpty && language == .english ? pick(["", " from now", " later"]) : ""
    return ("\(before)\(count) \(unit.0)\(after)", LocalTime(wallSeconds: now.wallSeconds + Int64(count * unit.1)))
  }

  /// A day that has a word, with the days from today.
  private mutating func near() -> (String, Int) {
    let weekday = number(1...7)
    let ahead = (weekday - now.day.weekday.rawValue + 6) % 7 + 1
    let names =
      language == .english
      ? ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
      : ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"]
    let inNextWeek = 7 - now.day.weekday.rawValue + weekday
    switch number(0...7) {
    case 0: return (language == .english ? "today" : "hoje", 0)
    case 1: return (pick(language == .english ? ["tomorrow", "tmr", "tmrw"] : ["amanhã"]), 1)
    case 2: return (language == .english ? "the day after tomorrow" : "depois de amanhã", 2)
    case 3: return (language == .english ? "next \(names[weekday - 1])" : "\(names[weekday - 1]) que vem", ahead)
    case 4: return (language == .english ? "\(names[weekday - 1]) next week" : "\(names[weekday - 1]) da semana que vem", inNextWeek)
    case 5:
      return (language == .english ? "a week on \(names[weekday - 1])" : "\(names[weekday - 1])", language == .english ? ahead + 7 : ahead)
    default: return (names[weekday - 1], ahead)
    }
  }

  /// Hours and minutes in a form that says them.
  private mutating func clock() -> (String, Int, Int) {
    let hour = number(0...23)
    let minute = pick([0, 0, 5, 15, 30, 45, 59])
    let two = (minute < 10 ? "0" : "") + "\(minute)"
    let twelve = (hour + 11) % 12 + 1
    if language == .english {
      let half = hour < 12 ? "am" : "pm"
      let whole = minute == 0 ? ["\(twelve)\(half)", "at \(hour)", "\(twelve) \(half)", "at \(twelve) \(half) sharp"] : []
      return (
        pick(
          ["\(hour):\(two)", "at \(hour):\(two)", "\(twelve):\(two)\(half)", "\(twelve)\(two)\(half)", "around \(twelve):\(two) \(half)"]
            + whole), hour, minute
      )
    }
    let whole = minute == 0 ? ["às \(hour)h", "às \(hour)", "por volta das \(hour)h"] : []
    return (pick(["\(hour):\(two)", "às \(hour):\(two)", "às \(hour)h\(two)", "por volta das \(hour)h\(two)"] + whole), hour, minute)
  }

  private mutating func clocked() -> (String, LocalTime?) {
    let (day, ahead) = near()
    if number(0...3) == 0 {
      let hour = number(0...23)
      return ("\(day) \(hour)", at(ahead, hour, 0))
    }
    let (clock, hour, minute) = clock()
    // "Today at midnight" is the coming one, and "0:00" is not called midnight.
    return (pick([true, false]) ? "\(day) \(clock)" : "\(clock) \(day)", midnight(clock, ahead, hour, minute))
  }

  private func midnight(_ clock: String, _ ahead: Int, _ hour: Int, _ minute: Int) -> LocalTime? {
    let isSaid = ahead == 0 && hour == 0 && minute == 0 && (clock.contains("am") || clock.contains("pm"))
    return at(isSaid ? 1 : ahead, hour, minute)
  }

  private func at(_ ahead: Int, _ hour: Int, _ minute: Int) -> LocalTime? {
    TimeOfDay(hour: hour, minute: minute).map { LocalTime(day: now.day.advanced(by: ahead), time: $0) }
  }

  private mutating func dated() -> (String, LocalTime?) {
    let ahead = number(1...360)
    let day = now.day.advanced(by: ahead)
    let english = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]
    let portuguese = [
      "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
    ]
    let name = (language == .english ? english : portuguese)[day.month - 1]
    let short = String(name.prefix(3))
    let date = day.date.day
    let forms =
      language == .english
      ? [
        "\(date) \(name)", "\(name) \(date)", "\(short) \(date)", "\(date) \(short)", "the \(date)th of \(name)",
        "\(date) \(name) \(day.year)",
        "\(day.month)/\(date)", "\(day.month)/\(date)/\(day.year)", day.iso, "\(name) the \(date)th",
      ]
      : [
        "\(date) de \(name)", "dia \(date) de \(name)", "\(date) \(short)", "\(date) de \(name) de \(day.year)", "\(date)/\(day.month)",
        "\(date)/\(day.month)/\(day.year)", "\(date).\(day.month).\(day.year)", day.iso, "no dia \(date) de \(name)",
      ]
    if number(0...1) == 0 { return (pick(forms), at(ahead, 9, 0)) }
    let (clock, hour, minute) = clock()
    return ("\(pick(forms)) \(clock)", at(ahead, hour, minute))
  }

  private mutating func nth() -> (String, LocalTime?) {
    let (number, weekday) = (number(1...5), number(1...7))
    let orders = language == .english ? ["first", "second", "third", "4th", "last"] : ["primeir", "segund", "terceir", "quart", "últim"]
    let english = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    let portuguese = ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"]
    let (year, month) = now.day.month == 12 ? (now.day.year + 1, 1) : (now.day.year, now.day.month + 1)
    let days = (1...31).compactMap { Day(year: year, month: month, day: $0) }.filter { $0.weekday.rawValue == weekday }
    let day = number == 5 ? days[days.count - 1] : days[number - 1]
    let time = TimeOfDay(hour: 9, minute: 0).map { LocalTime(day: day, time: $0) }
    if language == .english { return ("\(pick(["", "the "]))\(orders[number - 1]) \(english[weekday - 1]) of next month", time) }
    let ending = weekday > 5 ? "o" : "a"
    return ("\(orders[number - 1])\(ending) \(portuguese[weekday - 1]) do mês que vem", time)
  }

  private mutating func workdays() -> (String, LocalTime?) {
    let count = number(2...30)
    var (ahead, left) = (0, count)
    while left > 0 {
      ahead += 1
      if (now.day.weekday.rawValue + ahead - 1) % 7 < 5 { left -= 1 }
    }
    let english = ["in \(count) business days", "\(count) working days", "\(count) business days from now"]
    let portuguese = ["em \(count) dias úteis", "daqui a \(count) dias úteis", "\(count) dias úteis"]
    return (pick(language == .english ? english : portuguese), at(ahead, 9, 0))
  }

  /// Written as people write: capitals, blanks, accents missing or apart, a word of courtesy.
  private mutating func decorated(_ text: String) -> String {
    var text = text
    switch number(0...5) {
    case 0: text = text.uppercased()
    case 1: text = text.decomposedStringWithCanonicalMapping
    case 2: text = text.folding(options: .diacriticInsensitive, locale: nil)
    case 3: text = text.replacing(" ", with: "  ")
    default: break
    }
    let before = language == .english ? ["", "", "remind me ", "please ", "Snooze "] : ["", "", "me lembre ", "por favor, ", "Adiar "]
    let after = ["", "", "", "!", "?", " .", "!?", "  "] + (language == .english ? [" please"] : [", por favor"])
    return pick(before) + text + pick(after)
  }
}
