import Domain
import Postgres

/// The goals of the demo account: half done and served by a habit, late, not planned yet, and reached.
struct GoalsDemo {
  private let stage: DemoStage
  private let today: Day

  /// A step, and how far it is since so many days ago.
  private struct Step {
    let draft: SubtaskDraft
    var status = Subtask.Status.pending
    var ago: Int64 = 0
  }

  init(_ stage: DemoStage) {
    self.stage = stage
    today = stage.services.zones.stored("America/Sao_Paulo", rule: "<-03>3").local(stage.now).day
  }

  /// Writes them down, each thing in its own time.
  func tell() throws {
    try make(
      GoalDraft(
        title: "Run ten kilometres without stopping", description: "The race along the *Lagoa*.", category: .health,
        deadline: today.advanced(by: 45)), ago: 70, servedBy: ["Run", "Stretch"],
      [
        Step(
          draft: SubtaskDraft(title: "Five kilometres", successCriteria: "In one go, at any pace.", estimatedDays: 21), status: .completed,
          ago: 41),
        Step(
          draft: SubtaskDraft(title: "Seven kilometres", description: "On Sundays, with Rui.", estimatedDays: 28), status: .completed,
          ago: 9),
        Step(draft: SubtaskDraft(title: "Nine kilometres, twice in one week", estimatedDays: 21), status: .inProgress, ago: 6),
        Step(
          draft: SubtaskDraft(title: "Ten kilometres", successCriteria: "Without stopping, and able to talk after it.", estimatedDays: 14)),
      ])
    try make(
      GoalDraft(title: "Hand in the tax return", category: .finance, deadline: today.advanced(by: -3)), ago: 30,
      [
        Step(draft: SubtaskDraft(title: "Gather the receipts", estimatedDays: 2), status: .completed, ago: 12),
        Step(draft: SubtaskDraft(title: "Fill in the form", estimatedDays: 1)),
      ])
    try make(
      GoalDraft(title: "Read “Grande sertão: veredas”", category: .education, deadline: today.advanced(by: -8)), ago: 96,
      servedBy: ["Read 10 pages"],
      [
        Step(draft: SubtaskDraft(title: "To page 200", estimatedDays: 30), status: .completed, ago: 66),
        Step(draft: SubtaskDraft(title: "To page 400", estimatedDays: 30), status: .completed, ago: 37),
        Step(draft: SubtaskDraft(title: "To the end", estimatedDays: 25), status: .completed, ago: 11),
      ], completedAgo: 11)
    try make(
      GoalDraft(title: "Talk with Abuela in Spanish", category: .personal, deadline: nil), ago: 4, servedBy: ["Spanish vocabulary"], [])
  }

  private func make(_ draft: GoalDraft, ago: Int64, servedBy habits: [String] = [], _ steps: [Step], completedAgo: Int64? = nil) throws {
    var made: ID<Goal>?
    try act(ago) { writing in
      let id = try GoalCommands.make(draft, writing).id
      let words = stage.services.words(writing.person.language)
      for step in steps { _ = try GoalCommands.find(id, writing).add(step.draft, words) }
      try stage.db.run(
        """
        INSERT INTO habit_goals (habit_id, goal_id, user_id)
        SELECT id, \(id), user_id FROM habits WHERE user_id = \(writing.person.id) AND name = ANY (\(habits))
        """)
      made = id
    }
    guard let id = made else { return }
    for (place, step) in steps.enumerated() where step.status != .pending {
      try act(step.ago) { writing in
        let commands = try GoalCommands.find(id, writing)
        _ = try commands.set(commands.steps[place], step.status)
      }
    }
    guard let completedAgo else { return }
    try act(completedAgo, minutes: 2) { writing in
      let commands = try GoalCommands.find(id, writing)
      _ = try commands.complete()
      try commands.speak(CoachWriting(person: writing.person, services: stage.services, now: writing.now, db: stage.db))
    }
  }

  /// What the person does so many days ago.
  private func act(_ ago: Int64, minutes: Int = 0, _ deed: (PlannerWriting) throws -> Void) throws {
    try stage.act { try deed(stage.writing($0, at: stage.now.advanced(days: -ago).advanced(minutes: minutes))) }
  }
}
