/// todo.txt: a line a task, `x (A) 2027-03-02 2027-03-01 Call Ana +kitchen @phone due:2027-03-05 rec:+1w`.
///
/// Its dates have no times. `+p` is the tag p, `@c` the tag @c. Of `key:value` only `due`, `rec` and `pri` are known; all else is title.
enum TodoTxt {
  static func read(_ text: [UInt8], into draft: inout PlannerFileDraft, _ mayGoOn: () -> Bool) throws(PlannerFile.Refusal) {
    var place = 0
    var number = 0
    while place < text.count {
      let line = text[place...].prefix { $0 != 0x0A && $0 != 0x0D }
      place = line.endIndex
      if place < text.count { place += text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A ? 2 : 1 }
      number += 1
      if number % 64 == 0, !mayGoOn() { throw .tooLong }
      let typed = ImportText.oneLine(String(decoding: line, as: UTF8.self))
      if typed.utf8.isEmpty { continue }
      let task = task(typed, line: number, &draft)
      try draft.add(task, content: typed)
    }
  }

  private static func task(_ line: String, line number: Int, _ draft: inout PlannerFileDraft) -> PlannerFileTask {
    var words = line.utf8.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }[...]
    var task = PlannerFileTask("")
    task.line = number
    if words.first == "x", words.count > 1 {
      task.status = .done
      words.removeFirst()
    }
    takePriority(&words, &task)
    takeDates(&words, &task, draft.zone)
    takePriority(&words, &task)
    take(words, &task, &draft)
    return task
  }

  /// Done on, then made on; of what is open only made on.
  private static func takeDates(_ words: inout ArraySlice<String>, _ task: inout PlannerFileTask, _ zone: Zone) {
    guard let day = words.first.flatMap({ Day(iso: $0) }) else { return }
    words.removeFirst()
    let moment = zone.start(of: day)
    if task.status == .done { task.completed = moment } else { task.created = moment }
    if task.status == .done, let made = words.first.flatMap({ Day(iso: $0) }) {
      words.removeFirst()
      task.created = zone.start(of: made)
    }
  }

  /// What stands behind that: tags, keys that are known, and the title.
  private static func take(_ words: ArraySlice<String>, _ task: inout PlannerFileTask, _ draft: inout PlannerFileDraft) {
    var title: [String] = []
    var again: String?
    for word in words {
      let bytes = Array(word.utf8)
      if bytes.count > 1, bytes[0] == UInt8(ascii: "+") {
        task.tags.append(String(decoding: bytes[1...], as: UTF8.self))
      } else if bytes.count > 1, bytes[0] == UInt8(ascii: "@") {
        task.tags.append(word)
      } else if let value = value("due", bytes), task.due == nil {
        task.due = Day(iso: value).map { Due(day: $0) }
        if task.due == nil {
          draft.note(task.line, "due", value)
          title.append(word)
        }
      } else if let value = value("pri", bytes), value.utf8.count == 1, let letter = value.utf8.first, let priority = priority(letter) {
        if task.priority == nil { task.priority = priority }
      } else if let value = value("rec", bytes), again == nil {
        again = value
        if repeats(value, from: draft.today) == nil {
          draft.note(task.line, "rec", value)
          title.append(word)
        }
      } else {
        title.append(word)
      }
    }
    task.repeats = again.flatMap { repeats($0, from: task.due?.day ?? draft.today) }
    task.title = title.joined(separator: " ")
  }

  private static func takePriority(_ words: inout ArraySlice<String>, _ task: inout PlannerFileTask) {
    guard task.priority == nil, let word = words.first.map({ Array($0.utf8) }), word.count == 3 else { return }
    guard word[0] == UInt8(ascii: "("), word[2] == UInt8(ascii: ")"), let priority = priority(word[1]) else { return }
    task.priority = priority
    words.removeFirst()
  }

  /// A, B, C, and all behind.
  private static func priority(_ letter: UInt8) -> Int? {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) ? min(Int(letter - UInt8(ascii: "A")) + 1, 4) : nil
  }

  private static func value(_ key: String, _ word: [UInt8]) -> String? {
    let head = Array(key.utf8) + [UInt8(ascii: ":")]
    return word.count > head.count && word.starts(with: head) ? String(decoding: word[head.count...], as: UTF8.self) : nil
  }

  /// "1w" from completion, "+1w" from due.
  private static func repeats(_ text: String, from day: Day) -> TaskRepeat? {
    var reader = ByteReader(text)
    let isFromDue = reader.skip(UInt8(ascii: "+"))
    guard let count = reader.number(upTo: 999), count > 0, let letter = reader.take(), reader.isAtEnd,
      let unit = units.first(where: { $0.letter == letter })
    else { return nil }
    var rule = Recurrence(unit.frequency)
    rule.interval = count
    guard count <= Recurrence.longestInterval(unit.frequency) else { return nil }
    // Why it is none does not matter: it stays in the title.
    return try? TaskRepeat(rule, first: day, from: isFromDue ? .due : .completion)
  }

  private static let units: [(letter: UInt8, frequency: Recurrence.Frequency)] = [
    (UInt8(ascii: "d"), .daily), (UInt8(ascii: "w"), .weekly), (UInt8(ascii: "m"), .monthly), (UInt8(ascii: "y"), .yearly),
  ]

  // MARK: - Writing

  static func write(_ task: PlannerFileTask, _ zone: Zone, to bytes: inout [UInt8]) {
    var words: [String] = []
    let letter = task.priority.map { String(decoding: [UInt8(ascii: "A") + UInt8(clamping: $0 - 1)], as: UTF8.self) }
    let isDone = task.status == .done
    if isDone { words.append("x") } else if let letter { words.append("(\(letter))") }
    let completed = isDone ? task.completed.map { zone.local($0).day.iso } : nil
    if let completed { words.append(completed) }
    // Of what is done one date alone would be that of completion.
    if let created = task.created, !isDone || completed != nil { words.append(zone.local(created).day.iso) }
    words.append(task.title)
    words += task.tags.filter { !$0.utf8.contains(0x20) }.map { $0.utf8.first == UInt8(ascii: "@") && $0.utf8.count > 1 ? $0 : "+" + $0 }
    if let due = task.due { words.append("due:" + due.day.iso) }
    if let again = task.repeats.flatMap({ word($0, due: task.due?.day) }) { words.append("rec:" + again) }
    if isDone, let letter { words.append("pri:" + letter) }
    bytes += words.joined(separator: " ").utf8
    bytes.append(0x0A)
  }

  /// Times of day are left off. What says on which days it comes is said by the date on which the task is due: of "every Monday", a week behind a Monday.
  ///
  /// - Returns: nil: a rule that it has no words for.
  private static func word(_ again: TaskRepeat, due: Day?) -> String? {
    var rule = again.rule
    (rule.hours, rule.minutes) = ([], [])
    var plain = Recurrence(rule.frequency)
    plain.interval = rule.interval
    if again.from == .due, let due {
      guard comes(rule, from: again.first, on: due) else { return nil }
      // Of one day in each period none of its weeks is cut by where they begin.
      (rule.weekStart, plain.weekStart) = (.monday, .monday)
      rule = rule.completed(on: again.first, at: .midnight)
      plain = plain.completed(on: due, at: .midnight)
    }
    guard plain == rule, let unit = units.first(where: { $0.frequency == again.rule.frequency }) else { return nil }
    return (again.from == .due ? "+" : "") + "\(again.rule.interval)" + String(decoding: [unit.letter], as: UTF8.self)
  }

  /// Whether a day is one of the rule's: a date that somebody moved by hand would begin another series.
  private static func comes(_ rule: Recurrence, from first: Day, on day: Day) -> Bool {
    let before = day.advanced(by: -1)
    // Why a rule is none does not matter: then it is left off.
    guard let dates = try? TaskRepeat(rule, first: first) else { return false }
    return dates.next(after: Due(day: before), today: before, zone: .utc)?.due.day == day
  }
}
