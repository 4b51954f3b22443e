/// Finds in a text what can be right or wrong, in one language: numbers in digits and words, dates and times in their usual spellings, names.
struct DraftFactReader {
  let language: Language
  let tokens: [CoachToken]
  var claims: [DraftClaim] = []

  /// Linear in the length of `text`.
  init(_ text: String, _ language: Language) { (tokens, self.language) = (CoachTokens.read(text), language) }

  /// Every word, without accents, and every sign that is a number of its own.
  var words: Set<String> {
    Set(tokens.filter { $0.kind == .word || Self.isSign($0) }.map(\.text))
  }

  /// What a sentence claims: each of its parts once, as what it most likely is.
  mutating func claimed() -> [DraftClaim] {
    var index = 0
    while index < tokens.count { index = read(index, all: false) }
    return claims
  }

  /// All that can be read in a text, a number that is part of a date as well.
  mutating func all() -> [DraftClaim] {
    var index = 0
    while index < tokens.count { index = read(index, all: true) }
    return claims
  }

  /// - Returns: the index behind what was read.
  private mutating func read(_ index: Int, all: Bool) -> Int {
    switch tokens[index].kind {
    case .space: return index + 1
    case .mark:
      if Self.isSign(tokens[index]) { claims.append(.name(tokens[index].text)) }
      return index + 1
    case .digits:
      if let end = date(index), !all { return end }
      if let end = time(index), !all { return end }
      return number(index)
    case .word: return word(index, all: all)
    }
  }

  private mutating func word(_ index: Int, all: Bool) -> Int {
    if let end = dateInWords(index, all: all), !all { return end }
    if isShare(index) { return index + 1 }
    if let number = CoachNumberWords.read(tokens, at: index, language) {
      // One is also an article, first and second are also places in a list.
      let isFree = number.value == 1 || number.isOrdinal && number.value == 2
      if all || !isFree { claims.append(.number([String(number.value)], unit: unit(index, number.end))) }
      return number.end
    }
    if !all, isName(index) { claims.append(.name(tokens[index].text)) }
    return index + 1
  }

  /// "por cento", where it is no hundred.
  private func isShare(_ index: Int) -> Bool {
    index >= 2 && tokens[index].isWord("cento") && tokens[index - 1].kind == .space && tokens[index - 2].isWord("por")
  }

  /// `²`, `½`, `①`: a number that is no digit.
  private static func isSign(_ token: CoachToken) -> Bool {
    token.kind == .mark && token.text.unicodeScalars.first?.properties.numericType != nil
  }

  /// A capital behind anything but the end of a sentence begins a name.
  private func isName(_ index: Int) -> Bool {
    let token = tokens[index]
    guard token.isCapital, token.text.utf8.count > 1, !CoachDateWords.isCapitalised(token.text, language),
      let previous = tokens[..<index].last(where: { $0.kind != .space })
    else { return false }
    return previous.kind != .mark || Self.within.contains(previous.text)
  }

  /// Marks behind which a sentence goes on.
  private static let within: Set = [",", "-", "/", "(", "'", "%", "&", "+", ":", "\"", "“", "«", "*", "_", "[", "$"]
}

// MARK: Numbers

extension DraftFactReader {
  /// Digits with their separators: `1.234,50` is `1,234.50`.
  private mutating func number(_ index: Int) -> Int {
    var (groups, marks, end) = ([tokens[index].text], [String](), index + 1)
    while end + 1 < tokens.count, tokens[end].isMark(".") || tokens[end].isMark(","), tokens[end + 1].kind == .digits {
      marks.append(tokens[end].text)
      groups.append(tokens[end + 1].text)
      end += 2
    }
    claims.append(.number(Self.values(groups, marks), unit: unit(index, end)))
    return end
  }

  /// Without zeros that say nothing. `1.234` may be both.
  static func values(_ groups: [String], _ marks: [String]) -> [String] {
    let whole = plain(groups.joined(), "")
    guard let first = groups.first, let last = groups.last, groups.count > 1 else { return [whole] }
    let isGrouped = first.utf8.count <= 3 && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
    if Set(marks).count > 1 { return [plain(groups.dropLast().joined(), last)] }
    if groups.count > 2 { return [isGrouped ? whole : groups.joined(separator: ".")] }
    return isGrouped ? [whole, plain(first, last)] : [plain(first, last)]
  }

