/// The `Date` of a mail (RFC 5322, 3.3), also in the forms of before (4.3): years of two digits, zones by their names.
public enum MailDate {
  /// - Parameter text: `Mon, 04 Jan 2027 10:05:00 -0300 (BRT)`, the name of the day and the seconds may be missing.
  /// - Returns: nil for what is none.
  public static func instant(_ text: String) -> Instant? {
    var words = text.utf8.prefix { $0 != 0x28 }.split { $0 <= 0x20 || $0 == 0x2C }.map { Array($0) }[...]
    if let first = words.first, !isDigit(first[0]) { words.removeFirst() }
    let parts = Array(words)
    guard parts.count >= 4, let number = number(parts[0], 1...2), let month = month(parts[1]), let year = year(parts[2]),
      let day = Day(year: year, month: month, day: number), let seconds = seconds(parts[3])
    else { return nil }
    let east = parts.count > 4 ? offset(parts[4]) : 0
    return Instant(seconds: Int64(day.number) * 86_400 + Int64(seconds - east))
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(_ word: [UInt8], _ digits: ClosedRange<Int>) -> Int? {
    guard digits.contains(word.count), word.allSatisfy(isDigit) else { return nil }
    return word.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func month(_ word: [UInt8]) -> Int? {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex { word.prefix(3).map(ASCII.lower).elementsEqual($0.utf8) }.map { $0 + 1 }
  }

  private static func year(_ word: [UInt8]) -> Int? {
    guard let year = number(word, 2...4) else { return nil }
    return word.count == 4 ? year : year + (word.count == 2 && year < 50 ? 2_000 : 1_900)
  }

  /// `10:05` or `10:05:59` since midnight.
  private static func seconds(_ word: [UInt8]) -> Int? {
    let parts = word.split(separator: 0x3A, omittingEmptySubsequences: false).map { number(Array($0), 1...2) }
    guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1], hour < 24, minute < 60 else { return nil }
    guard parts.count == 3 else { return hour * 3_600 + minute * 60 }
    guard let second = parts[2], second <= 60 else { return nil }
    return hour * 3_600 + minute * 60 + second
  }

  /// Seconds east of UTC; of a zone that nobody knows 0.
  private static func offset(_ word: [UInt8]) -> Int {
    if word[0] == 0x2B || word[0] == 0x2D, let digits = number(Array(word.dropFirst()), 4...4) {
      let seconds = digits / 100 * 3_600 + digits % 100 * 60
      return word[0] == 0x2D ? -seconds : seconds
    }
    let hours: [String: Int] = ["EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7]
    return (hours[String(decoding: word, as: UTF8.self)] ?? 0) * 3_600
  }
}
