import Foundation
import Postgres
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Searches find what reading every text would, whatever is asked for, and cost the same however much there is.
@Suite struct ReminderSearchTests {
  private let site: Site
  private let (ana, eve): (Browser, Browser)

  init() throws {
    site = try Site()
    (ana, eve) = (try site.person("ana@x.test"), try site.person("eve@x.test"))
  }

  /// Stores reminders past the form.
  private func store(_ titles: SQL, for person: Browser, status: SQL = "'active'", description: SQL = "''") throws {
    try site.owner.run(
      """
      INSERT INTO reminders (id, user_id, profile_id, title, description, importance, status, next_at, created_at, updated_at)
      SELECT gen_random_uuid(), \(person.user), (SELECT id FROM profiles WHERE user_id = \(person.user) AND preset = 'gentle'), title,
        \(description), (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], \(status), t, t, t
      FROM (\(titles)) x (n, title), LATERAL (SELECT \(site.now)::timestamptz + n * interval '1 minute' AS t) y
      """)
  }

  /// The titles on all pages, in order, and how many pages there were.
  private func walk(_ first: String) -> (titles: [String], pages: Int) {
    var (titles, pages, target) = ([String](), 0, Optional(first))
    while let address = target, pages < 100 {
      let page = ana.get(address)
      #expect(page.status == 200)
      titles += page.text.components(separatedBy: " id=\"r").dropFirst().filter { $0.first?.isNumber == true }.compactMap { part in
        part.firstIndex(of: ">").map { String(part[part.index(after: $0)...].prefix { $0 != "<" }) }
      }
      target = page.links.first { $0.contains("after=") }
      pages += 1
    }
    return (titles, pages)
  }

  private static let texts = [
    "Pay the rent, 50% off", "pay_the_rent", "C:\\temp\\x", "Água às plantas", "agua as plantas", "日本語を勉強", "日記", "it''s", "a", "aa", "é",
    "Straße", "ISTANBUL", "x & y <b>", "🦊 fox", "tab\tin", "a title of some length, with words that come again and again and again",
  ]

  /// What a search takes for the same: small letters without the marks of U+0300 to U+036F.
  private static func plain(_ text: String) -> [UInt8] {
    let letters = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter { !(0x300...0x36F).contains($0.value) }
    return Array(String(String.UnicodeScalarView(letters)).precomposedStringWithCanonicalMapping.lowercased().utf8)
  }

  @Test func `what is found is what holds the words, whatever marks their letters bear`() throws {
    let texts = Self.texts
    try store("SELECT n, title FROM unnest(\(texts)) WITH ORDINALITY AS x (title, n)", for: ana)
    try store("SELECT n, 'Note ' || n FROM generate_series(1, 17) n", for: ana, description: "(\(texts)::text[])[n]")
    try store("SELECT n, title FROM unnest(\(texts)) WITH ORDINALITY AS x (title, n)", for: eve)
    var asked: Set<String> = [
      "%", "_", "\\", "''", "'", "zz", "A", "É", "é", "AGUA", "água", "ÁGUA", "本", "日", "語を", "SS", "i", "ı", "🦊", "\u{303}",
    ]
    for text in texts {
      let characters = Array(text)
      for length in [1, 2, 3, 4, 7, 20] {
        for start in stride(from: 0, to: characters.count - length + 1, by: 3) { asked.insert(String(characters[start..<start + length])) }
      }
    }
    #expect(asked.count > 150)
    let db = try site.connection("heed_web")
    try db.run("SELECT set_config('heed.user_id', \(ana.user.text), false)")
    let all: [(ID<Reminder>, String, String)] = try site.owner.rows(
      Query(tuple: "SELECT id, title, description FROM reminders WHERE user_id = \(ana.user)"))
    for words in asked {
      let found = try db.rows(ReminderSearch.holding(words))
      let plain = Self.plain(words)
      let expected = plain.isEmpty ? [] : all.filter { Self.plain($0.1).contains(plain) || Self.plain($0.2).contains(plain) }.map(\.0)
      #expect(Set(found) == Set(expected) && found.count == expected.count, "\(words)")
    }
  }

