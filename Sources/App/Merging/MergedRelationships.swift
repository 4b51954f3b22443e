import Domain
import Postgres

/// What becomes of relationships when two people are made one, without a database: those of whoever goes lead to the survivor, equal ones keep the
/// stronger strength and the older date, those between the two are dropped (RULES 9.16).
struct MergedRelationships {
  enum Fate: String, Bindable, FromColumn {
    case moved
    /// Into an equal one.
    case joined
    case dropped
  }

  /// One that is not as it was.
  struct Change {
    let id: ID<Relationship>
    let fate: Fate
    /// The equal one that it is joined with.
    let into: ID<Relationship>?
    /// What it says from now on; nil: it is gone.
    let said: Relationship?
  }

  private(set) var changes: [Change] = []
  /// Those of the survivor that took something over.
  let renewed: [Standing]

  /// - Parameters:
  ///   - all: of both, the oldest first.
  ///   - gone: who is merged into the survivor.
  init(_ all: [StoredRelationship], from gone: ID<Thing>, to survivor: ID<Thing>) {
    func isOf(_ stored: StoredRelationship, _ id: ID<Thing>) -> Bool { stored.from == id || stored.to == id }
    var standing: [Standing] = all.enumerated().compactMap { age, stored in
      isOf(stored, gone) ? nil : stored.said.map { Standing(stored, $0, age) }
    }
    for (age, stored) in all.enumerated() where isOf(stored, gone) {
      if isOf(stored, survivor) {
        changes.append(Change(id: stored.id, fate: .dropped, into: nil, said: nil))
        continue
      }
      // A word that this program does not know stays where it is.
      guard let said = stored.said?.moved(from: gone, to: survivor) else { continue }
      if let place = standing.firstIndex(where: { $0.isSame(as: said) }) {
        standing[place].join(stored)
        changes.append(Change(id: stored.id, fate: .joined, into: standing[place].id, said: nil))
        continue
      }
      if let rival = standing.firstIndex(where: { $0.said.excludes(said) }) {
        // One attends or declined: the newer stands.
        let isNewer = standing[rival].age < age
        changes.append(Change(id: isNewer ? standing[rival].id : stored.id, fate: .dropped, into: nil, said: nil))
        if !isNewer { continue }
        standing.remove(at: rival)
      }
      standing.append(Standing(stored, said, age))
      changes.append(Change(id: stored.id, fate: .moved, into: nil, said: said))
    }
    renewed = standing.filter(\.isRenewed)
  }

  /// One that stands once both are one.
  struct Standing {
    let id: ID<Relationship>
    let said: Relationship
    let age: Int
    private(set) var strength: Int
    private(set) var since: Day?
    private(set) var until: Day?
    private(set) var notes: String
    private(set) var isRenewed = false

    init(_ stored: StoredRelationship, _ said: Relationship, _ age: Int) {
      (id, self.said, self.age) = (stored.id, said, age)
      (strength, since, until, notes) = (stored.strength, stored.since, stored.until, stored.notes)
    }

    /// Whether another would be its row, or says what it says.
    func isSame(as other: Relationship) -> Bool {
      if said.isSame(as: other) { return true }
      let (mine, its) = (said.columns, other.columns)
      return said.from == other.from && said.to == other.to && mine.isOwn == its.isOwn && mine.words.utf8.elementsEqual(its.words.utf8)
    }

    /// The stronger and the older; over only when both are.
    mutating func join(_ other: StoredRelationship) {
      let before = (strength, since, until, notes)
      strength = max(strength, other.strength)
      since = [since, other.since].compactMap(\.self).min()
      if let mine = until, let its = other.until { until = max(mine, its) } else { until = nil }
      if notes.utf8.isEmpty { notes = other.notes }
      isRenewed = isRenewed || before != (strength, since, until, notes)
    }
  }
}
