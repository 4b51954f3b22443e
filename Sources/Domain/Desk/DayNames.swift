/// Days of the week as people write them in a line of hours: "mon-fri", "seg a sex", "sat, sun", "every day".
public enum DayNames {
  /// "mon-fri", "sat,sun" is "sat-sun": neighbours are joined.
  public static func text(_ days: WeekdaySet, _ language: Language = .english) -> String {
    let names = short(language)
    var parts: [String] = []
    var index = 0
    while index < 7 {
      guard days.contains(index: index) else {
        index += 1
        continue
      }
      let first = index
      while index < 7, days.contains(index: index) { index += 1 }
      parts.append(index - first == 1 ? names[first] : names[first] + "-" + names[index - 1])
    }
    return parts.joined(separator: ",")
  }

  /// In either language, in any letter case, with or without accents; a range may go over Sunday ("fri-mon").
  ///
  /// - Returns: nil when it names no day, or anything that is none.
  public static func read(_ text: String) -> WeekdaySet? {
    guard case .days(let days) = read(words(text)) else { return nil }
    return days
  }

  enum Reading: Equatable {
    case days(WeekdaySet)
    /// A word that is no day; empty where a day is missing.
    case unknown(String)
  }

  /// The words and hyphens of a text, folded; whatever else stands in it is a word of its own.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isLetters = false
    for byte in PhraseFolding(text).bytes {
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      if isLetter, isLetters, let last = words.last {
        words[words.count - 1] = last + String(UnicodeScalar(byte))
      } else if byte != UInt8(ascii: " "), byte != UInt8(ascii: ","), byte != UInt8(ascii: "."), byte != UInt8(ascii: ":") {
        words.append(byte < 0x20 ? "?" : String(UnicodeScalar(byte)))
      }
      isLetters = isLetter
    }
    return words
  }

  static func read(_ words: [String]) -> Reading {
    var bits: UInt8 = 0
    var last: Int?
    var isRange = false
    for (index, word) in words.enumerated() {
      // "Segunda-feira": the second half says nothing.
      if word == "-", index + 1 < words.count, words[index + 1] == "feira" { continue }
      if word == "feira" || joins.contains(word) { continue }
      if last != nil, !isRange, ranges.contains(word) {
        isRange = true
      } else if let group = groups[word], !isRange {
        bits |= group.bits
        last = nil
      } else if let day = days[word] {
        for step in 0...(isRange ? floorModulo(day - (last ?? day), 7) : 0) { bits |= 1 << UInt8(floorModulo(day - step, 7)) }
        (last, isRange) = (day, false)
      } else {
        return .unknown(word)
      }
    }
    return bits == 0 || isRange ? .unknown("") : .days(WeekdaySet(bits: bits))
  }

  private static func short(_ language: Language) -> [String] {
    switch language {
    case .english: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    case .portuguese: ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"]
    }
  }

  /// What only stands between days.
  private static let joins: Set<String> = ["and", "e", "&", "on", "de", "da", "every", "todo", "todos", "todas", "os", "as"]
  private static let ranges: Set<String> = ["-", "to", "a", "ate", "through", "until"]
  private static let groups: [String: WeekdaySet] = [
    "weekdays": .workdays, "weekday": .workdays, "weekends": .weekend, "weekend": .weekend, "daily": WeekdaySet(bits: 0x7F),
    "day": WeekdaySet(bits: 0x7F), "dia": WeekdaySet(bits: 0x7F), "dias": WeekdaySet(bits: 0x7F), "diariamente": WeekdaySet(bits: 0x7F),
  ]
  /// 0 is Monday.
  private static let days: [String: Int] = {
    let names = [
      ["mon", "mo", "monday", "mondays", "seg", "segunda", "segundas"],
      ["tue", "tu", "tues", "tuesday", "tuesdays", "ter", "terca", "tercas"],
      ["wed", "we", "wednesday", "wednesdays", "qua", "quarta", "quartas"],
      ["thu", "th", "thur", "thurs", "thursday", "thursdays", "qui", "quinta", "quintas"],
      ["fri", "fr", "friday", "fridays", "sex", "sexta", "sextas"], ["sat", "sa", "saturday", "saturdays", "sab", "sabado", "sabados"],
      ["sun", "su", "sunday", "sundays", "dom", "domingo", "domingos"],
    ]
    var days: [String: Int] = [:]
    for (index, words) in names.enumerated() { for word in words { days[word] = index } }
    return days
  }()
}
