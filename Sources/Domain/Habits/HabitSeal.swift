extension HabitHistory {
  /// A number that changes with what was asked before a date: rules, pauses, the week's start. Entries are not in it.
  func seal(before day: Day) -> UInt64 {
    var seal = HabitSeal()
    seal.add(weekStart.rawValue)
    // The first one holds before its date, too.
    for (index, span) in spans.enumerated() where index == 0 || span.from < day {
      seal.add(span.from.number)
      seal.add(span.rule)
    }
    for pause in pauses where pause.from < day {
      seal.add(pause.from.number)
      seal.add(min(pause.until ?? day, day).number)
    }
    return seal.value
  }
}

/// FNV-1a over 64-bit words: the same on every machine and in every build, unlike `Hasher`.
struct HabitSeal {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ number: Int) {
    var rest = UInt64(bitPattern: Int64(number))
    for _ in 0..<8 {
      value = (value ^ (rest & 0xFF)) &* 0x100_0000_01B3
      rest >>= 8
    }
  }

  static func of(_ numbers: [Int]) -> UInt64 {
    var seal = HabitSeal()
    for number in numbers { seal.add(number) }
    return seal.value
  }

  mutating func add(_ rule: HabitRule) {
    switch rule.frequency {
    case .daily: add(0)
    case .days(let days): add(0x100 + Int(days.bits))
    case .perWeek(let times): add(0x200 + times)
    case .perMonth(let times): add(0x300 + times)
    }
    guard let target = rule.target else { return add(-1) }
    add(target.amount.thousandths)
    add(target.direction == .atLeast ? 0 : 1)
    add(target.period == .day ? 0 : target.period == .week ? 1 : 2)
  }
}
