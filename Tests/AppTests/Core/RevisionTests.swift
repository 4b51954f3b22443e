import Postgres
import Testing

@testable import App
@testable import Domain

/// What people see and change has a revision that the database counts, whichever statement changes it.
@Suite struct RevisionTests {
  private static let roots = footprints.flatMap(\.roots)

  @Test func `every root has one, and no other table`() throws {
    let site = try Site()
    // What an import remembers is the revision of its task, person or event.
    let tables: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'revision'
            AND table_name NOT IN ('task_sources', 'entity_sources') ORDER BY 1
          """))
    #expect(tables == Self.roots.sorted())
    // What has the version of a form is changed by people. A decision has that of the draft it was about.
    let versioned: [String] = try site.owner.rows(
      Query(
        column: """
          SELECT table_name::text FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'version'
            AND data_type = 'integer' AND table_name NOT IN ('reminder_texts', 'schema_migrations', 'decisions') ORDER BY 1
          """))
    #expect(Set(versioned).isSubset(of: Self.roots))
  }

  /// A site with rows of all features, of three people. It takes longer than all that is tried on its copies.
  private static let filled = Result<Site.Kept, any Error> {
    let site = try Site()
    for number in 0..<3 {
      let ana = try site.person("p\(number)@x.test")
      for footprint in footprints { try footprint.rows(ana) }
    }
    return try site.keep()
  }

  @Test(arguments: roots)
  func `a statement that says nothing of it makes it grow, as does one that says something else`(table: String) throws {
    let site = try Site(copying: Self.filled.get())
    func revisions() throws -> [Int64] {
      try site.owner.rows(Query(column: "SELECT revision::bigint FROM \(name: table) ORDER BY revision"))
    }
    let before = try revisions()
    #expect(before.count >= 3)
    let column: String? = try site.owner.value(
      "SELECT column_name::text FROM information_schema.columns WHERE table_schema = 'public' AND table_name = \(table) AND ordinal_position = 1"
    )
    try site.owner.run("UPDATE \(name: table) SET \(name: column.unwrapped) = \(name: column.unwrapped)")
    #expect(try revisions() == before.map { $0 + 1 })
    try site.owner.run("UPDATE \(name: table) SET revision = 0")
    #expect(try revisions() == before.map { $0 + 2 })
  }
}
