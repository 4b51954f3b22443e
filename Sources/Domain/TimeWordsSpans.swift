/// A unit of elapsed time with its names. Months and years are rough: they only say how far away something is.
private struct WordUnit {
  let seconds: Int64
  let english, englishMany, portuguese, portugueseMany: StaticString

  static let year = WordUnit(seconds: 31_557_600, english: "year", englishMany: "years", portuguese: "ano", portugueseMany: "anos")
  static let month = WordUnit(seconds: 2_629_800, english: "month", englishMany: "months", portuguese: "mês", portugueseMany: "meses")
  static let week = WordUnit(seconds: 604_800, english: "week", englishMany: "weeks", portuguese: "semana", portugueseMany: "semanas")
  static let day = WordUnit(seconds: 86_400, english: "day", englishMany: "days", portuguese: "dia", portugueseMany: "dias")
  static let hour = WordUnit(seconds: 3600, english: "hour", englishMany: "hours", portuguese: "hora", portugueseMany: "horas")
  static let minute = WordUnit(seconds: 60, english: "minute", englishMany: "minutes", portuguese: "minuto", portugueseMany: "minutos")

  func rounded(_ elapsed: Int64) -> Int64 { elapsed / seconds + (elapsed % seconds * 2 >= seconds ? 1 : 0) }

  func write(_ count: Int64, _ language: Language, into text: inout ShortText) {
    text.append(number: Int(count))
    text.append(words: " ")
    switch language {
    case .english: text.append(words: count == 1 ? english : englishMany)
    case .portuguese: text.append(words: count == 1 ? portuguese : portugueseMany)
    }
  }
}

extension TimeWords {
  /// How far away, in elapsed time: "in 35 hours", "3 minutes ago", "now" (nearer than half a minute), below three hours with the minutes
  /// ("in 1 hour 30 min"); "daqui a 35 horas", "há 3 minutos", "agora", "daqui a 1 hora e 30 min".
  public static func relative(_ instant: Instant, from now: Instant, _ language: Language) -> String {
    string { write(relative: instant, from: now, language, into: &$0) }
  }

  /// Appends what ``relative(_:from:_:)`` says.
  public static func write(relative instant: Instant, from now: Instant, _ language: Language, into text: inout ShortText) {
    let away = max(-.max, instant.seconds(since: now))
    let (unit, count) = rounded(abs(away))
    guard count > 0 else { return text.append(words: language == .english ? "now" : "agora") }
    switch language {
    case .english:
      if away > 0 { text.append(words: "in ") }
      write(count, unit, language, into: &text)
      if away < 0 { text.append(words: " ago") }
    case .portuguese:
      text.append(words: away > 0 ? "daqui a " : "há ")
      write(count, unit, language, into: &text)
    }
  }

  /// How long ``relative(_:from:_:)`` says the same: all of the time around `now` in which it does.
  public static func stretch(ofRelative instant: Instant, from now: Instant) -> Range<Instant> {
    let away = max(-.max, instant.seconds(since: now))
    let (unit, count) = rounded(abs(away))
    let half = unit.seconds / 2
    // Where a smaller unit has its limit, this one begins.
    let before = limits.last { $0.0.seconds < unit.seconds }.map { smaller, limit in limit * smaller.seconds - smaller.seconds / 2 }
    let least = max(count * unit.seconds - half, before ?? -.max)
    let most = count * unit.seconds + half - 1
    let seconds = count == 0 ? -most...most : away > 0 ? least...most : -most ... -least
    // So many whole seconds away it is from just after the one end to the other: seconds are rounded down.
    let end = { (seconds: Int64) in instant.advanced(seconds: -seconds).advanced(microseconds: 1) }
    return end(seconds.upperBound + 1)..<end(seconds.lowerBound)
  }

  /// Minutes from an hour on are written as hours with what is left of them.
  private static func write(_ count: Int64, _ unit: WordUnit, _ language: Language, into text: inout ShortText) {
    guard unit.seconds == 60, count >= 60 else { return unit.write(count, language, into: &text) }
    WordUnit.hour.write(count / 60, language, into: &text)
    guard count % 60 > 0 else { return }
    text.append(words: language == .english ? " " : " e ")
    text.append(number: Int(count % 60))
    text.append(words: " min")
  }

  /// The largest unit that still says enough (minutes below three hours, hours below two days, days up to 13, weeks up to eight), and how many
  /// of it, halves up.
  private static func rounded(_ seconds: Int64) -> (WordUnit, Int64) {
    for (unit, limit) in limits {
      let count = unit.rounded(seconds)
      if count < limit { return (unit, count) }
    }
    return (.year, WordUnit.year.rounded(seconds))
  }

  private static let limits: [(WordUnit, Int64)] = [(.minute, 180), (.hour, 48), (.day, 14), (.week, 9), (.month, 24)]
}
