import ArgumentParser
import Domain
import Net

/// Habits in files, for operators.
struct HabitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "habits", abstract: "Habits in files.", subcommands: [Reckon.self])

  struct Reckon: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print how many dates the habits of a file have, how many of them were kept, and how long it took to reckon that.",
      discussion: """
        All figures of a habit's page are reckoned from all of its dates, up to the last date of the file. Nothing is stored, and no settings are \
        needed. The file is one that can be imported, unpacked.
        """)
    @Option(help: "How often it is done.") var times = 1
    @Argument(help: "A file.") var path: String

    func run() throws {
      do {
        let file = try HabitFile(MailFiles.bytes(path, limit: HabitFile.mostBytes), choices: HabitFileChoices(today: .last))
        let found = HabitReckonings(file).measure(times)
        print("\(found.dates) dates, \(found.kept) kept, \(Measured.seconds(found.milliseconds))")
      } catch let error as MailFiles.Unreadable {
        throw Complaint(system: "cannot read \(error.path)", error.reason)
      } catch let error as HabitFileRefusal {
        throw Complaint("\(path) is no file of habits: \(error)")
      }
    }
  }
}

/// The habits of a file as their figures are reckoned.
struct HabitReckonings {
  private let histories: [HabitHistory]
  private let today: Day

  init(_ file: HabitFile) {
    let today = file.habits.compactMap { $0.entries.last?.day }.max() ?? .first
    self.today = today
    histories = file.habits.map { habit in
      HabitHistory(
        created: habit.made(today: today), weekStart: .monday, changes: habit.changes(today: today),
        entries: habit.entries.map { HabitEntry($0) },
        pauses: habit.pauses(today: today).map { HabitPause(from: $0.pause.from, until: $0.pause.until) })
    }
  }

  /// Reckons all of them, so many times.
  ///
  /// - Returns: the dates that were gone through, and what they came to.
  func measure(_ times: Int) -> (dates: Int, kept: Int, milliseconds: Int) {
    var (dates, kept) = (0, 0)
    let start = Ticks.now
    for _ in 0..<max(times, 0) {
      for history in histories {
        dates += max(history.start.distance(to: today) + 1, 0)
        kept += history.figures(today: today).total
      }
    }
    return (dates, kept, Ticks.now - start)
  }
}
