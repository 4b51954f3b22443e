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
  fileprivate init?(_ reader: inout StateReader, _ date: Day) {
    let (marks, reasons) = (Mark.allCases, SkipReason.allCases)
    guard let mark = reader.number(in: 0...marks.count - 1), let entered = reader.optional(in: 0...Int.max),
      let reason = reader.optional(in: 0...reasons.count - 1), let flags = reader.number(in: 0...3),
      let share = reader.number(in: 0...HabitTarget.whole)
    else { return nil }
    (self.date, self.mark, hasNote, isScheduled) = (date, marks[mark], flags & 1 > 0, flags & 2 > 0)
    self.entered = entered.map { Amount(thousandths: $0) }
    self.reason = reason.map { reasons[$0] }
    self.share = Double(share) / Double(HabitTarget.whole)
  }

  fileprivate func write(to out: inout StateWriter) {
    out.add(Mark.allCases.firstIndex(of: mark) ?? 0)
    out.add(entered?.thousandths)
    out.add(reason.flatMap { SkipReason.allCases.firstIndex(of: $0) })
    out.add((hasNote ? 1 : 0) + (isScheduled ? 2 : 0))
    // A share is a whole number of parts.
    out.add(Int(share * Double(HabitTarget.whole)))
  }
}