  private static func plain(_ whole: String, _ behind: String) -> String {
    let before = whole.utf8.drop { $0 == UInt8(ascii: "0") }
    var after = Array(behind.utf8)
    while after.last == UInt8(ascii: "0") { after.removeLast() }
    let start = before.isEmpty ? "0" : String(decoding: before, as: UTF8.self)
    return after.isEmpty ? start : start + "." + String(decoding: after, as: UTF8.self)
  }

  /// What stands before or behind a number and says its kind.
  private func unit(_ start: Int, _ end: Int) -> String {
    let before = start > 0 && tokens[start - 1].kind == .space ? start - 2 : start - 1
    if before >= 0 {
      if tokens[before].isMark("$") { return before > 0 && tokens[before - 1].isWord("r") ? "R$" : "$" }
      if let unit = Self.units[tokens[before].text], unit != "%" { return unit }
    }
    let after = end < tokens.count && tokens[end].kind == .space ? end + 1 : end
    guard after < tokens.count else { return "" }
    if let unit = Self.units[tokens[after].text] { return unit }
    let isPerCent = after + 2 < tokens.count && (tokens[after + 2].isWord("cent") || tokens[after + 2].isWord("cento"))
    return isPerCent && (tokens[after].isWord("per") || tokens[after].isWord("por")) ? "%" : ""
  }

  private static let units = [
    "%": "%", "percent": "%", "€": "€", "eur": "€", "euro": "€", "euros": "€", "£": "£", "gbp": "£", "pounds": "£", "libras": "£",
    "usd": "$",
    "dollar": "$", "dollars": "$", "dolar": "$", "dolares": "$", "brl": "R$", "real": "R$", "reais": "R$",
  ]
}

// MARK: Dates and times

extension DraftFactReader {
  /// "2026-11-28", "28/11", "28.11.2026", "28 November 2026", "28th of November", "28 de novembro de 2026", "1º de janeiro".
  private mutating func date(_ index: Int) -> Int? {
    if let (numbers, end) = joined(index) {
      let readings = Self.readings(numbers)
      guard !readings.isEmpty, numbers.count == 3 || tokens[index + 1].isMark("/") else { return nil }
      claims.append(.date(readings, orNumbers: numbers.count == 2 ? numbers.map { String($0) } : []))
      return end
    }
    guard let day = small(index), (1...31).contains(day) else { return nil }
    var next = index + 1
    if next < tokens.count, ["st", "nd", "rd", "th", "o"].contains(where: { tokens[next].isWord($0) }) { next += 1 }
    guard next < tokens.count, tokens[next].kind == .space else { return nil }
    next += 1
    if next + 1 < tokens.count, tokens[next].isWord("of") || tokens[next].isWord("de"), tokens[next + 1].kind == .space { next += 2 }
    guard let month = month(next, isBesideDay: true) else { return nil }
    let (year, end) = year(after: next + 1)
    claims.append(.date([SaidDate(day: day, month: month, year: year)], orNumbers: []))
    return end
  }

  /// A month, alone or with a day behind it; a day of the week.
  private mutating func dateInWords(_ index: Int, all: Bool) -> Int? {
    if let weekday = weekday(index, all: all) {
      claims.append(.weekday(weekday))
      return index + 1
    }
    if language == .english, index + 2 < tokens.count, tokens[index + 1].kind == .space, let day = small(index + 2), (1...31).contains(day),
      let month = month(index, isBesideDay: true)
    {
      let isOrdinal = index + 3 < tokens.count && ["st", "nd", "rd", "th"].contains { tokens[index + 3].isWord($0) }
      let (year, end) = year(after: isOrdinal ? index + 4 : index + 3)
      claims.append(.date([SaidDate(day: day, month: month, year: year)], orNumbers: []))
      return end
    }
    guard let month = month(index, isBesideDay: false) else { return nil }
    claims.append(.month(month))
    return index + 1
  }

  /// English months have a capital; short ones, and those that are other words too, count only beside a day.
  private func month(_ index: Int, isBesideDay: Bool) -> Int? {
    guard index < tokens.count, tokens[index].kind == .word, let month = CoachDateWords.month(tokens[index].text, language) else {
      return nil
    }
    let token = tokens[index]
    if language == .english, !token.isCapital { return nil }
    if isBesideDay { return month }
    if token.text.utf8.count < 4 && token.text != "may" { return nil }
    let isOther = language == .english && ["may", "march"].contains(token.text)
    return isOther && !tokens[..<index].contains { $0.kind == .word } ? nil : month
  }

