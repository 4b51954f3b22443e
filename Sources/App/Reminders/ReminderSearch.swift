import Domain
import Postgres

/// Finds the reminders that hold some words, letter case and marks aside ("relatorio" finds "Relatório"), in the order of a list.
///
/// What few hold an index finds, and those are put in order. What many hold is soon met on a walk in that order; where it is not, since it is other
/// people's word for what the filters leave out, the walk ends after ``steps`` and the next page goes on from there. So no search costs more than
/// some thousand rows, whatever a person keeps.
enum ReminderSearch {
  /// Up to so many are put in order: fetching them costs what a walk to the first fifty of more does, for a person with 100,000.
  static let few = 1_500
  /// How many rows of a status a page looks through.
  static let steps = 3_000

  /// A row on the way: one that holds the words, or the last that was looked at, or both.
  struct Step {
    let row: ReminderRow
    let holds, isLast: Bool
  }

  /// The page of a list.
  ///
  /// - Throws: ``Failure/signedOut``; database errors.
  static func page(_ filter: ReminderFilter, _ web: Context) throws -> PageOf<ReminderRow> {
    if filter.search.utf8.isEmpty { return PageOf(try web.read(ReminderRow.named(ReminderRow.list(filter)))) }
    let ids = try web.read(holding(filter.search))
    if ids.isEmpty { return PageOf([]) }
    if ids.count <= few { return PageOf(try web.read(ReminderRow.named(ReminderRow.list(filter, among: ids)))) }
    let (names, steps) = try web.read(ProfileName.mine, ReminderRow.walk(filter))
    // Whatever comes behind the end of one status may have others before it.
    let end = steps.firstIndex(where: \.isLast)
    let rows = steps.prefix(end.map { $0 + 1 } ?? steps.count).filter(\.holds).map { $0.row.named(names) }
    return PageOf(rows, goingOnAfter: end.map { steps[$0].row })
  }

  /// Reminders that hold the words: ``few``, or one more, which says that there are others.
  static func holding(_ words: String) -> Query<ID<Reminder>> {
    Query(column: "SELECT * FROM door.holding(\(words), \(few + 1))")
  }
}
