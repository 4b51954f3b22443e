import Domain
import Postgres

/// Answers what people say to the coach. Of several jobs of one chat one answers, message after message in their order; the others find that it is at
/// it and end.
enum ChatWork {
  static let name = "coach.chat"

  static func asking(for chat: ID<Chat>, of person: Person, at now: Instant) -> SQL {
    Job.asking(for: name, at: chat.text, of: person.account, person.id, now: now)
  }

  static let kind = JobKind(name) { run, bench, now in
    // "CHAT", then "CHAT NUMBER MEMORY" of the message that a voice is at.
    let place = run.place.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard let user = run.user, let chat = ID<Chat>(String(place[0])), let person = try Person.acting(user, bench) else { return .done }
    guard try take(chat, run.id, bench.db), let waiting = try bench.db.read(ChatExchange.waiting(in: chat)).first else {
      try bench.db.queue(["UPDATE chats SET job_id = NULL WHERE id = \(chat) AND job_id = \(run.id)"])
      return .done
    }
    let isSame = place.count > 1 && Int(place[1]) == waiting.number
    var memory = isSame && place.count > 2 ? String(place[2]) : ""
    let moment = isSame ? run.moment : JobMoment(elapsed: run.moment.elapsed)
    let (task, reply) = try task(waiting, chat, person, bench, now)
    let turn: CoachTurn =
      bench.services.voice.isAsked(person.coach)
      ? try bench.services.voice.next(task, &memory, moment, bench, now) : .say(task.template, .template)
    switch turn {
    case .ask(let request, let wait):
      run.place = "\(chat.text) \(waiting.number) \(memory)"
      return .transfer(request, after: wait)
    case .say(let text, let written):
      let answer = ChatAnswer(text: text, page: reply.page, habit: reply.habit)
      try bench.db.queue([answer.storing(waiting.number, in: chat, written, for: person, at: now)])
      run.place = chat.text
      run.done += 1
      return .again
    }
  }

  /// Locks the chat for this step.
  ///
  /// - Returns: whether this job is the one that answers; false also where the chat is gone.
  static func take(_ chat: ID<Chat>, _ job: ID<Job>, _ db: Connection) throws(PostgresError) -> Bool {
    let taken = try db.run(
      """
      UPDATE chats c SET job_id = \(job) WHERE c.id = \(chat) AND c.deleted_at IS NULL AND (c.job_id IS NULL OR c.job_id = \(job)
        OR NOT EXISTS (SELECT FROM jobs j WHERE j.id = c.job_id AND j.state IN ('pending', 'running')))
      """)
    return taken == 1
  }

  /// What is to be answered; the rules' answer goes with it.
  private static func task(_ waiting: ChatExchange, _ chat: ID<Chat>, _ person: Person, _ bench: WorkBench, _ now: Instant) throws -> (
    CoachTask, ChatReply
  ) {
    let calendar = HabitCalendar(person, at: now)
    // What is said of a month is counted from all of its entries.
    let month = Habit.Reach.from(CalendarMonth(holding: calendar.today).days.lowerBound)
    let (found, before) = try bench.db.read(
      Habit.mine("h.status = 'active' \(Habit.inOrder)", month), ChatExchange.newest(of: chat, before: waiting.number, limit: 10))
    let habits = try calendar.reckoned(found, bench.db)
    let library = bench.services.coach
    let question = library.chat.read(waiting.said, habits: habits.map(\.habit.name), person.language)
    // The figures of its review, so that both say the same.
    let week =
      try question.intent == .week
      ? CoachWeek.read(PersonWeek(holding: calendar.today, weekStart: calendar.weekStart), person, calendar, bench.db) : nil
    let reply = ChatReply(question, habits, week: week, calendar)
    let key = CoachKey(person: person.id, subject: chat, day: calendar.today, event: .chat)
    let words = library.words(person.personality, person.language)
    guard let template = words?.text(for: reply.saying, key, previous: before.first?.prompt) else { throw CoachFilesAreBroken() }
    let messages = before.reversed().filter { !$0.keptBack }.flatMap { exchange in
      [CoachMessage(isPerson: true, exchange.said)] + (exchange.answer.map { [CoachMessage(isPerson: false, $0)] } ?? [])
    }
    let lately = calendar.today.advanced(by: -6)...calendar.today
    let notes = try CoachNote.told(of: habits.map(\.habit.id), lately, to: person, bench)
    var facts = CoachFacts.table(of: habits, notes, calendar, person)
    week?.add(to: &facts)
    return (
      CoachTask(
        event: .chat, person: person, facts: facts,
        messages: (messages + [CoachMessage(isPerson: true, waiting.said)]).suffix(10), template: template),
      reply
    )
  }
}

/// A text is missing in the coach's files: `heed check` says which, and a test forbids it.
struct CoachFilesAreBroken: Error {}
