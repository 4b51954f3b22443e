/// A duration as typed.
struct PhraseSpan: Equatable {
  /// Elapsed part.
  var seconds = 0
  /// Part that keeps the wall-clock time.
  var months = 0
  /// "-5 minutes".
  var isNegative = false
  /// "5 minutes ago".
  var isPast = false
  /// "21h30" without "in": two digits on both sides, as on a clock. "1h30" is a duration.
  var looksLikeTime = false

  /// Adds `count` of `unit` and, when `half`, half of one more; false when there is no such half.
  mutating func add(_ count: Int, _ unit: PhraseUnit, half: Bool = false) -> Bool {
    guard !half || unit.months % 2 == 0 else { return false }
    seconds += count * unit.seconds + (half ? unit.seconds / 2 : 0)
    months += count * unit.months + (half ? unit.months / 2 : 0)
    return true
  }
}

extension PhraseParser {
  /// "in 20 min", "1 day and 3 hours", "daqui a 3 dias", "meia hora", "2 hours ago".
  mutating func span() -> PhraseSpan? {
    attempt { parser in
      let isIntroduced = parser.takeIntroduction()
      var span = PhraseSpan()
      span.isPast = parser.take("ha") || parser.take("faz")
      span.isNegative = parser.take(mark: "-") || parser.take("minus") || parser.take("menos")
      span.looksLikeTime = !isIntroduced && parser.looksLikeTime
      guard parser.addItem(to: &span) else { return nil }
      while parser.addNextItem(to: &span) { span.looksLikeTime = false }
      if parser.take("ago") || parser.take("atras") { span.isPast = true }
      _ = parser.take("from", "now") || parser.take("later") || parser.take("a", "partir", "de", "agora")
      return span
    }
  }

  private mutating func takeIntroduction() -> Bool {
    take("in") || take("for") || take("after") || take("daqui", "a") || take("daqui") || take("em") || take("dentro", "de")
      || take("por") || take("depois", "de") || take("apos")
  }

  private var looksLikeTime: Bool {
    number()?.digits == 2 && word(1) == "h" && isGlued(1) && number(2)?.digits == 2 && isGlued(2)
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
      var half = parser.take("and", "a", "half") || parser.take("e", "meia") || parser.take("e", "meio")
      guard let unit = parser.take(from: PhraseWords.units) else { return nil }
      if !half { half = parser.take("and", "a", "half") || parser.take("e", "meia") || parser.take("e", "meio") }
      guard sum.add(count.whole, unit, half: half) else { return nil }
      guard count.thousandths == 0 || unit.months == 0 else { return nil }
      sum.seconds += count.thousandths * unit.seconds / 1000
      if unit == .hour { sum.seconds += 60 * parser.gluedMinutes() }
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
  private mutating func quantity() -> (whole: Int, thousandths: Int)? {
    if let number = number() {
      skip()
      return (number.value, thousandths())
    }
    if take("a", "couple", "of") { return (2, 0) }
    if take("a") || take("an") { return (1, 0) }
    return numberInWords().map { ($0, 0) }
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
