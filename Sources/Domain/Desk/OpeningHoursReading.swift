/// Reads the hours of a desk as they are typed, a line for each kind of day:
///
///     mon-fri 09:00-12:00 13:00-18:00
///     sat 9h-12h30
///
/// Days by ``DayNames``; times with or without minutes, on the 24-hour clock or with "am" and "pm"; 24:00, and 00:00 as an end, are midnight.
public struct OpeningHoursReading: Sendable {
  /// What is wrong with one line; of each line the first.
  public struct Complaint: Hashable, Sendable {
    public enum Problem: Hashable, Sendable {
      /// No day where one should be, or a word that is none.
      case day
      /// Days without hours.
      case noHours
      /// Not a time of day.
      case time
      /// It ends before it begins: hours do not go over midnight, the rest belongs to the next day.
      case overMidnight
      /// It overlaps what this or an earlier line says of the same day.
      case overlap
      /// More than 50 lines, or more than 200 characters in one.
      case tooLong
    }

    /// From 1.
    public let line: Int
    public let problem: Problem
    /// What it is about, as it was typed or, of a day, as it was read; may be empty.
    public let words: String

    init(_ line: Int, _ problem: Problem, _ words: String = "") { (self.line, self.problem, self.words) = (line, problem, words) }
  }

  /// Nil when there is a complaint. A text without a line is all hours.
  public let hours: OpeningHours?
  /// All at once, in the order of the lines.
  public let complaints: [Complaint]

  public init(_ text: String) {
    var found: [(days: WeekdaySet, span: OpeningHours.Span)] = []
    var complaints: [Complaint] = []
    let lines = ReviewedText.lines(text).split(separator: "\n", omittingEmptySubsequences: false).map { String($0[...].trimmed) }
    for (index, line) in lines.prefix(50).enumerated() where !line.isEmpty {
      do throws(LineProblem) {
        for (days, span) in try OpeningHoursLine.read(line) {
          let isTaken = found.contains { $0.days.bits & days.bits != 0 && $0.span.from < span.until && span.from < $0.span.until }
          if isTaken { throw LineProblem(.overlap, span.text) }
          found.append((days, span))
        }
      } catch {
        complaints.append(Complaint(index + 1, error.problem, error.words))
      }
    }
    if lines.count > 50 { complaints.append(Complaint(51, .tooLong)) }
    self.complaints = complaints
    hours = !complaints.isEmpty ? nil : found.isEmpty ? .always : OpeningHours(found)
  }
}

struct LineProblem: Error {
  let problem: OpeningHoursReading.Complaint.Problem
  let words: String

  init(_ problem: OpeningHoursReading.Complaint.Problem, _ words: String = "") { (self.problem, self.words) = (problem, words) }
}

/// One line: days, then stretches of them.
private enum OpeningHoursLine {
  static func read(_ line: String) throws(LineProblem) -> [(days: WeekdaySet, span: OpeningHours.Span)] {
    guard line.unicodeScalars.count <= 200 else { throw LineProblem(.tooLong) }
    let digit = line.utf8.firstIndex { decimal($0) != nil } ?? line.endIndex
    let days: WeekdaySet
    switch DayNames.read(DayNames.words(String(line[..<digit]))) {
    case .days(let read): days = read
    case .unknown(let word): throw LineProblem(.day, word)
    }
    var times = ClockTimes(String(line[digit...]))
    var spans: [(days: WeekdaySet, span: OpeningHours.Span)] = []
    while let from = try times.next() {
      guard times.takeRange() else { throw LineProblem(.time, from.words) }
      guard let until = try times.next() else { throw LineProblem(.time, from.words) }
      let end = until.minute == 0 ? 1_440 : until.minute
      guard let span = OpeningHours.Span(from: from.minute, until: end) else {
        throw LineProblem(from.minute > 1_439 ? .time : .overMidnight, from.words + "-" + until.words)
      }
      spans.append((days, span))
    }
    if spans.isEmpty { throw LineProblem(.noHours) }
    return spans
  }
}

/// Walks over "09:00-12:00, 1pm to 6pm".
private struct ClockTimes {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = PhraseFolding(text).bytes }

  /// What stands between a beginning and its end.
  mutating func takeRange() -> Bool {
    skipBlanks()
    return take("-") || takeWord(["to", "a", "as", "ate", "until"])
  }

  /// Minutes since midnight, 0 to 1,440, and as it was typed; nil at the end of the line.
  mutating func next() throws(LineProblem) -> (minute: Int, words: String)? {
    skipBlanks()
    while take(",") || takeWord(["and", "e"]) { skipBlanks() }
    guard position < bytes.count else { return nil }
    let start = position
    guard let hour = number(), let minute = minutes(), let late = half(), let read = Self.minute(hour, minute, late) else {
      throw LineProblem(.time, word(from: start))
    }
    return (read, word(from: start, to: position))
  }

  private static func minute(_ hour: Int, _ minute: Int, _ half: Half) -> Int? {
    guard minute <= 59 else { return nil }
    switch half {
    case .plain: return hour < 24 || hour == 24 && minute == 0 ? hour * 60 + minute : nil
    case .am: return (1...12).contains(hour) ? hour % 12 * 60 + minute : nil
    case .pm: return (1...12).contains(hour) ? (hour % 12 + 12) * 60 + minute : nil
    }
  }

  private enum Half { case plain, am, pm }

  /// "am" or "pm", else neither; nil for another word glued to the time.
  private mutating func half() -> Half? {
    let start = position
    skipBlanks()
    if takeWord(["am"]) { return .am }
    if takeWord(["pm"]) { return .pm }
    position = start
    return position < bytes.count && isLetter(bytes[position]) ? nil : .plain
  }

  /// ":30", "h30", "h" or nothing; nil for ":" without two digits.
  private mutating func minutes() -> Int? {
    if take(":") { return twoDigits() }
    guard take("h") else { return 0 }
    return position < bytes.count && decimal(bytes[position]) != nil ? twoDigits() : 0
  }

  private mutating func twoDigits() -> Int? {
    let start = position
    guard let value = number(), position - start == 2 else { return nil }
    return value
  }

  /// One or two digits.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, position - start < 3, let digit = decimal(bytes[position]) {
      value = value * 10 + digit
      position += 1
    }
    return (1...2).contains(position - start) ? value : nil
  }

  private mutating func skipBlanks() {
    while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ words: [String]) -> Bool {
    var end = position
    while end < bytes.count, isLetter(bytes[end]) { end += 1 }
    guard words.contains(where: { $0.utf8.elementsEqual(bytes[position..<end]) }) else { return false }
    position = end
    return true
  }

  private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

  private func word(from start: Int, to end: Int? = nil) -> String {
    let stop = end ?? bytes[start...].firstIndex(of: UInt8(ascii: " ")) ?? bytes.count
    return String(decoding: bytes[start..<max(stop, start)].map { $0 < 0x20 ? UInt8(ascii: "?") : $0 }, as: UTF8.self)
  }
}
