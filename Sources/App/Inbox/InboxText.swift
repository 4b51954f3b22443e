import Domain
import HTML

/// What people are told about items.
enum InboxText {
  static func name(_ kind: InboxLine.Kind, _ words: Words) -> String {
    switch kind {
    case .task: words("Task")
    case .deadline: words("Deadline")
    case .goal: words("Goal")
    case .problem: words("Problem")
    case .reminder: words("Reminder")
    case .habit: words("Habit")
    }
  }

  /// What is said of one that was sorted out.
  static func sorted(_ item: InboxItem, _ thing: InboxThing?, isJoined: Bool, _ words: Words) -> String {
    guard let thing else { return words("“{title}” is thrown away.", ["title": item.short]) }
    let values: KeyValuePairs = ["title": thing.title]
    if isJoined { return words("That is “{title}”, which is on your list.", values) }
    switch thing.kind {
    case .task: return words("“{title}” is a task now.", values)
    case .deadline: return words("“{title}” is a deadline now.", values)
    case .goal: return words("“{title}” is a goal now.", values)
    case .problem: return words("“{title}” is a problem now.", values)
    case .reminder: return words("“{title}” is a reminder now.", values)
    case .habit: return words("“{title}” is a habit now.", values)
    }
  }

  /// "Task: “call Ana” · tomorrow, 09:00 · #home."
  static func understood(_ said: InboxUnderstanding, _ person: Person, _ clock: PageClock, _ words: Words) -> String {
    let kind = said.likeliest
    let title = "\(name(kind, words)): “\(InboxItem.short(said.title(kind), 80))”"
    let chips = InboxChip.all(said, person, clock, words).map(\.text)
    return ([([title] + chips).joined(separator: " · ") + "."] + InboxChip.notes(said, words)).joined(separator: " ")
  }

  /// Words that are a time and cannot be one.
  static func unused(_ unused: QuickEntry.Unused, _ words: Words) -> String {
    let part: KeyValuePairs = ["part": unused.words]
    switch unused.reason {
    case .tooFar: return words("“{part}” is more than a year ahead, so it stays in the title.", part)
    case .impossibleDate: return words("There is no “{part}”, so it stays in the title.", part)
    default: return words("“{part}” is not after now, so it stays in the title.", part)
    }
  }
}

/// Something that was understood of a line, as its row shows it.
struct InboxChip {
  /// `understood-due`, `understood-tag`, …
  let fact: String
  let value: String
  let text: String

  static func all(_ said: InboxUnderstanding, _ person: Person, _ clock: PageClock, _ words: Words) -> [InboxChip] {
    var chips: [InboxChip] = []
    if let due = said.line.due {
      let text = TaskText.say(due, person, today: clock.habitDate(of: person), words)
      chips.append(InboxChip(fact: "understood-due", value: due.at?.iso ?? due.day.iso, text: text))
    }
    if case .series(_, _, let phrase)? = said.line.when {
      chips.append(InboxChip(fact: "understood-repeat", value: phrase.words, text: "↻ " + phrase.words))
    }
    if let number = said.line.priority {
      chips.append(InboxChip(fact: "understood-priority", value: String(number), text: TaskText.priority(number, words)))
    }
    if let minutes = said.line.estimate {
      chips.append(InboxChip(fact: "understood-estimate", value: String(minutes), text: WorkMinutes.text(minutes)))
    }
    chips += said.line.tags.map { InboxChip(fact: "understood-tag", value: $0, text: "#" + $0) }
    if let name = said.personName { chips.append(InboxChip(fact: "understood-person", value: name, text: "@" + name)) }
    if let title = said.goalTitle { chips.append(InboxChip(fact: "understood-goal", value: title, text: "+" + title)) }
    return chips
  }

  /// What of a line stays in the title, and why.
  static func notes(_ said: InboxUnderstanding, _ words: Words) -> [String] {
    let strangers = said.strangers.map { words("“{part}” names nothing here, so it stays in the title.", ["part": $0]) }
    return strangers + (said.line.unused.map { [InboxText.unused($0, words)] } ?? [])
  }
}
