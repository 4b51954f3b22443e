import Domain
import HTML
import Postgres
import Web

/// What the assistant answers without a model: by the grammar, from what the tools read, with the same proposals (RULES 9.35).
struct RulesAnswer {
  let tools: AssistantTools
  /// What was asked, as typed: what a proposal is for.
  let said: String
  var reading: ToolReading { tools.reading }
  var words: Words { reading.words }
  var language: Language { reading.person.language }

  /// How many things an answer lists.
  static let listed = 12

  /// - Parameter tools: over a reach that is not for a model: what the person asks they are shown whole.
  /// - Returns: nil: the grammar does not understand it.
  static func answer(_ said: String, _ tools: AssistantTools) throws -> AssistantAnswer? {
    let answer = RulesAnswer(tools: tools, said: said)
    let reading = tools.reading
    let grammar = AssistantGrammar(reading.phrases, today: reading.today, weekStart: reading.person.weekStart)
    return try grammar.read(said).map { try answer.answer($0) }
  }

  /// What an answer by the rules looks for by its sense as well; nil: it looks for nothing.
  static func looked(_ said: String, _ reading: ToolReading) -> String? {
    let wish = AssistantGrammar(reading.phrases, today: reading.today, weekStart: reading.person.weekStart).read(said)
    guard let wish else { return said }
    return if case .find(let text) = wish { text } else { nil }
  }

  private func answer(_ wish: AssistantWish) throws -> AssistantAnswer {
    switch wish {
    case .due(let days): try due(days)
    case .overdue: try late()
    case .recent: try recent()
    case .agenda(let days): try agenda(days ?? AssistantDays(reading.today, reading.today))
    case .nextEvent: try nextEvent()
    case .free(let days, let minutes): try free(days, minutes ?? 60)
    case .find(let text): try find(text)
    case .advice: try advice()
    case .who(let name): try person(name) { try who($0) }
    case .lastSeen(let name): try person(name) { lastSeen($0) }
    case .nextSeen(let name): try person(name) { nextSeen($0) }
    case .task(let line): try task(line)
    case .reminder(let line): try reminder(line)
    case .event(let line): try event(line)
    case .person(let line): try newPerson(line)
    case .snooze(let target, let until): try snooze(target, until)
    case .done(let target): try step(target, .completion)
    case .start(let target): try step(target, .start)
    case .reopen(let target): try step(target, .reopening)
    case .delete(let target): try delete(target)
    case .deleteAll:
      says(
        words("I never delete many things at once, and nothing without you. Name one thing, and I propose to move it into the trash."))
    case .yes: try decide(words("I accept nothing for you. Press the button on the proposal itself."))
    case .no: try decide(words("Nothing was done. Refuse the proposal on its page, or leave it: it ends by itself."))
    case .help: says(help)
    case .noTime(let typed): says(refusal(typed))
    case .unclearDate(let typed):
      says(words("“{date}” can mean two days. Write the month as a word, or the date like 2027-03-14.", ["date": ToolText.plain(typed)]))
    case .thanks: says(words("You are welcome."))
    case .hello: says(ToolText.paragraphs([words("Hello. Ask what is due, who somebody is, or when you are free."), help]))
    }
  }

  func says(_ text: String) -> AssistantAnswer { AssistantAnswer(text: text) }

  private var help: String {
    words("You can ask, for example:") + "\n\n" + ToolText.list(RulesAnswer.examples(words).map { ToolText.plain($0) })
  }

  /// What the help offers to ask: each is understood in its own language.
  static func examples(_ words: Words) -> [String] {
    [
      words("What is due this week?"), words("Who is Ana?"), words("When did I last see Ana?"),
      words("When am I free on thursday for 60 minutes?"),
      words("What is on tomorrow?"), words("What should I do now?"), words("Add task buy milk friday"),
      words("Remind me to call Ana tomorrow at 9"),
      words("Snooze the dentist until friday"), words("Find the gate code"),
    ]
  }

  // MARK: - What is named in answers

