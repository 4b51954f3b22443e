import Domain
import Postgres

/// What the coach of the demo account has said lately, and a conversation with it, all without a model.
struct CoachDemo {
  private let stage: DemoStage

  init(_ stage: DemoStage) { self.stage = stage }

  /// Lets the person talk, and the worker answer.
  func tell() throws {
    try praise()
    let id = ID<Chat>.new(at: stage.now.advanced(minutes: -40))
    let said = [
      "How is my week going?", "What did I miss?", "How do I start again with stretching?", "Make the guitar easier", "Thank you!",
    ]
    for (number, text) in said.enumerated() {
      let now = stage.now.advanced(minutes: number - 40)
      try stage.act { person in
        try stage.db.runAll(Chat.saying(text, in: id, isNew: number == 0, person, stage.services, at: now).statements)
      }
    }
    _ = try stage.worker.runOnce { stage.now }
  }

  /// What was said of habits that were kept yesterday.
  private func praise() throws {
    try stage.act { person in
      let calendar = HabitCalendar(person, at: stage.now)
      let yesterday = calendar.today.advanced(by: -1)
      let writing = CoachWriting(person: person, services: stage.services, now: stage.now.advanced(days: -1), db: stage.db)
      for it in try calendar.reckoned(stage.db.read(Habit.mine("h.status = 'active' \(Habit.inOrder)")), stage.db) {
        guard it.history.cells(yesterday...yesterday, today: calendar.today).first?.mark == .kept else { continue }
        let entered = it.habit.kind == .amount ? it.history.entry(on: yesterday)?.amount : nil
        try writing.write(
          .complete(
            habit: it.habit.name, on: CoachPeriod(yesterday), total: it.figures.total, streak: it.streak,
            amount: entered.map { CoachAmount(thousandths: $0.thousandths, unit: it.habit.unit) }), about: .habit(it.habit.id),
          on: yesterday,
          said: [])
      }
    }
  }
}
