/// A way to say something, as a list of words: "what is|are due [%days]".
///
/// `a|b` is one word of several, `[a|b]` one that may be missing, `*` whatever is named there (the second a time, however it is said), `%days`,
/// `%min` and `%when` words that are days, a length and a time; `[%days]` may be missing. Read once.
struct AssistantPattern: Sendable {
  enum Item: Sendable {
    case word(Set<String>)
    case maybe(Set<String>)
    case name
    case days(isOptional: Bool)
    case minutes(isOptional: Bool)
    case when
  }

  let items: [Item]

  /// - Parameter written: of ours, never of people.
  init(_ written: String) {
    items = written.utf8.split(separator: UInt8(ascii: " ")).map { part in
      let isOptional = part.first == UInt8(ascii: "[")
      let inner = isOptional ? part.dropFirst().dropLast() : part[...]
      switch String(decoding: inner, as: UTF8.self) {
      case "*": return .name
      case "%days": return .days(isOptional: isOptional)
      case "%min": return .minutes(isOptional: isOptional)
      case "%when": return .when
      default:
        let words = Set(inner.split(separator: UInt8(ascii: "|")).map { String(decoding: $0, as: UTF8.self) })
        return isOptional ? .maybe(words) : .word(words)
      }
    }
  }
}

/// A word of a line, folded: "what's" is two of them.
struct AssistantWord {
  let text: String
  /// Where it stands in the line, in bytes.
  let range: Range<Int>
}

/// What a line says in the places that a pattern leaves open: places among its words.
struct AssistantCaptures {
  var name: Range<Int>?
  var days: AssistantDays?
  var minutes: Int?
  var when: Range<Int>?
  /// Words in the place of days that are a time and cannot be one.
  var refused: Range<Int>?
}

/// The words of a line, held against patterns. A pattern has at most two open places, so the work is bounded by the square of the words.
struct AssistantMatching {
  let words: ArraySlice<AssistantWord>
  private let texts: [String]
  private let line: [UInt8]
  private let calendar: AssistantCalendar
  /// Whether days may be some that cannot be, so that it can be said what is wrong with them.
  private let takesRefused: Bool

  init(_ words: ArraySlice<AssistantWord>, _ line: [UInt8], _ calendar: AssistantCalendar, takesRefused: Bool = false) {
    (self.words, self.line, self.calendar, self.takesRefused) = (words, line, calendar, takesRefused)
    texts = words.map(\.text)
  }

  /// - Returns: nil: the line does not say that, from the first word to the last.
  func captures(_ pattern: AssistantPattern) -> AssistantCaptures? { match(pattern.items[...], 0, AssistantCaptures()) }

  /// What stands at some words, as typed.
  func text(_ places: Range<Int>) -> String {
    guard !places.isEmpty else { return "" }
    let (first, last) = (words[words.startIndex + places.lowerBound], words[words.startIndex + places.upperBound - 1])
    return QuickText.trimmed(
      String(decoding: line[first.range.lowerBound..<max(first.range.upperBound, last.range.upperBound)], as: UTF8.self))
  }

  /// The folded words there.
  func folded(_ places: Range<Int>) -> ArraySlice<String> { texts[places] }

  private func match(_ items: ArraySlice<AssistantPattern.Item>, _ place: Int, _ found: AssistantCaptures) -> AssistantCaptures? {
    guard let item = items.first else { return place == texts.count ? found : nil }
    let rest = items.dropFirst()
    switch item {
    case .word(let choices):
      return place < texts.count && choices.contains(texts[place]) ? match(rest, place + 1, found) : nil
    case .maybe(let choices):
      if place < texts.count, choices.contains(texts[place]), let whole = match(rest, place + 1, found) { return whole }
      return match(rest, place, found)
    case .name:
      guard place < texts.count else { return nil }
      let ends = rest.isEmpty ? [texts.count] : Array(place + 1...texts.count)
      return first(of: ends) { end in
        var more = found
        // What is named second is a time that is none.
        if more.name == nil { more.name = place..<end } else { more.when = place..<end }
        return match(rest, end, more)
      }
    case .days(let isOptional):
      return first(of: ends(from: place)) { end in
        var more = found
        if let days = AssistantDays(texts[place..<end], calendar, text: { text($0..<end) }) {
          more.days = days
        } else if takesRefused, let start = AssistantDays.refused(texts[place..<end], calendar, text: { text($0..<end) }) {
          more.refused = start..<end
        } else {
          return nil
        }
        return match(rest, end, more)
      } ?? (isOptional ? match(rest, place, found) : nil)
    case .minutes(let isOptional):
      return first(of: ends(from: place)) { end in
        guard let minutes = AssistantMinutes.read(texts[place..<end], { text(place..<end) }) else { return nil }
        var more = found
        more.minutes = minutes
        return match(rest, end, more)
      } ?? (isOptional ? match(rest, place, found) : nil)
    case .when:
      return first(of: ends(from: place)) { end in
        guard (try? Phrase(text(place..<end), reader: calendar.reader)) != nil else { return nil }
        var more = found
        more.when = place..<end
        return match(rest, end, more)
      }
    }
  }

  /// The longest first; days and lengths are at most a dozen words.
  private func ends(from place: Int) -> [Int] { Array((place..<min(place + 12, texts.count)).map { $0 + 1 }.reversed()) }

  private func first(of ends: [Int], _ match: (Int) -> AssistantCaptures?) -> AssistantCaptures? {
    for end in ends { if let found = match(end) { return found } }
    return nil
  }
}
