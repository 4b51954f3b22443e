/// What a line asks of the assistant, read by rules where there is no model (RULES 9.11, 9.35).
public enum AssistantWish: Hashable, Sendable {
  /// A task is to be written down: its line, for quick entry.
  case task(String)
  /// A reminder, likewise.
  case reminder(String)
  /// An event, likewise.
  case event(String)
  /// Somebody is to be noted down: name, address, number.
  case person(String)
  /// What is due on some days; nil: in the next days.
  case due(AssistantDays?)
  case overdue
  /// What was done, and had in hand, in the last days.
  case recent
  case who(String)
  case lastSeen(String)
  case nextSeen(String)
  case find(String)
  /// When nothing is on.
  case free(AssistantDays?, minutes: Int?)
  /// What is on; nil: today.
  case agenda(AssistantDays?)
  case nextEvent
  /// What to do now.
  case advice
  /// The words for until when, as typed; nil: none were said.
  case snooze(AssistantTarget, until: String?)
  case done(AssistantTarget)
  case start(AssistantTarget)
  case reopen(AssistantTarget)
  case delete(AssistantTarget)
  /// All of something at once, which nobody is offered.
  case deleteAll
  /// "Yes", said to a proposal.
  case yes
  case no
  case help
  case thanks
  case hello
  /// A question about a time that cannot be, as typed: "30 de fevereiro".
  case noTime(String)
  /// "3/4", said in the language that is not the person's: it can be meant in either order of day and month.
  case unclearDate(String)
}

/// A thing as a line names it: "the task “Pay rent”".
public struct AssistantTarget: Hashable, Sendable {
  /// What it is called, as typed.
  public let name: String
  /// As the register calls its kind; nil: the line does not say.
  public let kind: String?

  public init(_ name: String, kind: String? = nil) { (self.name, self.kind) = (name, kind) }
}

/// Some days that a line names, in the person's calendar.
public struct AssistantDays: Hashable, Sendable {
  public let first: Day
  /// Inclusive, not before the first.
  public let last: Day
  /// "Until friday": what was before them counts too.
  public let isUntil: Bool
  /// The hour that was named with a single day: "tuesday at 10"; nil: none was.
  public private(set) var at: Instant?

  public init(_ first: Day, _ last: Day, isUntil: Bool = false) {
    (self.first, self.last, self.isUntil) = (first, max(first, last), isUntil)
  }
}

/// Whose days they are.
struct AssistantCalendar: Sendable {
  let reader: PhraseReader
  let today: Day
  let weekStart: Weekday
}

extension AssistantDays {
  /// "On thursday", "this week", "até sexta", "2027-03-05".
  ///
  /// - Parameters:
  ///   - words: folded.
  ///   - text: from where each of them stands on, to the end of the last.
  /// - Returns: nil: they are no days.
  init?(_ words: ArraySlice<String>, _ calendar: AssistantCalendar, text: (Int) -> String) {
    let (start, end) = (words.startIndex, words.endIndex)
    guard end > start, end - start <= 8, AssistantMinutes.read(words, { text(start) }) == nil else { return nil }
    let isUntil = PhraseWords.untils.contains(words[start]) || words[start] == "before"
    var rest = words
    while let word = rest.first, AssistantDays.before.contains(word) { rest = rest.dropFirst() }
    guard let first = rest.first else { return nil }
    let today = calendar.today
    if let span = AssistantDays.named(rest.joined(separator: " "), calendar) {
      self.init(span.first, span.last, isUntil: isUntil)
    } else if ["next", "coming", "proximos", "proximas"].contains(first), rest.count == 3,
      ["days", "dias"].contains(rest[rest.endIndex - 1])
    {
      guard let count = Int(rest[rest.startIndex + 1]), (1...60).contains(count) else { return nil }
      self.init(today, today.advanced(by: count), isUntil: isUntil)
    } else if let due = (try? Due(text(start), reader: calendar.reader)) ?? (try? Due(text(rest.startIndex), reader: calendar.reader)) {
      self = AssistantDays.on(due.day, isUntil, calendar)
      if !isUntil { at = AssistantDays.hour(due, [text(start), text(rest.startIndex)], calendar) }
    } else {
      return nil
    }
  }

  /// When a due is, where its words name an hour and not merely a part of the day.
  ///
  /// - Parameter texts: its words, whole and without what leads to them.
  private static func hour(_ due: Due, _ texts: [String], _ calendar: AssistantCalendar) -> Instant? {
    let saysHour = texts.contains { text in
      if LocalTime(text: Due.joined(text)) != nil { return true }
      var parser = PhraseParser(PhraseScanner.tokens(of: text)[...], calendar.reader)
      switch parser.meaning() {
      case .span(let span)?: return span.isShort
      case .moment(let moment)?: return moment.clock != nil
      case nil: return false
      }
    }
    return saysHour ? due.at : nil
  }

