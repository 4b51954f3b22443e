import Domain
import Net
import Postgres

/// Answers what people ask the assistant. Of several jobs of one conversation one answers, message after message in their order; the others find that it
/// is at it and end.
enum AssistantWork {
  static let name = "assistant.chat"

  static func asking(for chat: ID<Chat>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: chat.text, of: person.account, person.id, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    // "CHAT", then "CHAT NUMBER MEMORY" of the message that a model is at.
    let place = run.place.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard let user = run.user, let chat = ID<Chat>(String(place[0])), let person = try Person.acting(user, bench) else { return .done }
    let number = place.count > 1 ? Int(place[1]) : nil
    var memory = place.count > 2 ? String(place[2]) : ""
    let isOurs = try ChatWork.take(chat, run.id, bench.db)
    let waiting = isOurs ? try bench.db.read(AssistantExchange.waiting(in: chat)).first : nil
    // It was stopped, or deleted with its conversation.
    if number != waiting?.number {
      if try AssistantSense(person: person, bench: bench, now: now).hear(&memory, run.moment) == nil {
        try ModelRun.drop(memory, run.moment, bench, now)
      }
      memory = ""
    }
    guard let waiting else {
      if isOurs {
        try bench.db.queue([
          AssistantTurn.dropping(chat), "UPDATE chats SET job_id = NULL WHERE id = \(chat) AND job_id = \(run.id)",
        ])
      }
      return .done
    }
    let moment = number == waiting.number ? run.moment : JobMoment(elapsed: run.moment.elapsed)
    let answering = AssistantAnswering(chat: chat, waiting: waiting, person: person, bench: bench, now: now)
    switch try answering.next(&memory, moment) {
    case .ask(let request, let wait):
      run.place = "\(chat.text) \(waiting.number) \(memory)"
      return .transfer(request, after: wait)
    case .more:
      run.place = "\(chat.text) \(waiting.number) "
      return .again
    case .said:
      run.place = chat.text
      run.done += 1
      return .again
    }
  }
}
