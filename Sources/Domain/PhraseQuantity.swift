/// How many of something.
struct PhraseQuantity {
  var whole: Int
  /// Of 1, beside ``whole``.
  var thousandths = 0
  /// "1.30": could be meant as minutes.
  var looksLikeMinutes = false
  /// "A few": three, but ten of minutes.
  var isFew = false
  /// "1/2", which may have "of an" behind it.
  var isFraction = false
}

extension PhraseParser {
  /// How many: "3", "1.5", "1,5", "1½", "1 1/2", "an", "a couple of", "a few", "forty-five", "quarenta e cinco".
  mutating func quantity() -> PhraseQuantity? {
    if let number = number() {
      if let part = fraction() { return PhraseQuantity(whole: 0, thousandths: part, isFraction: true) }
      // "0900" and "007" are not how many.
      let isPlain = number.digits <= 2 || number.value == PhraseScanner.largest || String(number.value).utf8.count == number.digits
      guard isPlain else { return nil }
      skip()
      if let part = fraction() { return PhraseQuantity(whole: number.value, thousandths: part) }
      let decimals = isMark(".") || isMark(",") ? self.number(1) : nil
      let looksLikeMinutes = decimals.map { $0.digits == 2 && $0.value < 60 && $0.value != 25 } ?? false
      return PhraseQuantity(whole: number.value, thousandths: thousandths(), looksLikeMinutes: looksLikeMinutes)
    }
    if let part = fraction() { return PhraseQuantity(whole: 0, thousandths: part, isFraction: true) }
    return spokenQuantity()
  }

  private mutating func spokenQuantity() -> PhraseQuantity? {
    if take("a", "couple") || take("couple") || take("um", "par", "de") || take("par", "de") {
      _ = take("of")
      return PhraseQuantity(whole: 2)
    }
    if take("a", "few") || take("few") || take("some") || take(anyOf: PhraseWords.few) { return PhraseQuantity(whole: 3, isFew: true) }
    // "A m" is half of "a.m.", not a minute.
    if take("a") || take("an") { return word()?.utf8.count == 1 ? nil : PhraseQuantity(whole: 1) }
    return numberInWords().map { PhraseQuantity(whole: $0) }
  }

  /// Thousandths of "½" and of "1/2": halves and quarters, whose thousandths are exact.
  private mutating func fraction() -> Int? {
    if case .mark(let mark)? = token()?.kind, let index = PhraseFolding.fractions.firstIndex(of: mark) {
      skip()
      return (index + 1) * 250
    }
    guard let part = number(), part.digits == 1, isMark("/", 1), let of = number(2), of.digits == 1, isGlued(1), isGlued(2) else {
      return nil
    }
    guard part.value == 1 && (of.value == 2 || of.value == 4) || part.value == 3 && of.value == 4 else { return nil }
    skip(3)
    return part.value * 1000 / of.value
  }

  /// Zero to nineteen, the tens, and tens with ones.
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
}
