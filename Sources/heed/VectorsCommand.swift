import App
import ArgumentParser
import Postgres

/// Search by meaning, for operators.
struct VectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors", abstract: "Vectors for search by meaning.", subcommands: [Status.self, On.self, Off.self])

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print which models' vectors there are, what waits, and whether pgvector is used.")
    @OptionGroup var settings: SettingsSource

    func run() throws {
      let status = try settings.vectors().status()
      let offered = status.offered.map { "not used; version \($0) can be installed" } ?? "not there"
      print("pgvector: \(status.isOn ? "used" : offered)")
      if status.unfilled > 0 { print("pgvector: \(status.unfilled) pieces to fill; run heed vectors on") }
      print("pieces: \(status.pieces)")
      print("waiting: \(status.waiting)")
      status.sets.forEach { print($0) }
    }
  }

  struct On: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Have searches compare vectors by pgvector, where the database server has it.",
      discussion: """
        Adds a column to the table of vectors and fills it. Searches use it when it is whole; without it they compare signs first. Needs pgvector \
        0.7 or newer. May be ended at any moment and run again.
        """)
    @OptionGroup var settings: SettingsSource

    func run() throws {
      do {
        let filled = try settings.vectors().add()
        print("pgvector is used; \(filled) pieces were filled.")
      } catch let obstacle as VectorColumn.Obstacle {
        switch obstacle {
        case .missing:
          throw Complaint("the database server has no pgvector: install it there (on Debian postgresql-NN-pgvector), or go on without it.")
        case .old(let version): throw Complaint("the database server has pgvector \(version); 0.7 or newer is needed, or go on without it.")
        }
      }
    }
  }

  struct Off: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take the column of pgvector away; searches go on without it.")
    @OptionGroup var settings: SettingsSource

    func run() throws {
      try settings.vectors().remove()
      print("pgvector is not used.")
    }
  }
}

extension SettingsSource {
  /// The vectors, as the owner of the tables.
  fileprivate func vectors() throws -> VectorColumn {
    VectorColumn(try Ready.owner(configuration(as: [.owner]), "heed vectors", migrating: false))
  }
}
