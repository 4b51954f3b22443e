import Foundation
import TestSupport
import Testing

@testable import App
@testable import Domain

/// Issue 9, hard case 24: files that are large, packed, broken, in other charsets: read or said, never stored by half.
@Suite struct HabitImportHostileTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    site.now = try Instant(iso: "2027-02-10T15:00:00Z").unwrapped
    ana = try site.person("ana@x.test", zone: "America/Sao_Paulo")
  }

  private func stored() throws -> Int { try site.count("SELECT (SELECT count(*) FROM habit_imports) + (SELECT count(*) FROM habits)") }

  @Test func `hard case 24: a mark, UTF-16 of either kind, Windows-1252, semicolons and line ends of each kind are read`() throws {
    let text = "hábito;data;valor\r\nÁgua – já;2027-02-01;1,5\r\nÁgua – já;2027-02-02;2,5\r\n"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let windows = text.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
    let plain = Array(text.utf8)
    for file in [plain, [0xEF, 0xBB, 0xBF] + plain, little, big, windows, plain.filter { $0 != 13 }, plain.filter { $0 != 10 }] {
      let page = ana.sendHabits(file)
      #expect(page.importFacts == "1 2 0 0" && page.text.contains("<legend>Água – já</legend>"), "\(file.prefix(4))")
    }
  }

  @Test(arguments: [
    ("", "This file is empty."), ("habit,date\nRead,2027\0-02-01\n", "This file is not text."), ("%PDF-1.7 and so on", "no file of habits"),
    ("{\"a\":1}", "no file of habits"), ("[{\"a\":1},\n{", "damaged in line 2"), ("PK\u{3}\u{4}cut off", "This ZIP was cut off"),
    ("Position,Name,Question,Description,NumRepetitions,Interval,Color\n1,A,,,1,1,#303030\n", "Send the whole ZIP as Loop exports it."),
  ])
  func `hard case 24: what is not read says why, and nothing is stored`(text: String, says: String) throws {
    let page = ana.sendHabits(text)
    #expect(page.status == 422 && page.complaints == ["file"] && page.text.contains(says), "\(page.text.suffix(2_000))")
    #expect(try stored() == 0)
  }

  @Test func `hard case 24: 31 February is refused by its line, and what may be day or month is asked`() throws {
    let page = ana.sendHabits("habit;date\nRead;30/01/2027\nRead;31/02/2027\nRead;01/02/2027\n")
    #expect(page.importFacts == "1 2 0 1" && page.text.contains("“31/02/2027” is no date."))
    #expect(page.text.contains("<th scope=\"row\" data-label=\"Line\">3</th>"))
    #expect(try ana.confirmHabits(page).status == 303)
    #expect(try site.days("Read") == ["2027-01-30 done", "2027-02-01 done"])
    let unclear = ana.sendHabits("habit;date\nRead;01/02/2027\nRead;03/02/2027\n")
    #expect(unclear.text.contains("What comes first in its dates?"))
    #expect(try ana.confirmHabits(unclear).complaints == ["date_order"])
  }

  @Test func `hard case 24: a ZIP of 10 GB zeros, with 10,000 entries, encrypted, cut off`() throws {
    var (bomb, many, locked, whole) = (ZipWriter(), ZipWriter(), ZipWriter(), ZipWriter())
    bomb.add("list.csv", Deflated.zeros(100_000).bytes, deflated: 10_000_000_000, crc: 0)
    for number in 0..<10_000 { many.add("\(number).csv", []) }
    locked.add("list.csv", [UInt8](repeating: 7, count: 40), flags: 1)
    whole.add("list.csv", Array("habit,date\nRead,2027-02-01\n".utf8))
    let files: [([UInt8], Int, String)] = [
      (bomb.bytes, 413, "holds too much"), (many.bytes, 413, "holds too much"), (locked.bytes, 422, "has a password"),
      (Array(whole.bytes.dropLast(30)), 422, "was cut off"),
    ]
    for (bytes, status, words) in files {
      let page = ana.sendHabits(bytes, as: "x.zip")
      #expect(page.status == status && page.complaints == ["file"] && page.text.contains(words), "\(words) \(page.status)")
    }
    #expect(ana.sendHabits(whole.bytes, as: "x.bin").importFacts == "1 1 0 0")
    #expect(try stored() == 1)
  }

  @Test func `hard case 24: over 500 habits and over a million days is 413, with nothing stored`() throws {
    let head = "habit,date\n"
    let many = head + (0...500).map { "H\($0),2027-02-01\n" }.joined()
    let page = ana.sendHabits(many)
    #expect(page.status == 413 && page.complaints == ["file"] && page.text.contains("500 habits"))
    let days = (0..<2_000).map { Day(18_000 + $0).iso }
    let long = head + (0..<501).flatMap { habit in days.map { "H\(habit % 500),\($0)\n" } }.joined()
    #expect(long.utf8.count < 25_000_000)
    #expect(ana.sendHabits(long).status == 413)
    #expect(ana.sendHabits([UInt8](repeating: 65, count: 25_000_000)).status == 413, "what is larger than the body may be")
    #expect(try stored() == 0)
  }

  @Test func `500 habits can be confirmed with all of their fields`() throws {
    let preview = ana.sendHabits("habit,date,value\n" + (0..<500).map { "H\($0),2027-02-01,5\n" }.joined())
    #expect(preview.importFacts == "500 500 0 0")
    let fields = (1...500).flatMap { number in
      ["habit_\(number)=new", "name_\(number)=N\(number)", "frequency_\(number)=daily", "times_\(number)=", "target_\(number)=5"]
    }
    let body = (["csrf=\(ana.token())"] + fields).joined(separator: "&")
    let made = ana.post("/habits/import/\(try preview.fact("import").unwrapped)/confirmation", raw: Array(body.utf8))
    #expect(made.status == 303, "\(site.logged)")
    #expect(try site.count("SELECT count(*) FROM habits WHERE name LIKE 'N%'") == 500)
  }

  @Test func `hard case 26: nasty names are shown as typed and stored as they are`() throws {
    let names = [
      "<script>alert(1)</script>", "{{x}}", "=1+1", "a,\"b\"", "\u{202E}abc", "👩‍👩‍👧‍👦", String(repeating: "e\u{301}\u{302}\u{303}", count: 25),
    ]
    let rows = names.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\",2027-02-01\n" }
    let preview = ana.sendHabits("habit,date\n" + rows.joined())
    #expect(preview.text.contains("<legend>&lt;script&gt;alert(1)&lt;/script&gt;</legend>") && !preview.text.contains("<script>alert"))
    #expect(try ana.confirmHabits(preview).status == 303)
    let stored: [String] = try site.owner.rows(.init(column: "SELECT name FROM habits ORDER BY position"))
    #expect(stored.map { Array($0.utf8) } == names.map { Array($0.utf8) })
    // A name that does not fit is cut, and says so.
    let long = ana.sendHabits("habit,date\n\(String(repeating: "e\u{301}", count: 60)),2027-02-01\n")
    #expect(long.text.contains("Too long, so its end is cut off: Name."))
  }

  @Test func `our own file with what no form takes: it is made fit, or refused`() throws {
    let head =
      "record,habit,date,until,state,amount,reason,frequency,days,times,kind,unit,target,direction,period,status,colour,group,preferred_time,name,notes\n"
    let lines = [
      "habit,1,2099-01-01,,,,,,,,amount,km,,,,archived,77,\"a\nb\",25:99,\"Two\nlines\",",
      "frequency,1,2027-01-01,,,,,daily,,,,,0,at_least,day,,,,,,",
      "frequency,1,2028-01-01,,,,,per_week,,3,,,5,at_least,day,,,,,,", "pause,1,2027-01-05,2027-01-05,,,,,,,,,,,,,,,,,",
      "pause,1,2027-01-01,2027-01-03,,,nonsense,,,,,,,,,,,,,,", "day,1,2027-01-04,,done,5,,,,,,,,,,,,,,,",
      "day,9,2027-01-04,,done,5,,,,,,,,,,,,,,,",
    ]
    let preview = ana.sendHabits(head + lines.joined(separator: "\n") + "\n")
    #expect(preview.importFacts == "1 1 0 1")
    #expect(try ana.confirmHabits(preview).status == 303)
    #expect(try site.days("Two lines") == ["2027-01-04 done 5"])
    #expect(try site.text("SELECT created_on || ' ' || status || ' ' || habit_group FROM habits") == "2027-02-10 archived a b")
    #expect(try site.count("SELECT count(*) FROM habit_pauses WHERE kind = 'archive' AND until_date IS NULL") == 1)
    #expect(try site.count("SELECT count(*) FROM habit_pauses") == 2 && site.logged.isEmpty)
  }

  @Test func `dates that are too early and too late are told as the person writes dates`() throws {
    let file = "habit,date\nRead,1969-12-31\nRead,2027-02-11\nRead,2027-02-01\n"
    let page = ana.sendHabits(file)
    #expect(page.text.contains("Wed 31 Dec 1969 is before 1970.") && page.text.contains("Thu 11 Feb 2027 is still to come."))
    try site.owner.run("UPDATE users SET language = 'pt-BR'")
    #expect(try site.visit(as: ana).sendHabits(file).text.contains("31/12/1969 é antes de 1970."))
  }
}
