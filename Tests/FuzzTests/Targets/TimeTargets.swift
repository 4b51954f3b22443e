@testable import Domain

extension Target {
  /// What people type for a time: an instant of the coming year or a refusal, the same however it is spaced or written in capitals.
  static let phrases = Target(
    "phrases", longest: 300,
    seeds: bytes([
      "20 min", "2h", "1 day and 3 hours", "in 2 weeks", "daqui a 3 dias", "em 2 horas", "9am", "21:30", "noon", "às 9h", "tomorrow",
      "day after tomorrow", "monday", "next friday", "depois de amanhã", "próxima sexta", "sexta que vem ao meio-dia", "12 Dec",
      "2027-03-14T09:00",
      "30/04", "until next friday noon", "até amanhã às 9h", "1h30", "21h30", "now", "next year", "29 february", "in 1 month", "00:00",
      "24:00",
      "30 march 9am", "hoje à noite", "fim de semana", "em meia hora", "an hour and a half", "12:30 pm", "quarter past 9",
      "31/12/2027 23:59", "09h",
      "de hoje a oito", "1600h", "tmr 9", "last friday of the month", "fim do mês que vem", "in 3 business days", "1½ hours", "ten to five",
      "dez para as nove", "a week on monday", "same time tomorrow", "remind me in a bit, please!", "2027-03-15T17:30:00", "",
    ]),
    words: [
      "tomorrow", "amanhã", "next", "until", "at", "às", " ", "and", "e", "h", "min", ":", "/", "-", "am", "pm", "noon", "friday", "sexta",
      "feb",
      "in", "year", "month", "mês", "weeks", "half", "meia", "ago", "2027", "T", ",", ".", "12", "end of", "fim do", "last", "última",
      "útil",
      "business days", "same time", "to", "para as", "½", "1/2", "!", "please", "the", "first", "later", "week", "couple of", "tonight",
      "+",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    var kinds: [String] = []
    for reader in Readers.all {
      let meaning = meaning(text, reader)
      if case .success(let phrase) = meaning {
        try hold(phrase.instant > reader.now, "“\(text)” is \(phrase.instant.iso), not after now")
        // A year on the wall: 366 days, and what the clocks were moved by.
        try hold(phrase.instant <= reader.now.advanced(hours: 366 * 24 + 3), "“\(text)” is \(phrase.instant.iso), more than a year ahead")
        try hold(Array(phrase.words.utf8) == Array(text.utf8), "the words are not kept")
        let spaced = " " + text.replacing(" ", with: "  ") + " "
        if spaced.unicodeScalars.count <= Phrase.longest {
          try hold(instant(spaced, reader) == phrase.instant, "“\(text)” means something else with more blanks")
        }
        let capitals = String(decoding: text.utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }, as: UTF8.self)
        // An ISO form has one spelling only.
        try hold(instant(capitals, reader) == phrase.instant, "“\(text)” means something else in capitals")
        kinds.append("\(phrase.isElapsed) \(phrase.movedByClockChange) \(size(Int(phrase.instant.seconds(since: reader.now))))")
      } else if case .failure(let error) = meaning {
        let stumble = PhraseStumble(text, reader: reader)
        try hold(stumble.map { $0.word.unicodeScalars.count <= PhraseStumble.longest + 1 } ?? true, "“\(text)” is blamed at length")
        if let offer = stumble?.offer {
          try hold(PhraseStumble(offer, reader: reader) == nil, "“\(offer)” is offered for “\(text)” and not understood")
        }
        kinds.append("\(error)")
      }
    }
    return kinds.joined(separator: " ")
  }

  private static func meaning(_ text: String, _ reader: PhraseReader) -> Result<Phrase, PhraseError> {
    do { return .success(try Phrase(text, reader: reader)) } catch { return .failure(error) }
  }

  private static func instant(_ text: String, _ reader: PhraseReader) -> Instant? { try? meaning(text, reader).get().instant }

