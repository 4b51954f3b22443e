import Archive
import Domain
import Postgres
import Web

/// Why a file is not taken as habits.
enum HabitImportRefusal: Error, Equatable {
  case file(HabitFileRefusal)
  case archive(Archive.Failure)

  /// Over a limit: 413. All else is 422.
  var isTooLarge: Bool {
    switch self {
    case .file(.tooLarge), .archive(.tooLarge), .archive(.tooManyEntries): true
    case .file, .archive: false
    }
  }
}

extension HabitFile {
  /// Reads a file as it was sent, a packed one too.
  static func sent(_ bytes: [UInt8], _ choices: HabitFileChoices) throws(HabitImportRefusal) -> HabitFile {
    guard HabitFile.isArchive(bytes) else {
      do throws(HabitFileRefusal) { return try HabitFile(bytes, choices: choices) } catch { throw .file(error) }
    }
    let entries: [Archive.Entry]
    do throws(Archive.Failure) {
      entries = try Archive.entries(of: bytes, within: .init(entries: HabitFile.mostParts, bytes: HabitFile.mostUnpacked))
    } catch {
      throw .archive(error)
    }
    do throws(HabitFileRefusal) {
      return try HabitFile(parts: entries.map { .init(name: $0.name, bytes: $0.bytes) }, choices: choices)
    } catch {
      throw .file(error)
    }
  }
}

/// What would come of a file: for each of its habits, whether it is one of the person's.
struct HabitImportPlan {
  /// One habit of the file.
  struct Row {
    /// From 1.
    let number: Int
    let habit: HabitFile.Habit
    /// The same when the same habit is sent again.
    let key: String
    /// What is preset: the habit of the person's that it is. nil: it becomes a new one.
    let match: OwnHabit?
    /// What a new one would be called.
    let name: String
    /// Dates that the match has.
    let known: Int

    var added: Int { habit.entries.count - known }
    /// What is asked last.
    var rule: HabitRule { habit.rules.last.map { HabitRule($0) } ?? HabitRule(.daily) }
  }

  let file: HabitFile
  let rows: [Row]
  /// The person's, in their order.
  let mine: [OwnHabit]

  /// In two round trips, whatever the file holds.
  init(_ file: HabitFile, _ web: Context) throws {
    self.file = file
    let keys = HabitImportPlan.keys(file)
    let (mine, sources) = try web.read(
      OwnHabit.mine,
      Query(
        tuple: "SELECT key, habit_id FROM habit_sources WHERE user_id = (SELECT me()) AND key = ANY (\(keys))",
        as: (String, ID<Habit>).self))
    self.mine = mine
    let matches = HabitImportPlan.matches(file, keys, mine, Dictionary(sources, uniquingKeysWith: { first, _ in first }))
    let dates = try web.read(OwnHabit.dates(matches.compactMap { $0?.id }))
    let known = Dictionary(dates, uniquingKeysWith: { first, _ in first }).mapValues { Set($0) }
    var names = Set(mine.map { $0.name.lowercased() })
    rows = file.habits.enumerated().map { place, habit in
      let own = matches[place].flatMap { known[$0.id] } ?? []
      return Row(
        number: place + 1, habit: habit, key: keys[place], match: matches[place],
        name: HabitImportPlan.free(HabitFile.line(habit.name), in: &names),
        known: own.isEmpty ? 0 : habit.entries.count { own.contains($0.day) })
    }
  }

  /// By what it is called in which kind of file; of several of one name by their order.
  static func keys(_ file: HabitFile) -> [String] {
    var counts: [String: Int] = [:]
    return file.habits.map { habit in
      let name = habit.name.lowercased()
      counts[name, default: 0] += 1
      return Bytes.hex(Keys.sha256(Array("\(file.kind.rawValue)\0\(counts[name] ?? 1)\0\(name)".utf8)))
    }
  }

  /// What an earlier file was joined to, else what is called so: where ticks are ticks and the unit is the same, and no other of the file is it.
  private static func matches(_ file: HabitFile, _ keys: [String], _ mine: [OwnHabit], _ sources: [String: ID<Habit>]) -> [OwnHabit?] {
    let byID = Dictionary(mine.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let byName = Dictionary(grouping: mine) { $0.name.lowercased() }
    var taken: Set<ID<Habit>> = []
    let known = zip(file.habits, keys).map { habit, key -> OwnHabit? in
      guard let own = sources[key].flatMap({ byID[$0] }), own.fits(habit), taken.insert(own.id).inserted else { return nil }
      return own
    }
    return zip(file.habits, known).map { habit, found in
      if let found { return found }
      let own = byName[HabitFile.line(habit.name).lowercased()]?.first { $0.fits(habit) && !taken.contains($0.id) }
      if let own { taken.insert(own.id) }
      return own
    }
  }

  /// The name, with a number where the person or the file has one of that name: "Read 2".
  private static func free(_ name: String, in names: inout Set<String>) -> String {
    if name.utf8.isEmpty || names.insert(name.lowercased()).inserted { return name }
    for number in 2... {
      let ending = " " + String(number)
      let scalars = name.unicodeScalars.prefix(HabitFile.Habit.longestName - ending.utf8.count)
      let numbered = String(String.UnicodeScalarView(scalars)) + ending
      if names.insert(numbered.lowercased()).inserted { return numbered }
    }
    return name
  }
}

extension OwnHabit {
  /// Whether a file's habit can be this one by what is written down for a date.
  func isOfKind(_ habit: HabitFile.Habit) -> Bool { kind.rawValue.utf8.elementsEqual(habit.kind.rawValue.utf8) }

  /// The same, and in the same unit.
  fileprivate func fits(_ habit: HabitFile.Habit) -> Bool {
    isOfKind(habit) && (kind == .tick || unit.lowercased() == HabitFile.line(habit.unit).lowercased())
  }

  /// The dates that habits of the person have.
  static func dates(_ ids: [ID<Habit>]) -> Query<(ID<Habit>, [Day])> {
    Query(
      tuple: """
        SELECT habit_id, array_agg(date) FROM habit_days WHERE user_id = (SELECT me()) AND habit_id = ANY (\(ids)) GROUP BY habit_id
        """, as: (ID<Habit>, [Day]).self)
  }
}