  /// Where words begin that are a time and cannot be one: "30 february".
  ///
  /// - Parameters:
  ///   - words: folded.
  ///   - text: from where each of them stands on, to the end of the last.
  /// - Returns: nil: they are days, or no time at all.
  static func refused(_ words: ArraySlice<String>, _ calendar: AssistantCalendar, text: (Int) -> String) -> Int? {
    guard words.count <= 8, AssistantMinutes.read(words, { text(words.startIndex) }) == nil else { return nil }
    let rest = words.drop(while: { before.contains($0) })
    if rest.isEmpty { return nil }
    for start in [rest.startIndex, words.startIndex] {
      do throws(PhraseError) {
        _ = try Due(text(start), reader: calendar.reader)
        return nil
      } catch {
        if [.impossibleDate, .past, .tooFar].contains(error) { return rest.startIndex }
      }
    }
    return nil
  }

  private static func on(_ day: Day, _ isUntil: Bool, _ calendar: AssistantCalendar) -> AssistantDays {
    AssistantDays(isUntil ? min(day, calendar.today) : day, day, isUntil: isUntil)
  }

  private static let before: Set = [
    "on", "for", "at", "in", "by", "until", "till", "til", "before", "the", "of", "during", "em", "no", "na", "nos", "nas", "para", "ate",
    "de",
    "da", "do", "a", "o", "durante", "pelo", "pela",
  ]

  private static func named(_ words: String, _ calendar: AssistantCalendar) -> (first: Day, last: Day)? {
    let today = calendar.today
    let week = PersonWeek(holding: today, weekStart: calendar.weekStart)
    switch words {
    case "today", "hoje", "now", "agora", "right now", "tonight", "this morning", "this afternoon", "this evening", "hoje a noite",
      "esta noite",
      "hoje de manha", "hoje a tarde", "rest of today", "rest of the day", "resto do dia":
      return (today, today)
    case "yesterday", "ontem": return (today.advanced(by: -1), today.advanced(by: -1))
    case "week", "this week", "rest of the week", "rest of this week", "semana", "esta semana", "essa semana", "nesta semana",
      "nessa semana",
      "desta semana", "dessa semana", "minha semana", "resto da semana":
      return (today, week.last)
    case "next week", "coming week", "following week", "proxima semana", "semana que vem", "semana seguinte":
      return (week.next.first, week.next.last)
    case "weekend", "this weekend", "fim de semana", "final de semana", "este fim de semana", "esse fim de semana", "neste fim de semana",
      "nesse fim de semana":
      let saturday = today.weekday == .sunday ? today : AssistantDays.next(.saturday, from: today)
      return (saturday, today.weekday == .sunday ? today : saturday.advanced(by: 1))
    case "month", "this month", "mes", "este mes", "esse mes", "neste mes", "nesse mes", "deste mes", "desse mes":
      return (today, AssistantDays.lastOfMonth(today))
    case "next month", "proximo mes", "mes que vem":
      let first = AssistantDays.lastOfMonth(today).advanced(by: 1)
      return (first, AssistantDays.lastOfMonth(first))
    case "next days", "next few days", "coming days", "few days", "proximos dias": return (today, today.advanced(by: 6))
    default: return nil
    }
  }

  /// The first of that weekday, today counted.
  private static func next(_ weekday: Weekday, from day: Day) -> Day {
    (0..<7).map { day.advanced(by: $0) }.first { $0.weekday == weekday } ?? day
  }

  private static func lastOfMonth(_ day: Day) -> Day { day.advanced(by: Day.daysIn(month: day.month, year: day.year) - day.day) }
}

/// How long something is to be, as a line says it: "for 60 minutes", "meia hora".
enum AssistantMinutes {
  /// - Parameters:
  ///   - words: folded.
  ///   - text: what stands there.
  /// - Returns: minutes of a day, 1 to 1,440; nil: they are no length, or one of days.
  static func read(_ words: ArraySlice<String>, _ text: () -> String) -> Int? {
    var rest = words
    while let word = rest.first, leading.contains(word) { rest = rest.dropFirst() }
    if let known = named[rest.joined(separator: " ")] { return known }
    guard let unit = rest.last, rest.count <= 5, rest.first.flatMap({ Int($0) }) != nil else { return nil }
    guard hours.contains(unit) || Int(unit) != nil && rest.contains(where: { hours.contains($0) }) else { return nil }
    let letters = rest.filter { $0 != "and" && $0 != "e" }.joined(separator: "")
    guard let minutes = WorkMinutes.read(letters), FreeTimes.minutes.contains(minutes) else { return nil }
    return minutes
  }

  private static let leading: Set = ["for", "por", "de", "durante", "of", "about", "at", "least", "pelo", "menos", "ao", "com", "with"]
  private static let hours: Set = [
    "h", "hour", "hours", "hr", "hrs", "hora", "horas", "m", "min", "mins", "minute", "minutes", "minuto", "minutos",
  ]
  private static let named: [String: Int] = [
    "an hour": 60, "one hour": 60, "uma hora": 60, "half an hour": 30, "meia hora": 30, "an hour and a half": 90, "uma hora e meia": 90,
    "two hours": 120, "duas horas": 120, "three hours": 180, "tres horas": 180, "a quarter of an hour": 15, "quinze minutos": 15,
    "vinte minutos": 20, "trinta minutos": 30,
  ]
}
