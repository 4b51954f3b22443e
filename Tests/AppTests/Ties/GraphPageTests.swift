import Postgres
import Testing

@testable import App
@testable import Domain

/// Drawings of who is around somebody, and the way from one to another, with issue 13's hard case 33. Monday 1 March 2027, noon in New York.
@Suite struct GraphPageTests {
  private let planned: Planned
  private var site: Site { planned.site }
  private var ana: Browser { planned.ana }

  init() throws { planned = try Planned() }

  private func relate(_ from: String, _ word: String, _ to: String, _ more: [(String, String)] = []) throws {
    let (from, to) = (try ana.known(from), try ana.known(to))
    #expect(ana.relating("person:" + from, word, "person:" + to, more).status == 303)
  }

  private func graph(_ name: String, _ headers: [String: String] = [:]) throws -> Page {
    ana.get("/people/\(try ana.known(name))/graph", headers)
  }

  private func way(_ from: String, _ to: String) throws -> Page {
    ana.get("/people/\(try ana.known(from))/path?to=\(try ana.known(to))")
  }

  @Test func `Hard case 33: of 300 around one 40 are drawn and the rest is counted, in the same bytes`() throws {
    let centre = try ana.known("Centre")
    try site.owner.run(
      """
      INSERT INTO people (id, user_id, name, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'P' || lpad(n::text, 3, '0'), \(site.now), \(site.now) FROM generate_series(1, 300) n
      """)
    try site.owner.run(
      """
      INSERT INTO entity_relationships (id, user_id, relationship, from_kind, from_id, to_kind, to_id, strength, created_at, updated_at)
      SELECT gen_random_uuid(), \(ana.user), 'manages', 'person', \(centre)::uuid, 'person', p.id, 1 + right(p.name, 3)::integer % 10, \(site.now),
        \(site.now)
      FROM people p WHERE p.name LIKE 'P%'
      """)
    // As autovacuum does within a minute: plans of when there was nobody are made anew.
    try site.owner.run("ANALYZE people, entity_relationships, search_documents")
    let page = try graph("Centre")
    #expect([page.fact("nodes"), page.fact("edges"), page.fact("left-out")] == ["40", "39", "261"])
    #expect(page.text.components(separatedBy: "<circle").count == 41 && page.text.contains("role=\"img\""))
    // The strongest first, then by name; every node is a link with a name.
    #expect(page.text.contains("aria-label=\"P009: Centre manages P009\"") && page.text.contains("261 more are not drawn."))
    #expect(!page.text.contains("aria-label=\"P001:"))
    // The table says how many it leaves to its next page, which begins with the first of those: each stands once.
    #expect(page.text.contains("150 more are on the next pages") && page.text.contains("/people/\(centre)/graph?from=150#table"))
    let second = ana.get("/people/\(centre)/graph?from=150")
    #expect(second.status == 200 && second.text.contains("Back to the first of the table") && !second.text.contains("on the next pages"))
    func listed(_ page: Page) -> [String] {
      page.text.components(separatedBy: "<th scope=\"row\"").dropFirst().compactMap { $0.components(separatedBy: "</a>").first?.suffix(4) }
        .map { String($0) }
    }
    #expect(listed(page).count == 150 && listed(second).count == 150 && Set(listed(page) + listed(second)).count == 300)
    #expect(ana.get("/people/\(centre)/graph?from=x").status == 422)
    let again = try graph("Centre")
    #expect(page.unmasked == again.unmasked)
    let tag = try page.header("ETag").unwrapped
    #expect(page.header("Cache-Control")?.contains("private") == true)
    #expect(try graph("Centre", ["if-none-match": tag]).status == 304)
    try relate("Centre", "knows", "P001", [("strength", "10")])
    let other = try graph("Centre", ["if-none-match": tag])
    #expect(other.status == 200 && other.text.contains("aria-label=\"P001:"))
    #expect(site.logged.isEmpty, "\(site.logged)")
  }

  @Test func `what is two steps away is drawn, past ones dashed, and nobody alone has an empty drawing`() throws {
    #expect(try graph("Alone").text.contains("No relationship yet"))
    #expect(try graph("Alone").fact("nodes") == "1")
    try relate("Ana", "works_with", "Bea")
    try relate("Bea", "knows", "Cy", [("until", "2027-02-28")])
    try relate("Cy", "knows", "Dan")
    let page = try graph("Ana")
    #expect([page.fact("nodes"), page.fact("edges"), page.fact("left-out")] == ["3", "2", "0"])
    #expect(page.text.contains("Bea knows Cy (does not stand today)") && page.text.contains("data-state=\"past\""))
    #expect(!page.text.contains(">Dan<"))
    #expect(ana.get("/people/0192f000-0000-7000-8000-000000000000/graph").status == 404)
  }

  @Test func `Hard case 33: a path goes over what stands today, in words, and no further than six steps`() throws {
    try relate("Ana", "works_with", "Bea")
    try relate("Bea", "knows", "Cy", [("until", "2027-02-28")])
    let none = try way("Ana", "Cy")
    #expect(none.status == 200 && none.text.contains("There is no path within six steps between Ana and Cy"))
    try relate("Cy", "reports_to", "Bea")
    let found = try way("Ana", "Cy")
    let words = found.text.replacing(try Regex("<[^>]*>"), with: "")
    #expect(found.fact("steps") == "2" && words.contains("Ana works with Bea, who manages Cy."), "\(words)")
    // Six steps are a path, seven are not.
    let chain = ["Cy", "D", "E", "F", "G", "H"]
    for (one, other) in zip(chain, chain.dropFirst()) { try relate(one, "knows", other) }
    #expect(try way("Ana", "G").fact("steps") == "6")
    #expect(try way("Ana", "H").text.contains("There is no path within six steps"))
    let (id, bea) = (try ana.known("Ana"), try ana.known("Bea"))
    // To somebody who is missing, and to nobody at all, there is none; whoever is looked for is a link.
    for query in ["", "?to=", "?to=nobody", "?to=0192f000-0000-7000-8000-000000000000"] {
      #expect(ana.get("/people/\(id)/path\(query)").status == 404, "\(query)")
    }
    #expect(ana.get("/people/\(id)/path?q=be").links.contains("/people/\(id)/path?to=\(bea)"))
    #expect(ana.get("/people/\(id)/path?q=nobody").text.contains("Nobody of that name is among your people."))
    #expect(ana.get("/people/\(id)/path?to=\(id)").text.contains("Both are the same person."))
    #expect(site.logged.isEmpty, "\(site.logged)")
  }
}
