/// Looks for phrases among the words of a text.
struct CoachMatching {
  private let typed: [[UInt8]]
  /// With letters typed twice once.
  private let words: [[UInt8]]
  private let same: Set<[UInt8]>
  private let beginnings: CoachLetters
  private let eachBeginning: [CoachLetters]

  /// - Parameter same: words that are never another one misspelt, with letters typed twice once.
  init(_ words: [[UInt8]], _ same: Set<[UInt8]>) {
    typed = words
    self.words = words.map { CoachDisguise.collapsed($0) }
    self.same = same
    beginnings = CoachLetters(self.words)
    eachBeginning = self.words.map { CoachLetters([$0]) }
  }

  /// Where a phrase stands first.
  func range(of phrase: CoachPhrase) -> Range<Int>? {
    guard phrase.beginnings.allSatisfy({ $0.meets(beginnings) }) else { return nil }
    for start in words.indices where phrase.beginnings[0].meets(eachBeginning[start]) {
      if let end = end(of: phrase.items[...], from: start) { return start..<end }
    }
    return nil
  }

  private func end(of items: ArraySlice<CoachPhrase.Item>, from index: Int) -> Int? {
    guard let item = items.first else { return index }
    let rest = items.dropFirst()
    switch item {
    case .word(let choices):
      for word in choices {
        if let next = after(word, index), let end = end(of: rest, from: next) { return end }
      }
    case .gap(let most, let crosses):
      var next = index
      while next <= words.count, next - index <= most {
        if let end = end(of: rest, from: next) { return end }
        if next < words.count, words[next] == CoachDisguise.end, !crosses { return nil }
        next += 1
      }
    }
    return nil
  }

  /// The index behind a word that stands at `index`, also when it was torn in up to four pieces ("sui cide").
  private func after(_ word: CoachPhrase.Word, _ index: Int) -> Int? {
    // Whatever is misspelt, the first letter is right.
    guard index < words.count, let first = words[index].first, first == word.bytes.first else { return nil }
    if isEqual(word, index) { return index + 1 }
    guard word.bytes.count >= 5, word.bytes.starts(with: words[index]) else { return nil }
    var joined = words[index]
    for next in (index + 1)..<min(index + 4, words.count) {
      joined += words[next]
      if CoachDisguise.collapsed(joined) == word.bytes { return next + 1 }
    }
    return nil
  }

  private func isEqual(_ word: CoachPhrase.Word, _ index: Int) -> Bool {
    let other = words[index]
    if word.bytes == other { return true }
    if word.isBeginning { return other.starts(with: word.bytes) }
    guard word.isMisspelt, !same.contains(other) else { return false }
    return isWithinOneLetter(word.bytes, other) || isWithinOneLetter(word.letters, typed[index])
  }

  /// Whether a long word holds the phrase's words one after the other, without blanks: "iwanttodie", and "q u e r o m o r r e r" once joined.
  func isSpelt(_ phrase: CoachPhrase) -> Bool {
    let choices = phrase.items.compactMap { item -> [CoachPhrase.Word]? in if case .word(let words) = item { words } else { nil } }
    guard choices.count > 1 else { return false }
    return words.contains { $0.count >= 8 && isSpelt(choices[...], in: $0[...]) }
  }

  private func isSpelt(_ choices: ArraySlice<[CoachPhrase.Word]>, in letters: ArraySlice<UInt8>) -> Bool {
    guard let words = choices.first else { return letters.count <= 2 }
    // The first word may have something before it ("i"), the others stand side by side.
    let starts = choices.startIndex == 0 ? letters.indices.prefix(4) : letters.indices.prefix(1)
    for start in starts {
      for word in words where letters[start...].starts(with: word.bytes) {
        let end = start + word.bytes.count
        // "Want to" has lost one of its two t.
        if isSpelt(choices.dropFirst(), in: letters[end...]) || isSpelt(choices.dropFirst(), in: letters[(end - 1)...]) { return true }
      }
    }
    return false
  }
}
