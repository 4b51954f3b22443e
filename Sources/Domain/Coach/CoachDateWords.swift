/// Names of days and months as texts spell them.
enum CoachDateWords {
  static func month(_ word: String, _ language: Language) -> Int? { (language == .english ? englishMonths : portugueseMonths)[word] }

  static func weekday(_ word: String, _ language: Language) -> Weekday? { (language == .english ? englishDays : portugueseDays)[word] }

  /// Words that begin with a capital anywhere: "I", days and months in English, and the coach's own world.
  static func isCapitalised(_ word: String, _ language: Language) -> Bool {
    if ["heed", "ok", "am", "pm"].contains(word) { return true }
    guard language == .english else { return portugueseMonths[word] != nil || portugueseDays[word] != nil }
    return ["i", "im", "ive", "ill", "id", "ok", "english", "portuguese"].contains(word) || englishMonths[word] != nil
      || englishDays[word] != nil
  }

  private static let englishMonths = names(
    "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec"
  )
  private static let portugueseMonths = names(
    "janeiro|jan fevereiro|fev marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez"
  )
  private static let englishDays = days(
    "monday|mondays|mon tuesday|tuesdays|tue|tues wednesday|wednesdays|wed thursday|thursdays|thu|thurs friday|fridays|fri saturday|saturdays|sat "
      + "sunday|sundays|sun")
  private static let portugueseDays = days(
    "segunda|segundas terca|tercas quarta|quartas quinta|quintas sexta|sextas sabado|sabados domingo|domingos")

  private static func names(_ list: String) -> [String: Int] {
    var names: [String: Int] = [:]
    for (place, words) in list.split(separator: " ").enumerated() {
      for word in words.split(separator: "|") { names[String(word)] = place + 1 }
    }
    return names
  }

  private static func days(_ list: String) -> [String: Weekday] { names(list).compactMapValues { Weekday(rawValue: $0) } }
}

/// Dates and times in a model's text.
extension CoachClaims {
  /// "2026-11-28", "28/11", "28.11.2026", "28 November 2026", "28th of November", "28 de novembro de 2026", "1º de janeiro".
  mutating func date(at index: Int) throws(CoachRefusal) -> Int? {
    if let (numbers, end) = joined(at: index) {
      let isDate = numbers.count == 3 || tokens[index + 1].isMark("/")
      guard isDate else { return nil }
      let isTold = known.has(numericDate: numbers)
      // "12/15" may also be twelve of fifteen.
      let isShare = numbers.count == 2 && numbers.allSatisfy { known.has(number: $0 * 1000) }
      try prove(isTold || isShare, .date(said(index..<end)))
      return end
    }
    guard let day = small(index) else { return nil }
    var next = index + 1
    if next < tokens.count, ["st", "nd", "rd", "th", "o"].contains(where: { tokens[next].isWord($0) }) { next += 1 }
    guard let (month, end) = monthAfter(next) else { return nil }
    let (year, last) = year(after: end)
    try prove(known.has(day: day, month: month, year: year), .date(said(index..<last)))
    return last
  }

  /// A month, alone or with a day or year behind it; a day of the week; yesterday.
  mutating func dateInWords(at index: Int) throws(CoachRefusal) -> Int? {
    let token = tokens[index]
    if token.text == "yesterday" || token.text == "ontem" {
      try prove(known.dates.contains(known.today.advanced(by: -1)), .date(token.text))
      return index + 1
    }
    if let weekday = CoachDateWords.weekday(token.text, language), isWeekday(index) {
      try prove(known.weekdays.contains(weekday) || isOrdinalFact(index), .date(token.text))
      return index + 1
    }
    guard let month = CoachDateWords.month(token.text, language), isMonth(index) else { return nil }
    if index + 2 < tokens.count, tokens[index + 1].kind == .space, let day = small(index + 2), language == .english {
      var end = index + 3
      if end < tokens.count, ["st", "nd", "rd", "th"].contains(where: { tokens[end].isWord($0) }) { end += 1 }
      let (year, last) = year(after: end)
      try prove(known.has(day: day, month: month, year: year), .date(said(index..<last)))
      return last
    }
    let (year, last) = year(after: index + 1)
    try prove(known.has(month: month) && year.map { known.has(year: $0) } != false, .date(said(index..<last)))
    return last
  }

  /// "07:30", "7h30", "7:30 pm", "8 pm", "8h": a time given, or a number of hours given.
  mutating func time(at index: Int) throws(CoachRefusal) -> Int? {
    guard let hour = small(index), index + 1 < tokens.count else { return nil }
    var (minute, next, isHours) = (0, index + 1, false)
    if tokens[next].isMark(":") || tokens[next].isWord("h"), next + 1 < tokens.count, tokens[next + 1].kind == .digits {
      guard tokens[next + 1].text.utf8.count == 2, let minutes = small(next + 1) else { return nil }
      (minute, next) = (minutes, next + 2)
    } else if tokens[next].isWord("h") {
      (next, isHours) = (next + 1, true)
    } else if half(after: next) == nil {
      return nil
    }
    var shift = 0
    if let (hours, end) = half(after: next) { (shift, next) = (hour == 12 ? hours - 12 : hours, end) }
    let minutes = (hour + shift) * 60 + minute
    let isSpan = shift == 0 && (known.has(number: minutes * 1000) || known.has(number: (hour * 60 + minute) * 1000 / 60))
    try prove(known.times.contains(minutes) || isSpan || isHours && known.has(number: hour * 1000), .date(said(index..<next)))
    return next
  }