  /// "Segunda" to "sexta" are places in a row as well, and only with "feira" days of the week for certain.
  private func weekday(_ index: Int, all: Bool) -> Weekday? {
    let token = tokens[index]
    guard let weekday = CoachDateWords.weekday(token.text, language) else { return nil }
    if language == .english { return token.isCapital && (all || token.text.utf8.count > 3) ? weekday : nil }
    if all || ["sabado", "sabados", "domingo", "domingos", "terca", "tercas"].contains(token.text) { return weekday }
    return index + 2 < tokens.count && (tokens[index + 2].isWord("feira") || tokens[index + 2].isWord("feiras")) ? weekday : nil
  }

  /// "07:30", "7h30", "7:30 pm", "8 pm", "8 a.m.", "8h".
  private mutating func time(_ index: Int) -> Int? {
    guard let hour = small(index), index + 1 < tokens.count else { return nil }
    var (minute, next) = (0, index + 1)
    let isHour = tokens[next].isWord("h")
    if tokens[next].isMark(":") || isHour, next + 1 < tokens.count, tokens[next + 1].kind == .digits {
      guard tokens[next + 1].text.utf8.count == 2, let minutes = small(next + 1), minutes < 60 else { return nil }
      (minute, next) = (minutes, next + 2)
    } else if isHour {
      next += 1
    } else if half(after: next) == nil {
      return nil
    }
    var hours = hour
    if let (shift, end) = half(after: next) {
      guard (1...12).contains(hour) else { return nil }
      (hours, next) = (hour % 12 + shift, end)
    }
    guard hours < 24 else { return nil }
    claims.append(.time(hours * 60 + minute))
    return next
  }

  /// Hours to add for "am", "p.m.".
  private func half(after index: Int) -> (hours: Int, end: Int)? {
    let next = index < tokens.count && tokens[index].kind == .space ? index + 1 : index
    guard next < tokens.count else { return nil }
    if tokens[next].isWord("am") || tokens[next].isWord("pm") { return (tokens[next].text == "pm" ? 12 : 0, next + 1) }
    guard next + 2 < tokens.count, tokens[next].isWord("a") || tokens[next].isWord("p"), tokens[next + 1].isMark("."),
      tokens[next + 2].isWord("m")
    else { return nil }
    return (tokens[next].text == "p" ? 12 : 0, next + 3)
  }

  /// Numbers joined by one and the same "-", "/" or ".": two or three.
  private func joined(_ index: Int) -> (numbers: [Int], end: Int)? {
    guard index + 2 < tokens.count, let first = Int(tokens[index].text), first < 10_000,
      ["-", "/", "."].contains(where: { tokens[index + 1].isMark($0) })
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

  /// Year, month, day, or day and month in either order, with or without a year of two or four digits.
  private static func readings(_ numbers: [Int]) -> [SaidDate] {
    let year = numbers.count == 3 ? (numbers[2] < 100 ? 2000 + numbers[2] : numbers[2]) : nil
    let all =
      numbers.count == 3 && numbers[0] > 31
      ? [SaidDate(day: numbers[2], month: numbers[1], year: numbers[0])]
      : [SaidDate(day: numbers[0], month: numbers[1], year: year), SaidDate(day: numbers[1], month: numbers[0], year: year)]
    return all.filter { (1...31).contains($0.day) && (1...12).contains($0.month) && (1900...2999).contains($0.year ?? 2000) }
  }

  /// A number of one or two digits.
  private func small(_ index: Int) -> Int? {
    tokens[index].kind == .digits && tokens[index].text.utf8.count <= 2 ? Int(tokens[index].text) : nil
  }

  /// A year of four digits that comes next, over a blank, a comma, "of" or "de".
  private func year(after index: Int) -> (year: Int?, end: Int) {
    var next = index
    while next < tokens.count, next - index < 4,
      tokens[next].kind == .space || tokens[next].isMark(",") || tokens[next].isWord("de") || tokens[next].isWord("of")
    {
      next += 1
    }
    guard next < tokens.count, tokens[next].kind == .digits, tokens[next].text.utf8.count == 4 else { return (nil, index) }
    return (Int(tokens[next].text), next + 1)
  }
}
