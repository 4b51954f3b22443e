import Domain
import Postgres

/// In which order many tasks are changed, so that hardly any has to be tried twice: a chain of hundreds would be gone through hundreds of times.
enum TaskBatchOrder {
  /// To be completed, what is in the way of others comes before them and subtasks before what stands above them; for all else what stands above comes
  /// first, for it takes along what lies below. Those that have nothing to do with each other stay as they were.
  static func order(_ ids: [ID<Task>], _ deed: TaskDeed, _ db: Connection) throws(PostgresError) -> [ID<Task>] {
    if ids.count < 2 { return ids }
    let pairs: [(ID<Task>, ID<Task>)] = try db.rows(
      Query(
        tuple: """
          SELECT l.from_id, l.to_id FROM entity_links l
          WHERE l.user_id = (SELECT me()) AND l.type = 'depends_on' AND l.from_kind = 'task' AND l.to_kind = 'task'
            AND l.from_id = ANY (\(ids)) AND l.to_id = ANY (\(ids))
          UNION ALL
          SELECT c.parent_id, c.id FROM tasks c
          WHERE c.user_id = (SELECT me()) AND c.parent_id = ANY (\(ids)) AND c.id = ANY (\(ids))
          """))
    if deed.name == .completion { return TaskBatchOrder.behind(ids, pairs) }
    return TaskBatchOrder.behind(ids.reversed(), pairs).reversed()
  }

  /// Each of them behind those that it is paired with.
  static func behind<Element: Hashable>(_ all: [Element], _ pairs: [(Element, Element)]) -> [Element] {
    let first = Dictionary(grouping: pairs) { $0.0 }.mapValues { $0.map(\.1) }
    var (order, entered, placed): ([Element], Set<Element>, Set<Element>) = ([], [], [])
    for one in all {
      var way: [(Element, Bool)] = [(one, false)]
      while let (element, isLeft) = way.popLast() {
        if isLeft {
          placed.insert(element)
          order.append(element)
        } else if entered.insert(element).inserted {
          way.append((element, true))
          way += (first[element] ?? []).filter { !placed.contains($0) }.map { ($0, false) }
        }
      }
    }
    return order
  }
}
