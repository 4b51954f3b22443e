/// How a ``HabitWeek`` is kept beside its habit.
extension HabitWeek {
  /// - Parameter first: the week's first date.
  public init?(_ reader: inout StateReader, first: Day) {
    var blocks: [HabitCell] = []
    blocks.reserveCapacity(7)
    for index in 0..<7 {
      guard let cell = HabitCell(&reader, first.advanced(by: index)) else { return nil }
      blocks.append(cell)
    }
    guard let done = reader.number(in: 0...31), let required = reader.optional(in: 0...31), let hasRate = reader.number(in: 0...1)
    else { return nil }
    (self.blocks, self.done, self.required) = (blocks, done, required)
    if hasRate == 0 {
      rate = nil
    } else {
      guard let value = reader.bits() else { return nil }
      rate = Proportion(Double(bitPattern: value))
    }
    guard let sum = reader.amount() else { return nil }
    self.sum = sum
  }

  public func write(to out: inout StateWriter) {
    for cell in blocks { cell.write(to: &out) }
    out.add(done)
    out.add(required)
    out.add(rate == nil ? 0 : 1)
    if let rate { out.add(bits: rate.value.bitPattern) }
    out.add(sum.thousandths)
  }
}

extension HabitCell {
  /// A number that holds what most dates have, and what else there is behind it: a review reads seven hundred.
  fileprivate init?(_ reader: inout StateReader, _ date: Day) {
    guard let word = reader.number(in: 0...0xFFF), word & 7 < HabitCell.marks.count, word >> 9 <= HabitCell.reasons.count
    else { return nil }
    (self.date, mark, hasNote, isScheduled) = (date, HabitCell.marks[word & 7], word & 8 > 0, word & 16 > 0)
    reason = word >> 9 == 0 ? nil : HabitCell.reasons[word >> 9 - 1]
    switch word >> 5 & 3 {
    case 0: entered = nil
    case 1: entered = .zero
    case 2:
      guard let amount = reader.amount() else { return nil }
      entered = amount
    default: return nil
    }
    switch word >> 7 & 3 {
    case 0: share = 0
    case 1: share = 1
    case 2:
      guard let part = reader.number(in: 0...HabitTarget.whole) else { return nil }
      share = Double(part) / Double(HabitTarget.whole)
    default: return nil
    }
  }

  fileprivate func write(to out: inout StateWriter) {
    // A share is a whole number of parts.
    let part = Int(share * Double(HabitTarget.whole))
    let amount = entered.map { $0 == .zero ? 1 : 2 } ?? 0
    let shared = part == 0 ? 0 : part == HabitTarget.whole ? 1 : 2
    let reason = self.reason.flatMap { HabitCell.reasons.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let mark = HabitCell.marks.firstIndex(of: mark) ?? 0
    out.add(mark | (hasNote ? 8 : 0) | (isScheduled ? 16 : 0) | amount << 5 | shared << 7 | reason << 9)
    if let entered, amount == 2 { out.add(entered.thousandths) }
    if shared == 2 { out.add(part) }
  }

  private static let marks = Mark.allCases
  private static let reasons = SkipReason.allCases
}
