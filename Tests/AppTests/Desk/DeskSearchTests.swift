import Domain
import Postgres
import TestSupport
import Testing

@testable import App

@Suite("Search of conversations and customers")
struct DeskSearchTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  private func page(_ list: String, _ query: String, _ rest: String = "", as browser: Browser? = nil) -> Page {
    (browser ?? desk.owner).get("/\(list)?q=\(Browser.encoded(query))\(rest)")
  }

  /// One conversation with a word of each kind.
  private func fill() throws -> String {
    let id = try desk.write(
      "Minha reclamação é sobre o pedido PED-2027/123, nota 4711. Two invoices came.", subject: "Entrega atrasada")
    #expect(desk.owner.post("/conversations/\(id)/notes", ["text": "Lembrar do *reembolso*."]).status == 303)
    #expect(desk.owner.post("/conversations/\(id)/tags", ["tags": "vip"]).status == 303)
    try site.owner.run(
      """
      INSERT INTO attachments (id, account_id, message_id, n, name, type, size, state)
      SELECT new_id(\(site.now)), m.account_id, m.id, 1, 'recibo_final.pdf', 'application/pdf', 5, 'large' FROM messages m LIMIT 1
      """)
    return id
  }

  @Test func `Hard case 30: a conversation is found by its words, with and without accents`() throws {
    let id = try fill()
    for (query, isFound) in [
      ("reclamacao", true), ("RECLAMAÇÃO", true), ("reclamac\u{327}a\u{303}o", true), ("reclamacões sobre", true),
      ("PED-2027/123", true), ("ped 123", true), ("ped-123", false), ("4711", true), ("471", true), ("711", false),
      ("ana@customer.example", true), ("ANA@Customer.Example", true), ("customer@ana.example", false), ("customer.example", true),
      ("souza", true), ("atrasada", true), ("atras", true), ("invoice", true), ("reembolso", true), ("vip", true),
      ("recibo_final.pdf", true), ("pedido 4711", true), ("pedido 4712", false),
      ("nota, 4711!", true), ("e", true), ("é", true), ("u", false), ("--- ,", false), ("%", false), ("'", false), ("!", false),
      ("a & b | c", false),
      (String(repeating: "zz ", count: 66), false),
    ] as [(String, Bool)] {
      let place: Comment = "\(query), \(isFound)"
      let page = page("conversations", query)
      #expect(page.status == 200, place)
      #expect(page.links.contains("/conversations/\(id)") == isFound, "\(query)")
      #expect(desk.owner.get("/search?q=\(Browser.encoded(query))").links.contains("/conversations/\(id)") == isFound, "\(query)")
      #expect(site.logged.isEmpty, place)
    }
  }

  @Test(arguments: [
    ("Tenho duas Reclamações.", "reclamacao", true), ("Tenho duas Reclamações.", "reclamação", true),
    ("Uma reclamação.", "reclamacoes", true),
    ("O cartão não chegou.", "cartoes", true), ("O cartão não chegou.", "CARTÕES", true),
    ("O cartao nao chegou.", "cartões", true),
    ("Comprei cartões.", "cartao", true), ("Um pão.", "paes", true), ("Os hotéis.", "hotel", true),
    ("Os itens fiscais.", "item fiscal", true),
    ("Um cartão-presente.", "cartoes-presente", true), ("Um presente, cartão.", "cartoes-presente", false),
    ("Comprei cartões.", "“cartão”", true), ("Comprei cartões.", "cartão azul", false), ("Isto vai mais rápido.", "mal", false),
    ("Two deliveries came.", "delivery", true), ("One invoice came.", "invoices", true), ("Café frio.", "cafe", true),
  ])
  func `Hard case 30: a word is found with its other endings, in both languages`(text: String, query: String, isFound: Bool) throws {
    let id = try desk.write(text, subject: "Pedido")
    #expect(page("conversations", query).links.contains("/conversations/\(id)") == isFound, "\(query)")
    #expect(desk.owner.get("/search?q=\(Browser.encoded(query))").links.contains("/conversations/\(id)") == isFound, "\(query)")
    #expect(site.logged.isEmpty)
  }

  @Test func `a customer is found by name and address`() throws {
    _ = try fill()
    let id = try site.text("SELECT id::text FROM customers").unwrapped
    for (query, isFound) in [
      ("souza", true), ("SOUZÁ", true), ("sou", true), ("ana@customer.example", true), ("customer", true), ("ana", true),
      ("ana souza", true),
      ("reclamacao", false), ("customer.ana", false), ("x", false), ("%", false),
    ] as [(String, Bool)] {
      #expect(page("customers", query).links.contains("/customers/\(id)") == isFound, "\(query)")
    }
  }

  @Test func `what changes is found as it is now`() throws {
    let id = try fill()
    #expect(desk.owner.post("/conversations/\(id)/tags", ["tags": "walrus"]).status == 303)
    #expect(page("conversations", "walrus").links.contains("/conversations/\(id)"))
    #expect(!page("conversations", "vip").links.contains("/conversations/\(id)"))
    try site.owner.run("UPDATE customers SET name = 'Bia Lima'")
    #expect(page("customers", "lima").text.contains("Bia Lima"))
    #expect(page("conversations", "lima").links.contains("/conversations/\(id)"))
    let other = try desk.write("Something else", in: "c2", subject: "Other")
    #expect(desk.owner.post("/conversations/\(id)/merge", ["into": other]).status == 303)
    #expect(page("conversations", "4711").links.contains("/conversations/\(other)"))
    #expect(!page("conversations", "4711").links.contains("/conversations/\(id)"))
  }

  @Test func `neither spam, nor what others have, nor what was emptied is found`() throws {
    let id = try fill()
    let stranger = try Desk(site, as: try site.person("eve@x.test"), type: .chat)
    for list in ["conversations", "customers"] { #expect(!page(list, "souza", as: stranger.owner).text.contains("Souza")) }
    #expect(stranger.owner.get("/search?q=4711").text.contains("Nothing found"))
    try site.owner.run("UPDATE messages SET own = '', emptied_at = \(site.now)")
    #expect(!page("conversations", "4711").links.contains("/conversations/\(id)"))
    #expect(page("conversations", "atrasada").links.contains("/conversations/\(id)"))
    #expect(desk.owner.post("/conversations/\(id)/spam").status == 303)
    #expect(!page("conversations", "atrasada", "&state=all").links.contains("/conversations/\(id)"))
    #expect(page("conversations", "atrasada", "&state=spam").links.contains("/conversations/\(id)"))
    #expect(!desk.owner.get("/search?q=atrasada").links.contains("/conversations/\(id)"))
  }

  /// Newest first, each with a subject that all of them have, and one in a thousand a word of its own.
  private func many(_ count: Int) throws {
    _ = try desk.write("First")
    try site.owner.run(
      """
      INSERT INTO conversations (id, account_id, channel_id, subject, subject_key, customer_id, state, language, is_answerable, last_at, created_at)
      SELECT new_id(t), v.account_id, v.channel_id, CASE WHEN n % 1000 = 7 THEN 'Common walrus ' || n ELSE 'Common ' || n END, '', v.customer_id,
        'open', 'en', true, t, t
      FROM conversations v, generate_series(1, \(count)) n, LATERAL (SELECT \(site.now)::timestamptz - n * interval '1 minute' AS t) x
      """)
    try site.owner.run("ANALYZE")
  }

  @Test func `what thousands hold comes page by page, the newest first; what few hold comes at once`() throws {
    try many(6_000)
    let few = page("conversations", "walrus")
    #expect([7, 1007, 2007, 3007, 4007, 5007].allSatisfy { few.text.contains("Common walrus \($0)<") })
    func numbers(_ page: Page) -> [Int] {
      page.text.components(separatedBy: ">Common ").dropFirst().compactMap { part in
        part.components(separatedBy: "<").first.flatMap { Int($0.components(separatedBy: " ").last ?? "") }
      }
    }
    let first = page("conversations", "common")
    #expect(numbers(first) == Array(1...50))
    let next = try first.links.first { $0.contains("after=") }.unwrapped
    #expect(numbers(desk.owner.get(next)) == Array(51...100))
    #expect(desk.owner.get("/search?q=common").text.contains("All in the list"))
    // In another list none of them stands, however many are looked through.
    #expect(numbers(page("conversations", "common", "&state=waiting")).isEmpty)
    // A rare one among many: the walk ends, and goes on from where it ended.
    try site.owner.run("UPDATE conversations SET state = 'closed', closed_at = last_at WHERE subject NOT LIKE 'Common%0'")
    #expect(numbers(page("conversations", "common")) == (1...50).map { 10 * $0 })
  }

  @Test(arguments: [("conversations", "walrus"), ("conversations", "reclamações"), ("customers", "walrus")])
  func `a search looks into the index of words, as the role that serves`(list: String, query: String) throws {
    try many(300)
    let watch = try site.watchRequests()
    #expect(page(list, query).status == 200)
    let asked = watch.plans.filter { $0.contains("FROM desk_words w") }
    #expect(asked.count >= 2)
    for plan in asked {
      #expect(plan.contains("Bitmap Index Scan on desk_words_words"), "\(plan)")
      #expect(!plan.contains("Seq Scan on desk_words"), "\(plan)")
    }
    // The list itself goes by ids.
    // Who asks, and what the rail counts of the one message there is, is another query's.
    let walked = watch.plans.filter { plan in
      !plan.contains("Query Text: ARRAY[") && (plan.contains("Seq Scan on messages") || plan.contains("Seq Scan on desk_words"))
    }
    #expect(walked == [])
  }

  @Test func `a text of a megabyte, and words of a thousand letters, are taken in`() throws {
    let long = String(repeating: "longword", count: 400) + " " + (0..<20_000).map { "w\($0)" }.joined(separator: " ")
    let id = try desk.write(long + " walrus", subject: "Long")
    #expect(page("conversations", "w77").links.contains("/conversations/\(id)"))
    #expect(site.logged.isEmpty)
  }
}
