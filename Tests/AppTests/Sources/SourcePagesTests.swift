import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Sources in the browser: nothing yet, some, one that failed; fresh, stale, off; who may.
@Suite struct SourcePagesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test")
  }

  private let text = "# Returns\n\nSend it back within 30 days."

  private func upload(_ name: String, _ bytes: [UInt8], _ fields: [(String, String)] = [], to target: String = "/sources") -> Page {
    var body: [UInt8] = []
    for (name, value) in [("csrf", ana.token())] + fields {
      body += Array("--XX\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    body += Array("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: text/plain\r\n\r\n".utf8)
    body += bytes + Array("\r\n--XX--\r\n".utf8)
    return ana.post(target, raw: body, ["content-type": "multipart/form-data; boundary=XX"])
  }

  @Test func `nothing yet says what a source is`() throws {
    let page = ana.get("/sources")
    #expect(page.status == 200 && page.text.contains("No sources yet") && page.links.contains("/sources/new"))
    #expect(ana.get("/sources/golden").text.contains("No golden questions yet"))
  }

  @Test func `a text that is pasted is cut, shown and found, and called by its heading`() throws {
    let id = try ana.source(["text": text])
    let page = ana.get("/sources/\(id)")
    #expect(page.text.contains("<h1>Returns</h1>") && page.fact("passages") == "1" && page.fact("stale") == "no")
    #expect(page.fact("source") == "fresh" && page.fact("indexed") == site.now.iso && page.fact("used") == "0")
    #expect(page.text.contains("Send it back within 30 days."))
    #expect(ana.get("/sources").text.contains("Returns"))
    #expect(ana.get("/search?q=30+days").text.contains("/sources/\(id)"))
  }

  @Test(arguments: [
    ("a.md", "# Pricing\n\nAll is free.", "Pricing", "All is free."),
    ("a.html", "<!doctype html><title>Prices</title><nav>Home</nav><h1>Pricing</h1><p>All is free.", "Prices", "All is free."),
    ("a.txt", "All is free.", "All is free.", "All is free."),
  ])
  func `a file is taken`(name: String, file: String, title: String, text: String) throws {
    let page = upload(name, Array(file.utf8), [("title", ""), ("text", "")])
    #expect(page.status == 303, "\(page.complaints)")
    let shown = ana.get(try page.location.unwrapped)
    #expect(shown.text.contains("<h1>\(title)</h1>") && shown.text.contains(text) && !shown.text.contains("Home</p>"))
  }

  @Test func `files that are none of these are refused`() throws {
    for bytes in [[0x50, 0x4B, 3, 4, 0, 0], Array(" \n".utf8), [UInt8](repeating: 0x61, count: 262_145)] as [[UInt8]] {
      let page = upload("x.bin", bytes)
      #expect(page.status == 422 && page.complaints.contains("file"))
    }
    #expect(try site.count("SELECT count(*) FROM sources") == 0)
  }

  @Test func `a form that says too little or too much is refused`() throws {
    for (fields, field) in [
      ([("text", "")], "text"), ([("text", " \n")], "text"), ([("url", "ftp://x.test/a")], "url"), ([("url", "nowhere")], "url"),
      ([("url", "https://user:secret@x.test/")], "url"), ([("text", "a"), ("refresh", "daily")], "refresh"),
      ([("text", "a"), ("title", "a\u{7}b")], "title"), ([("text", String(repeating: "a", count: 262_145))], "text"),
    ] as [([(String, String)], String)] {
      let place: Comment = "\(fields), \(field)"
      let body = ([("csrf", ana.token())] + fields).map { "\($0.0)=\(Browser.encoded($0.1))" }.joined(separator: "&")
      let page = ana.post("/sources", raw: Array(body.utf8))
      #expect(page.status == 422 && page.complaints == [field], place)
    }
  }

  @Test func `an address is one source's`() throws {
    let first = try ana.source(["url": "https://x.test/a", "text": "A"])
    let second = try ana.source(["url": "https://x.test/b", "text": "B"])
    #expect(ana.post("/sources", ["url": "https://x.test/a", "text": "C"]).complaints == ["url"])
    #expect(ana.post("/sources/\(second)", ["url": "https://x.test/a", "text": "C", "version": "1"]).complaints == ["url"])
    // Another account's is none of ours.
    try site.person("eve@x.test").source(["url": "https://x.test/a", "text": "A"])
    #expect(ana.post("/sources/\(first)/deletion").status == 303)
    try ana.source(["url": "https://x.test/a", "text": "D"])
    #expect(ana.post("/sources/\(first)/restoration").status == 409)
  }

  @Test func `what is edited on an older version is kept on the form`() throws {
    let id = try ana.source(["title": "A", "text": text])
    let edit: KeyValuePairs = ["title": "B", "text": "Another text.", "enabled": "on", "version": "1"]
    #expect(ana.post("/sources/\(id)", edit).status == 303)
    #expect(ana.get("/sources/\(id)").text.contains("Another text."))
    let stale = ana.post("/sources/\(id)", ["title": "C", "text": "My text.", "enabled": "on", "version": "1"])
    #expect(stale.status == 409 && stale.text.contains("My text."))
    #expect(try site.text("SELECT title || version FROM sources") == "B2")
  }

  @Test func `what is deleted is found nowhere, and comes back whole`() throws {
    let id = try ana.source(["title": "A", "text": text])
    let deleted = ana.post("/sources/\(id)/deletion")
    #expect(deleted.location == "/sources" && ana.get("/sources/\(id)").status == 404)
    #expect(try site.count("SELECT count(*) FROM passages") == 0)
    #expect(ana.post("/sources/\(id)/restoration").status == 303)
    #expect(ana.get("/sources/\(id)").fact("passages") == "1")
    #expect(ana.post("/sources/\(id)/restoration").status == 303)
    #expect(ana.post("/sources/\(id)/deletion").status == 303)
    site.pass(hours: 49)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM sources") == 0)
  }

  @Test func `the list tells the states apart`() throws {
    let ids = try ["Fresh one", "Stale one", "Failing one", "Off one"].map { try ana.source(["title": $0, "text": text]) }
    try site.owner.run("UPDATE sources SET indexed_at = \(site.now.advanced(days: -181)) WHERE id = \(ids[1])::uuid")
    try site.owner.run("UPDATE sources SET failing_since = \(site.now), error = 'status 503' WHERE id = \(ids[2])::uuid")
    #expect(ana.post("/sources/\(ids[3])", ["title": "Off one", "text": text, "version": "1"]).status == 303)
    for (id, state) in zip(ids, ["fresh", "stale", "failing", "off"]) { #expect(ana.get("/sources/\(id)").fact("source") == state) }
    for (state, title) in [("stale", "Stale one"), ("failing", "Failing one"), ("off", "Off one")] {
      let page = ana.get("/sources?state=\(state)")
      #expect(page.text.components(separatedBy: "class=\"row\"").count == 2 && page.text.contains(title))
    }
    #expect(ana.get("/sources?state=failing").text.contains("its host answered 503"))
    #expect(ana.get("/sources?q=nowhere").text.contains("Nothing matches"))
  }

  @Test func `fifty fill a page`() throws {
    for number in 1...52 { try ana.source(["title": "S\(number)", "text": text]) }
    let first = ana.get("/sources")
    let next = try #require(first.links.first { $0.contains("after=") })
    #expect(first.text.components(separatedBy: "class=\"row\"").count == 51)
    #expect(ana.get(next).text.components(separatedBy: "class=\"row\"").count == 3)
  }

  @Test func `viewers and agents read, admins and owners change, strangers see nothing`() throws {
    let id = try ana.source(["title": "A", "url": "https://x.test/a", "text": text])
    let posts = [
      "/sources", "/sources/golden", "/sources/\(id)", "/sources/\(id)/refresh", "/sources/\(id)/deletion", "/sources/\(id)/restoration",
    ]
    let pages = ["/sources", "/sources/\(id)", "/sources/trial?q=returns", "/sources/golden"]
    for role in [Role.viewer, .agent] {
      let reader = try site.person("\(role.rawValue)@x.test", sharing: ana, role: role)
      for page in pages {
        let answer = reader.get(page)
        #expect(
          answer.status == 200 && !answer.links.contains("/sources/new") && !answer.text.contains("method=\"post\" action=\"/sources"))
      }
      #expect(reader.get("/sources/trial?q=returns").text.contains("data-passage=\"\(id)#1\""))
      for page in ["/sources/new", "/sources/\(id)/edit"] { #expect(reader.get(page).status == 403) }
      for post in posts { #expect(reader.post(post, ["text": "x", "version": "1"]).status == 403) }
    }
    let bob = try site.person("bob@x.test", sharing: ana, role: .admin)
    #expect(bob.post("/sources/\(id)", ["title": "B", "text": text, "enabled": "on", "version": "1"]).status == 303)
    let eve = try site.person("eve@x.test")
    #expect(eve.get("/sources/\(id)").status == 404 && eve.get("/sources/\(id)/edit").status == 404)
    for post in posts.dropFirst(2) { #expect(eve.post(post, ["text": "x", "version": "1"]).status == 404) }
    #expect(!eve.get("/sources/trial?q=returns").text.contains("data-passage"))
    #expect(site.browser().get("/sources").status == 303)
  }

  @Test func `a source is text, whatever stands in it`() throws {
    let id = try ana.source([
      "title": "<b>A</b>", "text": "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [x](javascript:alert(1)) alerting",
    ])
    for page in ["/sources", "/sources/\(id)", "/sources/trial?q=alerting", "/sources/\(id)/edit"] {
      let answer = ana.get(page)
      #expect(answer.status == 200)
      for bad in ["<script>alert", "<img src=x", "href=\"javascript", "<b>A"] { #expect(!answer.text.contains(bad), "\(page)") }
    }
  }
}
