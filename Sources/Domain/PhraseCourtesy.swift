/// What people say around a time, and times that are hardly one.
extension PhraseParser {
  /// "Please remind me again", "snooze it for", "adiar para": a wish that the field grants anyway.
  mutating func takeCourtesy() {
    takePlease()
    guard takeWish() else { return }
    while take(anyOf: PhraseWords.wished) {}
    takePlease()
    // "Snooze to monday"; "adiar para" is understood before any day.
    _ = take("to")
  }

  private mutating func takePlease() {
    while take("please") || take("pls") || take("plz") || take("por", "favor") || take("pfv") { _ = take(mark: ",") }
  }

  /// "Lembre-me" and "me lembre".
  private mutating func takeWish() -> Bool {
    if take(anyOf: PhraseWords.wishes) { return true }
    return word() == "me" && PhraseWords.wishes.contains(word(1) ?? "") ? take("me") && take(anyOf: PhraseWords.wishes) : false
  }

  /// Leaves off what stands behind a time: "!", "?", "...", "please", "or so".
  mutating func dropFarewell() {
    while let last = tokens.last {
      guard [UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ".")].contains(where: { last.kind == .mark($0) }) else { break }
      drop(last: 1)
    }
    for words in PhraseWords.farewells where ends(with: words) {
      drop(last: words.count)
      if tokens.last?.kind == .mark(UInt8(ascii: ",")) { drop(last: 1) }
      break
    }
  }

  private func ends(with words: [String]) -> Bool {
    tokens.count > words.count && zip(tokens.suffix(words.count), words).allSatisfy { $0.kind == .word($1) }
  }

  /// "Later", "in a bit", "daqui a pouco": one duration each (RULES 2.9). Only alone: "later today at 5" is a time.
  mutating func vagueSpan() -> PhraseSpan? {
    var text = ""
    for ahead in 0..<min(tokens.endIndex - index, 5) {
      guard let next = word(ahead) else { return nil }
      text += ahead == 0 ? next : " " + next
    }
    guard tokens.endIndex - index <= 5, let minutes = PhraseWords.vague[text] else { return nil }
    skip(5)
    return PhraseSpan(seconds: minutes * 60, isShort: true)
  }
}