  /// Cron expressions, against a reading that asks of each day, hour and minute whether the text means it.
  static let cron = Target(
    "cron", longest: 260,
    seeds: bytes([
      "* * * * *", "0 9 * * 1-5", "*/15 8-18 * * MON-FRI", "30 2 L * *", "0 0 1,15 * FRI", "5/20 1-3/2 L-3 FEB,MAR *", "0 12 * * 5#2",
      "0 7 * * FRIL",
      "59 23 31 12 7", "0 9 31 4 *", "0 0 29 2 *", "0 0 * * 0#5", "0 0 */2 * 1", "1,2,3 * * * FRI-MON", "10-50/20 * * JAN-DEC/3 *",
      "@daily", "0 9 ? * MONDAY",
      "0\t9\t*\t*\t*", "0 9 LW * *", "0 9 15W,1W,31W * MON",
    ]),
    words: [
      "*", "/", "-", ",", "L", "#", " ", "\t", "?", "@hourly", "@daily", "@weekly", "@monthly", "@yearly", "MON", "SUN", "FRIL", "FEB",
      "LW", "15W", "0",
      "59", "23", "31", "*/7",
      "monday", "january",
    ]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    let cron: Cron
    do throws(CronError) { cron = try Cron(text) } catch { return kind(error) }
    var kinds: [String] = []
    for start in [1_790_000_123, 1_772_323_199, 1_835_395_200] as [Int64] {
      let now = Instant(seconds: start)
      let next = cron.next(after: now, in: .utc)
      let expected = CronByText(text).map { $0.next(after: start, days: 400) }
      if let expected {
        try hold(
          next.map { $0.seconds <= start + 400 * 86_400 ? $0.seconds : nil } == expected || next == nil && expected == nil,
          "“\(text)” after \(now.iso): \(next?.iso ?? "never"), not \(expected.map { Instant(seconds: $0).iso } ?? "within 400 days")")
      }
      for zone in Readers.zones {
        guard let there = cron.next(after: now, in: zone) else { continue }
        try hold(there > now, "\(there.iso) is not after \(now.iso) in \(zone.name)")
        try hold(there.seconds % 60 == 0 && there.microseconds % 1_000_000 == 0, "\(there.iso) is no whole minute")
        try hold(there <= now.advanced(days: 5 * 366 + 1), "\(there.iso) is more than five years after \(now.iso)")
      }
      kinds.append(next.map { size(Int($0.seconds - start)) } ?? "never")
    }
    return kinds.joined(separator: " ")
  }

  private static func kind(_ error: CronError) -> String {
    String("\(error)".prefix { $0 != "\"" && $0 != ":" }) + "\(error.field.map { "\($0)" } ?? "")"
  }

  /// The ISO forms and ids: what is read and written is read as the same again.
  static let times = Target(
    "times", longest: 80,
    seeds: bytes([
      "2026-11-21T03:30:00Z", "2026-11-21T03:30:00.123456+01:00", "0001-01-01T00:00:00-23:59", "9999-12-31T23:59:59.9999999+00",
      "2028-02-29T24:00", "2027-03-14T09:00",
      "2027-03-14", "09:30", "23:59:60", "01930000-0000-7000-8000-000000000000",
    ]),
    words: ["T", ":", "-", "Z", "+", ".", "00", "t", " ", "9999", "0000", "-0330"]
  ) { input in
    let text = String(decoding: input, as: UTF8.self)
    let instant = Instant(iso: text)
    if let instant {
      try hold(instant >= .distantPast && instant <= .distantFuture, "an instant out of range")
      try hold(Instant(iso: instant.iso)?.seconds == instant.seconds, "\(instant.iso) is read as another")
    }
    let local = LocalTime(text: text)
    if let local {
      let again = local.day.iso + "T" + local.time.text
      try hold(LocalTime(text: again)?.day == local.day, "\(again) is read as another")
      _ = Readers.zones.map { $0.instant(local) }
    }
    let day = Day(iso: text)
    if let day { try hold(day.iso == text && Day(iso: day.iso) == day, "\(day.iso) is read as another") }
    let id = ID<Never>(text)
    if let id { try hold(id.text == text, "an id with two spellings") }
    return "\(instant != nil) \(local != nil) \(day != nil) \(TimeOfDay(text: text) != nil) \(id != nil)"
  }
}

/// Whose words, and when.
enum Readers {
  static let zones =
    ["America/New_York", "America/Sao_Paulo", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Gaza"].compactMap(zone) + [.utc]

  static func zone(_ name: String) -> Zone? {
    SystemZones.bytes(name).flatMap { try? Zone(name: name, tzif: $0) }
  }

  static let all: [PhraseReader] = {
    // The night before the clocks go forward in New York; a leap day; the last second of a year.
    let moments = [1_804_917_600, 1_835_438_400, 1_798_761_599] as [Int64]
    return zip(moments, Language.allCases + [.english]).enumerated().map { index, pair in
      PhraseReader(zone: zones[index % zones.count], language: pair.1, defaultHour: .noon, now: Instant(seconds: pair.0))
    }
  }()
}
