import Postgres
import Testing

@testable import App
@testable import Domain

/// Which tags a merge brings, and which go back with it.
@Suite struct MergedTagsTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func path(_ id: String) -> String { "/conversations/\(id)" }

  /// A conversation with tags.
  private func tagged(_ name: String, _ tags: String) throws -> String {
    let id = try desk.write("About \(name)", in: name, subject: "About \(name)")
    tag(id, tags)
    return id
  }

  private func tag(_ id: String, _ tags: String) { #expect(desk.owner.post(path(id) + "/tags", ["tags": tags]).status == 303) }

  private func tags(_ id: String) -> String? { desk.owner.get(path(id)).fact("tags") }

  private func merge(_ one: String, into other: String) {
    #expect(desk.owner.post(path(one) + "/merge", ["into": other, "nonce": one]).status == 303)
  }

  private func takeBack(_ one: String, from other: String) throws {
    let first = try site.text(
      "SELECT messages[1]::text FROM conversation_merges WHERE source_id = \(one)::uuid AND merged_at IS NOT NULL AND undone_at IS NULL"
    ).unwrapped
    #expect(desk.owner.post(path(other) + "/split", ["message": first, "nonce": one + other]).location == path(one))
  }

  @Test func `Hard case 21: a merge brings its tags along, and taken back it takes those away that nothing else brought`() throws {
    let (a, b, c) = (try tagged("a", "vip, Delivery, late"), try tagged("b", "late, abroad"), try tagged("c", "delivery, own"))
    merge(a, into: c)
    #expect(tags(c) == "delivery, own, vip, late")
    merge(b, into: c)
    #expect(tags(c) == "delivery, own, vip, late, abroad")
    try takeBack(a, from: c)
    #expect(tags(c) == "delivery, own, late, abroad")
    #expect(tags(a) == "vip, Delivery, late")
    try takeBack(b, from: c)
    #expect(tags(c) == "delivery, own")
    #expect(tags(b) == "late, abroad")
  }

  @Test func `Hard case 21: of three in a row each has its own tags again`() throws {
    let (a, b, c) = (try tagged("a", "one"), try tagged("b", "two"), try tagged("c", "three"))
    merge(a, into: b)
    merge(b, into: c)
    #expect(tags(c) == "three, two, one")
    try takeBack(b, from: c)
    #expect(tags(c) == "three" && tags(b) == "two, one")
    try takeBack(a, from: b)
    #expect(tags(b) == "two" && tags(a) == "one")
  }

  @Test func `A tag that somebody took off and set again stays, as does what was set since`() throws {
    let (a, c) = (try tagged("a", "vip, late"), try tagged("c", ""))
    merge(a, into: c)
    tag(c, "late")
    tag(c, "late, vip, new")
    try takeBack(a, from: c)
    #expect(tags(c) == "vip, new")
  }

  @Test func `Ten tags are enough, its own first`() throws {
    let own = (1...9).map { "t\($0)" }.joined(separator: ", ")
    let (a, c) = (try tagged("a", "x, y"), try tagged("c", own))
    merge(a, into: c)
    #expect(tags(c) == own + ", x")
    try takeBack(a, from: c)
    #expect(tags(c) == own && tags(a) == "x, y")
  }

  @Test func `Tags that a merge brought are found, and gone with the customer`() throws {
    let (a, c) = (try tagged("a", "zebra"), try tagged("c", "own"))
    merge(a, into: c)
    #expect(desk.owner.get("/conversations?q=zebra").links.contains(path(c)))
    let customer = try site.text("SELECT customer_id::text FROM conversations WHERE id = \(c)::uuid").unwrapped
    #expect(desk.owner.post("/customers/\(customer)/erasure", ["password": Site.password]).status == 303)
    #expect(try site.count("SELECT count(*) FROM conversation_merges WHERE tags <> '{}'") == 0)
  }
}
