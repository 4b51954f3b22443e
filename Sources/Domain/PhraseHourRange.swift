/// When something begins and ends: "from 3 to 4pm", "das 15h às 16h", "9:00-10:30".
extension PhraseParser {
  /// The hour at which it begins. Nil where only bare numbers are said ("9 to 5"): they need not be hours.
  ///
  /// - Parameter inList: whether two times behind each other ("8h às 20h") are both meant.
  mutating func hourRange(inList: Bool = false) -> PhraseClock? {
    attempt { parser in
      let isBetween = parser.take("between") || parser.take("entre")
      let isFrom = isBetween || parser.take("from") || parser.take("das") || parser.take("da")
      // "Reunião de 1h às 15h" is an hour long.
      let isOf = parser.take("de")
      guard let first = parser.rangeHour() else { return nil }
      // "At 8am - 10 pushups".
      let isSpaced = parser.isMark("-") && !(parser.isGlued(0) && parser.isGlued(1))
      if isBetween {
        guard parser.take("and") || parser.take("e") else { return nil }
      } else {
        let mayBeList = inList || isOf || first.clock.hour < 6
        guard parser.takeRangeJoint(isFrom: isFrom, isMarked: first.isMarked, mayBeList: mayBeList) else { return nil }
      }
      let begin = parser.index
      guard let last = parser.rangeHour(), first.isMarked || !parser.saysHowMany(from: begin, isFrom: isFrom) else { return nil }
      guard last.isMarked || first.isMarked && (isFrom || !isSpaced) && !parser.isBehindDateNumber else { return nil }
      return first.clock.beginning(before: last.clock, in: parser.partOfDay())
    }
  }

  /// The "3 hours" of "2-3 hours"; "das 14 às 16 horas" are times.
  private func saysHowMany(from start: Int, isFrom: Bool) -> Bool {
    guard index == start + 2, case .word(let unit) = tokens[start + 1].kind else { return false }
    if PhraseWords.englishHours.contains(unit) { return true }
    return !isFrom && (unit == "hora" || unit == "horas" || saysHowLong(from: start))
  }

  private mutating func rangeHour() -> (clock: PhraseClock, isMarked: Bool)? {
    if let clock = clock() { return (clock, true) }
    guard let hour = attempt({ parser in parser.plainNumber().flatMap { $0 < 24 ? $0 : nil } }) else { return nil }
    return (PhraseClock(hour: hour, minute: 0, isExact: false), false)
  }

  /// "to", a dash, "às"; "chapter 3 - 9pm" and "capítulo 3 às 10" begin at no hour.
  private mutating func takeRangeJoint(isFrom: Bool, isMarked: Bool, mayBeList: Bool) -> Bool {
    if isMark("-") { return isFrom || isMarked || isGlued(0) && isGlued(1) ? take(mark: "-") : false }
    if word() == "as" { return isFrom || isMarked && !mayBeList }
    if take("to") || isPortuguese && (isFrom || isMarked) && take("a") { return true }
    return isFrom && (take("until") || take("till") || take("til") || take("ate"))
  }

  /// Whether the number just taken begins a date: "at 9 to 12 march", "das 9h até 12/03".
  private var isBehindDateNumber: Bool {
    guard let next = token() else { return false }
    if case .word(let word) = next.kind { return PhraseWords.months[word] != nil || word == "de" || word == "of" }
    return next.glued && next.kind != .mark(UInt8(ascii: ","))
  }
}

extension PhraseClock {
  /// Of "from 3 to 4pm" the three o'clock that comes last before the other time; "11 to 1pm" begins in the morning.
  fileprivate func beginning(before last: PhraseClock, in part: PhrasePart?) -> PhraseClock? {
    if let part {
      guard let end = last.seconds(in: part), let begin = seconds(in: part) ?? seconds(in: nil), begin < min(end, 86_400) else {
        return nil
      }
      return PhraseClock(hour: begin / 3600, minute: minute, isExact: true)
    }
    guard last.isExact, !isExact, (1...12).contains(hour) else { return self }
    let later = hour % 12 + 12
    let isEarlier = later * 60 + minute < last.hour * 60 + last.minute
    let isMorning = !isEarlier && hour % 12 * 60 + minute < last.hour * 60 + last.minute
    return PhraseClock(hour: isMorning ? hour % 12 : later, minute: minute, isExact: true)
  }
}