  /// Hours to add for "am" or "pm".
  private func half(after index: Int) -> (hours: Int, end: Int)? {
    let next = index < tokens.count && tokens[index].kind == .space ? index + 1 : index
    guard next < tokens.count, tokens[next].isWord("am") || tokens[next].isWord("pm") else { return nil }
    return (tokens[next].text == "pm" ? 12 : 0, next + 1)
  }

  /// Numbers joined by one and the same "-", "/" or ".": two or three.
  private func joined(at index: Int) -> (numbers: [Int], end: Int)? {
    guard index + 2 < tokens.count, let first = Int(tokens[index].text), ["-", "/", "."].contains(where: { tokens[index + 1].isMark($0) })
    else { return nil }
    var (numbers, end) = ([first], index + 1)
    while end + 1 < tokens.count, numbers.count < 3, tokens[end] == tokens[index + 1], tokens[end + 1].kind == .digits,
      let number = Int(tokens[end + 1].text), number < 10_000
    {
      numbers.append(number)
      end += 2
    }
    return numbers.count > 1 ? (numbers, end) : nil
  }

  /// A number of one or two digits.
  private func small(_ index: Int) -> Int? {
    tokens[index].kind == .digits && tokens[index].text.utf8.count <= 2 ? Int(tokens[index].text) : nil
  }

  /// " of November", " de novembro".
  private func monthAfter(_ index: Int) -> (month: Int, end: Int)? {
    var next = index
    guard next + 1 < tokens.count, tokens[next].kind == .space else { return nil }
    next += 1
    if next + 2 < tokens.count, tokens[next].isWord("of") || tokens[next].isWord("de"), tokens[next + 1].kind == .space { next += 2 }
    guard tokens[next].kind == .word, let month = CoachDateWords.month(tokens[next].text, language) else { return nil }
    return (month, next + 1)
  }

  /// A year of four digits that comes next, over a blank, a comma, "of" or "de".
  private func year(after index: Int) -> (year: Int?, end: Int) {
    var next = index
    while next < tokens.count, next - index < 4,
      tokens[next].kind == .space || tokens[next].isMark(",") || tokens[next].isMark(".") || tokens[next].isWord("de")
        || tokens[next].isWord("of")
    {
      next += 1
    }
    guard next < tokens.count, tokens[next].kind == .digits, tokens[next].text.utf8.count == 4 else { return (nil, index) }
    // "20 February. 2026-11-28": another date begins here.
    if next + 1 < tokens.count, tokens[next + 1].isMark("-") { return (nil, index) }
    return (Int(tokens[next].text), next + 1)
  }

  /// "May", "march" and "mar" are months only when they look like one; so are "set" and "out".
  private func isMonth(_ index: Int) -> Bool {
    let token = tokens[index]
    guard ["may", "march", "mar", "set", "out", "jan", "dec", "ago", "sun", "sat"].contains(token.text) else { return true }
    if language == .portuguese { return false }
    return token.isCapital && tokens[..<index].last { $0.kind != .space }.map { isWithin($0) } ?? false
  }

  /// "Segunda" is also "second", "sun" and "sat" are also words.
  private func isWeekday(_ index: Int) -> Bool {
    let token = tokens[index]
    switch token.text {
    case "segunda", "segundas":
      return index + 2 < tokens.count && tokens[index + 2].isWord("feira")
        || ["na", "toda", "nas", "as"].contains(word(before: index) ?? "")
    case "sun", "sat", "mon", "wed", "fri": return token.isCapital && index > 0
    default: return true
    }
  }

  /// "Quinta" is also "fifth".
  private func isOrdinalFact(_ index: Int) -> Bool {
    CoachNumberWords.read(tokens, at: index, language).map { known.has(number: $0.value * 1000) } ?? false
  }
}

extension CoachKnown {
  /// Year, month, day, or day and month in either order, with or without a year of two or four digits.
  func has(numericDate numbers: [Int]) -> Bool {
    if numbers.count == 3, numbers[0] > 31 { return has(day: numbers[2], month: numbers[1], year: numbers[0]) }
    let year = numbers.count == 3 ? (numbers[2] < 100 ? 2000 + numbers[2] : numbers[2]) : nil
    return has(day: numbers[0], month: numbers[1], year: year) || has(day: numbers[1], month: numbers[0], year: year)
  }
}
