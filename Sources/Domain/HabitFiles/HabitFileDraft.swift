extension HabitFileBuilder.Draft {
  var isAmount: Bool {
    if let kind { return kind == .amount }
    return found.contains { if case .number(let value) = $0.mark { value != 0 && value != tick } else { false } }
  }

  /// Makes one entry of each date that says something.
  mutating func settle(isAmount: Bool) {
    if found.indices.dropFirst().contains(where: { found[$0 - 1].day > found[$0].day }) {
      // Stable: of one date the first line stays first.
      found = found.enumerated().sorted { ($0.element.day.number, $0.offset) < ($1.element.day.number, $1.offset) }.map(\.element)
    }
    var merged = (count: 0, first: Day.first)
    var isCut = false
    var start = 0
    while start < found.count {
      let day = found[start].day
      var end = start + 1
      while end < found.count, found[end].day == day { end += 1 }
      if end - start > 1 { merged = (merged.count + 1, merged.count == 0 ? day : merged.first) }
      if var entry = entry(of: found[start..<end], isAmount: isAmount) {
        let whole = entry.note.utf8.count
        entry.note = ImportText.prefix(entry.note, bytes: HabitFile.Entry.longestNote)
        isCut = isCut || entry.note.utf8.count < whole
        habit.entries.append(entry)
      }
      start = end
    }
    found = []
    if merged.count > 0 { habit.changes.append(.merged(merged.count, first: merged.first)) }
    if isCut { habit.changes.append(.cut(.note)) }
    if isAmount { askTarget() } else { for place in habit.rules.indices { habit.rules[place].target = nil } }
  }

  /// Done wins over skipped, and either over nothing. Amounts add up, notes that differ stand below each other.
  private func entry(of lines: ArraySlice<HabitFileBuilder.Found>, isAmount: Bool) -> HabitFile.Entry? {
    guard let first = lines.first else { return nil }
    var amount: Int?
    var isDone = false
    var isSkipped = false
    var reason: HabitFile.Entry.Reason?
    var note = first.note
    for line in lines {
      if !line.note.isEmpty, line.note != note, note.utf8.count <= HabitFile.Entry.longestNote {
        note = note.isEmpty ? line.note : note + "\n" + line.note
      }
      switch line.mark {
      case .done: isDone = true
      case .number(let value) where isAmount: amount = amount.map { addsUp ? min($0 + value, HabitFile.Entry.largestAmount) : $0 } ?? value
      case .number(let value): isDone = isDone || value > 0
      case .skipped: (isSkipped, reason) = (true, reason ?? line.reason)
      case .nothing: break
      }
    }
    if isDone || amount != nil { return .init(first.day, .done, amount: amount, note: note) }
    if isSkipped { return .init(first.day, .skipped, reason: reason, note: note) }
    return note.isEmpty ? nil : .init(first.day, .note, note: note)
  }

  private mutating func askTarget() {
    guard habit.rules.contains(where: { $0.target == nil }) else { return }
    habit.questions.insert(.target)
    let preset = enough ?? habit.entries.compactMap(\.amount).filter { $0 > 0 }.min() ?? 1_000
    for place in habit.rules.indices where habit.rules[place].target == nil { habit.rules[place].target = preset }
  }
}
