import Domain

/// What was chosen of a file that a worker is to take in, as it waits beside the file: in full, so that it means the same whatever becomes of the
/// person's habits, language and dates meanwhile.
struct HabitImportChoices {
  /// How the file is read. Its `today` is that of the preview.
  let reading: HabitFileChoices
  /// By their number in the file.
  let targets: [(number: Int, target: HabitImportForm.Target)]

  init(_ reading: HabitFileChoices, _ chosen: [HabitImportForm.Chosen]) {
    (self.reading, targets) = (reading, chosen.map { ($0.row.number, $0.target) })
  }

  /// What was chosen, of the file read again.
  ///
  /// - Returns: nil when the file does not have one of them.
  func chosen(of file: HabitFile) -> [HabitImportForm.Chosen]? {
    let keys = HabitImportPlan.keys(file)
    let chosen = targets.compactMap { number, target -> HabitImportForm.Chosen? in
      guard file.habits.indices.contains(number - 1) else { return nil }
      let habit = file.habits[number - 1]
      return .init(row: .init(number: number, habit: habit, key: keys[number - 1], match: nil, name: "", known: 0), target: target)
    }
    return chosen.count == targets.count ? chosen : nil
  }
}

// MARK: - As bytes

extension HabitImportChoices {
  /// A line of how it is read and one for each habit, of fields between tabs. Names come last and are of one line.
  var bytes: [UInt8] {
    let ticks = reading.asTicks.sorted().map { String($0) }.joined(separator: ",")
    let head = [String(reading.today.number), reading.dateOrder?.rawValue ?? "", ticks]
    return Array(([head] + targets.map(Self.fields)).map { $0.joined(separator: "\t") }.joined(separator: "\n").utf8)
  }

  private static func fields(_ number: Int, _ target: HabitImportForm.Target) -> [String] {
    switch target {
    case .joined(let id): [String(number), id.text]
    case .new(let name, let rule):
      [String(number), "", rule.frequency.name.rawValue, String(rule.frequency.bits), String(rule.frequency.times)]
        + (rule.target.map { [String($0.amount.thousandths), $0.direction.rawValue, $0.period.rawValue] } ?? ["", "", ""]) + [name]
    }
  }

  /// - Returns: nil for what is not of this shape.
  init?(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      line.split(separator: 0x09, maxSplits: 8, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
    guard let head = lines.first, head.count == 3, let today = Int(head[0]) else { return nil }
    let ticks = head[2].utf8.split(separator: UInt8(ascii: ",")).compactMap { Int(String(decoding: Array($0), as: UTF8.self)) }
    reading = HabitFileChoices(today: Day(today), dateOrder: .init(rawValue: head[1]), asTicks: Set(ticks))
    let read = lines.dropFirst().compactMap { Self.target($0) }
    if read.count < lines.count - 1 || read.isEmpty { return nil }
    targets = read
  }

  private static func target(_ fields: [String]) -> (number: Int, target: HabitImportForm.Target)? {
    guard fields.count > 1, let number = Int(fields[0]) else { return nil }
    if fields.count == 2 { return ID<Habit>(fields[1]).map { (number, .joined($0)) } }
    guard fields.count == 9, let name = HabitFrequency.Name(rawValue: fields[2]), let bits = Int(fields[3]), let times = Int(fields[4])
    else {
      return nil
    }
    var target: HabitTarget?
    if !fields[5].utf8.isEmpty {
      guard let amount = Int(fields[5]), let direction = HabitTarget.Direction(rawValue: fields[6]),
        let period = HabitTarget.Period(rawValue: fields[7])
      else { return nil }
      target = HabitTarget(Amount(thousandths: amount), direction, per: period)
    }
    return (number, .new(name: fields[8], HabitRule(HabitFrequency(name, days: bits, times: times), target: target)))
  }
}