  @Test(arguments: ["relatorio", "RELATÓRIO", "relato\u{301}rio", "Relatorio"])
  func `letters with marks and without are the same, among few and among many`(words: String) throws {
    let path = "/reminders?q=" + words.utf8.map { "%" + String($0, radix: 16) }.joined()
    let id = try ana.remind(["title": "Monthly", "description": "O relato\u{301}rio, por favor."])
    try site.owner.run("UPDATE reminders SET title = 'Relatório' WHERE id = \(id)::uuid")
    _ = try ana.remind(["title": "Relate it"])
    #expect(walk(path).titles == ["Relatório"])
    try store("SELECT n, CASE WHEN n % 2 = 0 THEN 'Relatório ' ELSE 'relatorio ' END || n FROM generate_series(1, 1600) n", for: ana)
    let many = ana.get(path)
    #expect(many.text.contains("Relatório 2<") && many.text.contains("relatorio 1<") && !many.text.contains("Relate it"))
    _ = try ana.habit(["name": "Relatório"])
    #expect(ana.get(path.replacingOccurrences(of: "reminders", with: "habits")).text.contains("Relatório"))
  }

  @Test func `it finds what was edited, and not what it was before`() throws {
    let id = try ana.remind(["title": "Water the fern", "description": "In the hall."])
    let version = try site.count("SELECT version FROM reminders")
    for (words, isThere) in [("FERN", true), ("hall", true), ("cactus", false)] {
      #expect(ana.get("/reminders?q=" + words).text.contains("Nothing matches") == !isThere)
    }
    try site.owner.run("UPDATE reminders SET title = 'Water the cactus', version = \(version + 1) WHERE id = \(id)::uuid")
    for (words, isThere) in [("fern", false), ("hall", true), ("CACTUS", true), ("l.", true)] {
      #expect(ana.get("/reminders?q=" + words).text.contains("Nothing matches") == !isThere)
    }
    #expect(ana.post("/reminders/\(id)/deletion").status == 303)
    #expect(try site.count("SELECT count(*) FROM reminder_words") == 0)
  }

  /// 2,000 hold the word where nobody looks, three do at the end of a long way, and the way is gone in pages.
  @Test(arguments: ["due", "title", "importance"])
  func `a word that many hold is looked for page by page, and each of them found once`(sort: String) throws {
    try store("SELECT n, 'Zebra ' || n FROM generate_series(1, 2000) n", for: ana, status: "'archived'")
    try store("SELECT n, CASE WHEN n > 3500 THEN 'zebra at last' ELSE 'A' || n END FROM generate_series(1, 3503) n", for: ana)
    let first = ana.get("/reminders?q=ZEBRA&sort=\(sort)")
    let goesOn = first.links.contains { $0.contains("after=") }
    // By importance two of them stand before the end of the way.
    if sort != "importance" {
      #expect(goesOn && first.text.contains("Nothing found so far") && !first.text.contains("Nothing matches"))
      try site.owner.run("UPDATE users SET language = 'pt-BR'")
      #expect(ana.get("/reminders?q=ZEBRA&sort=\(sort)").text.contains("Nada encontrado até aqui"))
    }
    let (titles, pages) = walk("/reminders?q=ZEBRA&sort=\(sort)")
    #expect(titles == ["zebra at last", "zebra at last", "zebra at last"])
    #expect(pages == 2)
    let all = walk("/reminders?q=zebra&status=all&sort=\(sort)")
    #expect(all.titles.count == 2_003 && Set(all.titles).count == 2_001)
    #expect(all.pages < 45)
    #expect(walk("/reminders?q=zebra%20at&sort=\(sort)").titles.count == 3)
    #expect(ana.get("/reminders?q=zebra").header("ETag") != nil)
  }

  @Test func `entries of others are not read`() throws {
    try store("SELECT n, 'Zebra ' || n FROM generate_series(1, 3000) n", for: eve)
    _ = try ana.remind(["title": "Zebra"])
    try site.owner.run("VACUUM ANALYZE reminder_words")
    let read: SQL = "SELECT idx_tup_read FROM pg_stat_all_indexes WHERE indexrelname = 'reminder_words_runs'"
    let before = try site.count(read)
    #expect(ana.get("/reminders?q=zebra").text.contains("Zebra"))
    try site.web.run("SELECT pg_stat_force_next_flush()")
    let after = try site.count(read)
    #expect(after - before == 1)
  }
}