  /// Notes that an answer gives a thing, and links to it.
  func named(_ thing: ToolThing) -> String {
    _ = reading.reach.number(of: thing.given(reading.person))
    return ToolText.link(thing)
  }

  /// "on Friday 5 March", "today", "until Friday 5 March".
  func when(_ days: AssistantDays) -> String {
    let today = reading.today
    func date(_ day: Day) -> String { HabitWords.date(day, today: today, language) }
    if days.first == days.last, !days.isUntil {
      if days.first == today { return words("today", context: "assistant") }
      if days.first == today.advanced(by: 1) { return words("tomorrow", context: "assistant") }
      // In Portuguese these two are "no", the others "na".
      if days.first.weekday == .saturday || days.first.weekday == .sunday {
        return words("on {date}", ["date": date(days.first)], context: "assistant, saturday or sunday")
      }
      return words("on {date}", ["date": date(days.first)], context: "assistant")
    }
    if days.first <= today { return words("until {date}", ["date": date(days.last)], context: "assistant") }
    return words("from {date} to {end}", ["date": date(days.first), "end": date(days.last)], context: "assistant")
  }

  /// What stands below a list that was cut.
  func more(_ isMore: Bool, _ path: Path) -> String {
    isMore ? "[\(ToolText.plain(words("There is more. See all of it.")))](\(path.text))" : ""
  }

  /// What something is called in a list, with its kind.
  func kind(_ thing: ToolThing) -> String { FoundKind(rawValue: thing.kind)?.name(words) ?? thing.kind }

  /// What is wrong with a time that was typed.
  func refusal(_ typed: String) -> String {
    do throws(PhraseError) {
      _ = try Phrase(typed, reader: reading.phrases)
      return refusal(typed, .unknown)
    } catch {
      return refusal(typed, error)
    }
  }

  func refusal(_ typed: String, _ error: PhraseError) -> String {
    let part = ToolText.plain(ToolText.short(RulesAnswer.withoutLead(typed)))
    switch error {
    case .impossibleDate: return words("There is no “{part}”. Say a day or a time that there is.", ["part": part])
    case .past, .notPositive: return words("“{part}” is not after now. Say a later time.", ["part": part])
    case .tooFar: return words("“{part}” is more than a year ahead. Say a time within one year.", ["part": part])
    case .empty, .tooLong, .unknown:
      return words("“{words}” is no time that I understand. Try “tomorrow at 9” or “friday”.", ["words": part])
    }
  }

  /// "2027-02-30" of "on 2027-02-30".
  private static func withoutLead(_ typed: String) -> String {
    let parts = typed.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1)
    guard parts.count == 2, let first = parts.first, let last = parts.last else { return typed }
    return leads.contains(String(decoding: SearchQuery.folded(String(decoding: first, as: UTF8.self)), as: UTF8.self))
      ? String(decoding: last, as: UTF8.self) : typed
  }

  private static let leads: Set = ["on", "at", "by", "in", "until", "till", "em", "no", "na", "ate"]

  /// Several things, to choose from.
  func which(_ asks: String, _ things: [ToolThing]) -> AssistantAnswer {
    says(asks + "\n\n" + ToolText.list(things.prefix(RulesAnswer.listed).map { named($0) + " — " + kind($0) }))
  }

  func notFound(_ name: String) -> AssistantAnswer {
    let path = Paths.search.adding("q", ToolText.short(name))
    let text = words("I found nothing called “{name}”.", ["name": ToolText.plain(ToolText.short(name))])
    return says(text + " [\(ToolText.plain(words("Search for it")))](\(path.text))")
  }

  /// What is open in this chat, for who says yes or no to it.
  private func decide(_ text: String) throws -> AssistantAnswer {
    let open = try reading.db.rows(Proposal.of(reading.reach.chat)).filter { $0.state(at: reading.now) == .open }
    if open.isEmpty { return says(words("Nothing waits for your answer here.")) }
    let rows = open.suffix(RulesAnswer.listed).map { ToolText.link($0.title, Paths.proposal($0.id)) }
    return says(text + "\n\n" + ToolText.list(rows))
  }
}
