import Domain
import HTML

extension CoachVoice {
  /// A model where there is one and the person allows it; its text when it holds nothing but what it was told, else the template's.
  static func model(_ server: ModelServer?) -> CoachVoice {
    guard server != nil else { return .templates }
    return CoachVoice(isAsked: { $0.model }) { task, memory, moment, bench, now in
      // Switched off since the job was asked for.
      guard task.person.coach.model, let question = ModelQuestion<String>(task, bench.services.coach) else {
        return .say(task.template, .template)
      }
      switch try ModelCall.step(question, &memory, moment, bench, now) {
      case .waiting(let request, let wait): return .ask(request, after: wait)
      case .written(let text): return .say(CoachText(text: text, source: question.prompt.file), .model)
      case .unwritten(.limit(isNews: true)): return .say(task.template.telling(bench.services.words(task.person.language)), .template)
      case .unwritten: return .say(task.template, .template)
      }
    }
  }
}

extension ModelQuestion where Answer == String {
  /// - Returns: nil when the files lack a prompt, which a test forbids.
  fileprivate init?(_ task: CoachTask, _ library: CoachLibrary) {
    let person = task.person
    guard let file = library.prompt(task.event) else { return nil }
    self.init(
      user: person.id, account: person.account, day: task.facts.today, event: task.event,
      prompt: file.rendered(task.facts, person.personality, person.language, messages: task.messages),
      kinds: task.event == .goalComplete ? [.habit, .goal] : [.habit],
      check: CoachCheck(task.facts, task.event, person.language, library.tone(person.language)))
  }
}

extension CoachText {
  /// With the news that the day's calls are used up, which is told once.
  fileprivate func telling(_ words: Words) -> CoachText {
    CoachText(
      text: text + "\n\n" + words("The model has answered as often as it may today. Until tomorrow the words here are written without AI."),
      source: source)
  }
}
