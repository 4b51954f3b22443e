import Domain
import Net

/// Who finds the coach's words: our templates, or a model whose text was checked. The one place where a text of the coach's can come from elsewhere.
///
/// A job asks it (`ChatWork`, `MessageWork`), in as many steps as there are transfers. Nothing of what it answers is looked at again: what reaches
/// ``CoachTurn/say(_:_:)`` is shown to the person.
struct CoachVoice: Sendable {
  /// Whether it is asked at all for somebody. Where not, the template's words are there at once, and no job is made for a message about a habit.
  let isAsked: @Sendable (CoachWishes) -> Bool
  /// One step.
  ///
  /// - Parameters:
  ///   - memory: its own, at most some hundred bytes, kept from step to step; empty at first. A worker may have died since.
  ///   - moment: with the answer to what it asked for; without one at first, and where a worker died meanwhile.
  let next:
    @Sendable (_ task: CoachTask, _ memory: inout String, _ moment: JobMoment, _ bench: WorkBench, _ now: Instant) throws -> CoachTurn

  /// Words without a model.
  static let templates = CoachVoice(isAsked: { _ in false }) { task, _, _, _, _ in .say(task.template, .template) }

  init(
    isAsked: @escaping @Sendable (CoachWishes) -> Bool,
    next: @escaping @Sendable (CoachTask, inout String, JobMoment, WorkBench, Instant) throws -> CoachTurn
  ) { (self.isAsked, self.next) = (isAsked, next) }
}

/// What is to be said, with all that a model may know.
struct CoachTask {
  let event: CoachEvent
  let person: Person
  /// The only source of its numbers, dates and names.
  let facts: CoachFactTable
  /// Of a chat, oldest first, the last one to be answered; at most ten, none of them kept back. Else empty.
  let messages: [CoachMessage]
  /// What is said when no model is asked, or none of its texts passes.
  let template: CoachText
}

/// What a step came to.
enum CoachTurn {
  /// These words: they are stored and shown.
  case say(CoachText, CoachWritten)
  /// The next step has the answer to this, which leaves after so many milliseconds.
  case ask(HTTPRequest, after: Int = 0)
}
