/// A duration as typed.
struct PhraseSpan: Equatable {
  /// Elapsed part.
  var seconds = 0
  /// Part that keeps the wall-clock time.
  var months = 0
  /// Whether hours, minutes or seconds were said, if only "24 hours": then it names no day.
  var isShort = false
  /// "-5 minutes".
  var isNegative = false
  /// "5 minutes ago".
  var isPast = false

  /// Adds `count` of `unit` and, when `half`, half of one more; false when there is no such half.
  mutating func add(_ count: Int, _ unit: PhraseUnit, half: Bool = false) -> Bool {
    guard !half || unit.months % 2 == 0 else { return false }
    seconds += count * unit.seconds + (half ? unit.seconds / 2 : 0)
    months += count * unit.months + (half ? unit.months / 2 : 0)
    if unit.months == 0, unit.seconds < PhraseUnit.day.seconds { isShort = true }
    return true
  }
}

extension PhraseParser {
  /// "in 20 min", "+15m", "1 day and 3 hours", "daqui a 3 dias", "meia hora", "hour and a half", "2 hours ago".
  mutating func span() -> PhraseSpan? {
    attempt { parser in
      parser.takeIntroduction()
      var span = PhraseSpan()
      span.isPast = parser.take("ha") || parser.take("faz")
      span.isNegative = parser.take(mark: "-") || parser.take("minus") || parser.take("menos")
      guard parser.addItem(to: &span) else { return nil }
      while parser.addNextItem(to: &span) {}
      // "In a week's time", "in two weeks' time".
      if parser.word() == "time" || parser.isMark("'") && parser.word(1) == "time" { parser.skip(parser.isMark("'") ? 2 : 1) }
      if parser.take("ago") || parser.take("atras") { span.isPast = true }
      _ = parser.take("from", "now") || parser.take("later") || parser.take("a", "partir", "de", "agora")
      return span
    }
  }

  /// What may stand before a duration: "in", "daqui a", "+", "about", "another".
  mutating func takeIntroduction() {
    let isPlain = take("in") || take("for") || take("after") || take("daqui", "a") || take("daqui") || take("em") || take("dentro", "de")
    _ = isPlain || take("por") || take("depois", "de") || take("apos")
    _ = take(mark: "+") || take("another") || take("mais")
    takeRoughly()
    if word() == "uns" || word(0) == "umas", number(1) != nil || PhraseWords.numbers[word(1) ?? ""] != nil { skip() }
  }

  private mutating func addNextItem(to span: inout PhraseSpan) -> Bool {
    var sum = span
    let found = takeIf { parser in
      _ = parser.take(mark: ",")
      _ = parser.take("and") || parser.take("e")
      return parser.addItem(to: &sum)
    }
    if found { span = sum }
    return found
  }

  private mutating func addItem(to span: inout PhraseSpan) -> Bool {
    if let unit = half() { return span.add(0, unit, half: true) }
    if let quarters = quartersOfAnHour() {
      span.isShort = true
      span.seconds += quarters * 900
      return true
    }
    if let unit = unitAndAHalf() { return span.add(1, unit, half: true) }
    var sum = span
    let found = takeIf { $0.addCounted(to: &sum) }
    if found { span = sum }
    return found
  }

  private mutating func addCounted(to span: inout PhraseSpan) -> Bool {
    guard let count = quantity() else { return false }
    let minutes = minutesBehindColon()
    var half = takeAndAHalf()
    if count.isFraction { _ = take("of", "an") || take("of", "a") || take("de") || take("an") || take("a") }
    _ = take("more")
    guard let unit = take(from: PhraseWords.units) else { return false }
    if !half { half = takeAndAHalf() }
    guard span.add(count.isFew && unit == .minute ? 10 : count.whole, unit, half: half) else { return false }
    guard count.thousandths == 0 || unit.months == 0 else { return false }
    // "1.30 hours" is an hour and a half for some, an hour and eighteen minutes for others.
    guard !count.looksLikeMinutes || (unit != .hour && unit != .minute), minutes == nil || (unit == .hour && !half) else { return false }
    span.seconds += count.thousandths * unit.seconds / 1000
    if unit == .hour { span.seconds += 60 * (minutes ?? minutesBehindHours()) }
    return true
  }

  private mutating func takeAndAHalf() -> Bool { take("and", "a", "half") || take("e", "meia") || take("e", "meio") }

  /// "half an hour", "half a day", "meia hora". "Meio dia" is noon, never half a day.
  private mutating func half() -> PhraseUnit? {
    attempt { parser in
      _ = parser.word(1) == "half" && parser.take("a")
      if parser.take("half") {
        _ = parser.take("a") || parser.take("an") || parser.take("of", "an")
      } else if !parser.take("meia") {
        return nil
      }
      return parser.take(from: PhraseWords.units)
    }
  }

  /// "Hour and a half", "hora e meia".
  private mutating func unitAndAHalf() -> PhraseUnit? {
    attempt { parser in
      guard let next = parser.word(), next.utf8.count > 2, let unit = parser.take(from: PhraseWords.units) else { return nil }
      return parser.takeAndAHalf() ? unit : nil
    }
  }

  /// "Quarter of an hour", "three quarters of an hour", "um quarto de hora".
  private mutating func quartersOfAnHour() -> Int? {
    attempt { parser in
      _ = parser.take("a") || parser.take("um")
      let count = parser.take(from: PhraseWords.quarterCounts) ?? 1
      guard parser.take("quarter") || parser.take("quarters") || parser.take("quarto") || parser.take("quartos") else { return nil }
      _ = parser.take("of", "an") || parser.take("of", "a") || parser.take("de", "uma") || parser.take("de")
      return parser.take("hour") || parser.take("hora") ? count : nil
    }
  }

  /// The ":30" of "1:30 hours".
  private mutating func minutesBehindColon() -> Int? {
    guard let minutes = clockMinutes(behind: 0) else { return nil }
    skip(2)
    return minutes
  }

  /// The "30" and "30m" of "1h30", the "15" of "2h 15".
  private mutating func minutesBehindHours() -> Int {
    guard let minutes = number(), minutes.digits == 2, minutes.value < 60, isGlued(0) || isLooseMinute(0) else { return 0 }
    skip()
    if PhraseWords.units[word() ?? ""] == .minute { skip() }
    return minutes.value
  }
}
