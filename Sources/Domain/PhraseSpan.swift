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
  /// "in 20 min", "1 day and 3 hours", "daqui a 3 dias", "meia hora", "2 hours ago".
  mutating func span() -> PhraseSpan? {
    attempt { parser in
      _ = parser.takeIntroduction()
      var span = PhraseSpan()
      span.isPast = parser.take("ha") || parser.take("faz")
      span.isNegative = parser.take(mark: "-") || parser.take("minus") || parser.take("menos")
      guard parser.addItem(to: &span) else { return nil }
      while parser.addNextItem(to: &span) {}
      if parser.take("ago") || parser.take("atras") { span.isPast = true }
      _ = parser.take("from", "now") || parser.take("later") || parser.take("a", "partir", "de", "agora")
      return span
    }
  }

  private mutating func takeIntroduction() -> Bool {
    take("in") || take("for") || take("after") || take("daqui", "a") || take("daqui") || take("em") || take("dentro", "de")
      || take("por") || take("depois", "de") || take("apos")
  }

  private mutating func addNextItem(to span: inout PhraseSpan) -> Bool {
    var sum = span
    let found: Void? = attempt { parser in
      _ = parser.take(mark: ",")
      _ = parser.take("and") || parser.take("e")
      return parser.addItem(to: &sum) ? () : nil
    }
    if found != nil { span = sum }
    return found != nil
  }

  private mutating func addItem(to span: inout PhraseSpan) -> Bool {
    if let unit = half() { return span.add(0, unit, half: true) }
    var sum = span
    let found: Void? = attempt { parser in
      guard let count = parser.quantity() else { return nil }
      let minutes = parser.minutesBehindColon()
      var half = parser.take("and", "a", "half") || parser.take("e", "meia") || parser.take("e", "meio")
      guard let unit = parser.take(from: PhraseWords.units) else { return nil }
      if !half { half = parser.take("and", "a", "half") || parser.take("e", "meia") || parser.take("e", "meio") }
      guard sum.add(count.whole, unit, half: half) else { return nil }
      guard count.thousandths == 0 || unit.months == 0 else { return nil }
      // "1.30 hours" is an hour and a half for some, an hour and eighteen minutes for others.
      guard !count.looksLikeMinutes || (unit != .hour && unit != .minute), minutes == nil || (unit == .hour && !half) else { return nil }
      sum.seconds += count.thousandths * unit.seconds / 1000
      if unit == .hour { sum.seconds += 60 * (minutes ?? parser.gluedMinutes()) }
      return ()
    }
    if found != nil { span = sum }
    return found != nil
  }

  /// "half an hour", "half a day", "meia hora". "Meio dia" is noon, never half a day.
  private mutating func half() -> PhraseUnit? {
    attempt { parser in
      if parser.take("half") {
        _ = parser.take("a") || parser.take("an")
      } else if !parser.take("meia") {
        return nil
      }
      return parser.take(from: PhraseWords.units)
    }
  }

  /// How many: "3", "1.5", "1,5", "an", "a couple of", "forty-five", "quarenta e cinco".
  private mutating func quantity() -> (whole: Int, thousandths: Int, looksLikeMinutes: Bool)? {
    if let number = number() {
      // "0900" and "007" are not how many.
      let isPlain = number.digits <= 2 || number.value == PhraseScanner.largest || String(number.value).utf8.count == number.digits
      guard isPlain else { return nil }
      skip()
      let decimals = isMark(".") || isMark(",") ? self.number(1) : nil
      let looksLikeMinutes = decimals.map { $0.digits == 2 && $0.value < 60 && $0.value != 25 } ?? false
      return (number.value, thousandths(), looksLikeMinutes)
    }
    if take("a", "couple", "of") { return (2, 0, false) }
    // "A m" is half of "a.m.", not a minute.
    if take("a") || take("an") { return word()?.utf8.count == 1 ? nil : (1, 0, false) }
    return numberInWords().map { ($0, 0, false) }
  }

  /// The ":30" of "1:30 hours".
  private mutating func minutesBehindColon() -> Int? {
    guard let minutes = clockMinutes(behind: 0) else { return nil }
    skip(2)
    return minutes
  }

  /// One to twelve, the tens, and tens with ones.
  mutating func numberInWords() -> Int? {
    guard let number = take(from: PhraseWords.numbers) else { return nil }
    guard number >= 20 else { return number }
    let ones: Int? = attempt { parser in
      _ = parser.take("e")
      guard let ones = parser.take(from: PhraseWords.numbers), (1...9).contains(ones) else { return nil }
      return ones
    }
    return number + (ones ?? 0)
  }

  /// The decimals behind a number, to two places: ".5" is 500. Three would be a thousands separator for half of the readers.
  private mutating func thousandths() -> Int {
    guard isMark(".") || isMark(","), isGlued(0), isGlued(1), let decimals = number(1), decimals.digits <= 2 else { return 0 }
    skip(2)
    return decimals.value * (decimals.digits == 1 ? 100 : 10)
  }

  /// The "30" and "30m" of "1h30".
  private mutating func gluedMinutes() -> Int {
    guard isGlued(0), let minutes = number(), minutes.digits == 2, minutes.value < 60 else { return 0 }
    skip()
    if PhraseWords.units[word() ?? ""] == .minute { skip() }
    return minutes.value
  }
}
