import Testing
import Web

@testable import App
@testable import Domain

/// Refusals that come before anybody is asked for their session are in the language of whoever has one.
@Suite struct ErrorLanguageTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let method: Web.Method
    let path: String
    var type = "application/x-www-form-urlencoded"
    var body = ""
    var headers: [String: String] = [:]
    let status: Int
    let words: (english: String, portuguese: String)
    var testDescription: String { "\(status) \(path)" }
  }

  static let refusals = [
    Refusal(method: .get, path: "/nowhere", status: 404, words: ("There is nothing here", "Não há nada aqui")),
    Refusal(method: .post, path: "/nowhere", status: 404, words: ("There is nothing here", "Não há nada aqui")),
    Refusal(
      method: .post, path: "/drafts/0192f000-0000-7000-8000-000000000000/nowhere", status: 404,
      words: ("There is nothing here", "Não há nada aqui")),
    Refusal(method: .get, path: "/sign-out", status: 405, words: ("That does not work here", "Isso não funciona aqui")),
    Refusal(method: .other, path: "/reminders", status: 405, words: ("That does not work here", "Isso não funciona aqui")),
    Refusal(
      method: .post, path: "/reminders", body: "x=" + String(repeating: "x", count: 1_000_000), status: 413,
      words: ("That is too large", "Isso é grande demais")),
    Refusal(
      method: .post, path: "/habits/bulk", body: "id=x" + String(repeating: "&id=x", count: 3_000), status: 413,
      words: ("a form holds at most 3000 fields", "um formulário leva no máximo 3000 campos")),
    Refusal(
      method: .post, path: "/reminders", type: "application/json", body: "{}", status: 415,
      words: ("That is not a form", "Isso não é um formulário")),
    Refusal(
      method: .post, path: "/reminders/import", type: "multipart/form-data; boundary=xyz", body: "--xyz", status: 422,
      words: ("The form broke off on its way here.", "O formulário chegou incompleto.")),
    Refusal(
      method: .post, path: "/a/nothing", headers: ["sec-fetch-site": "cross-site"], status: 403,
      words: ("That is not allowed", "Isso não é permitido")),
  ]

  @Test(arguments: refusals, [[:], ["accept-language": "en"]] as [[String: String]])
  func `are in the person's language, whatever the browser asks for`(_ refusal: Refusal, browser: [String: String]) throws {
    let site = try Site()
    for (language, words, others) in [
      (Language.english, refusal.words.english, refusal.words.portuguese), (.portuguese, refusal.words.portuguese, refusal.words.english),
    ] {
      let page = ask(refusal, try site.person("\(language.rawValue.prefix(2))@x.test", language: language), browser)
      #expect(page.status == refusal.status)
      #expect(page.text.contains("<html lang=\"\(language.rawValue)\"") && page.text.contains(words) && !page.text.contains(others))
    }
    let page = ask(refusal, site.browser(), browser)
    #expect(page.status == refusal.status && page.text.contains(refusal.words.english), "nobody")
    #expect(site.logged.isEmpty)
  }

  @Test func `of a session that has ended they are in the browser's`() throws {
    let site = try Site()
    let rui = try site.person("rui@x.test", language: .portuguese)
    try site.owner.run("DELETE FROM web_sessions")
    #expect(rui.get("/nowhere").text.contains("There is nothing here"))
    #expect(rui.get("/nowhere", ["accept-language": "pt"]).text.contains("Não há nada aqui"))
  }

  private func ask(_ refusal: Refusal, _ browser: Browser, _ headers: [String: String]) -> Page {
    let head = ["content-type": refusal.type].merging(refusal.headers) { $1 }.merging(headers) { $1 }
    return browser.send(refusal.method, Array(refusal.path.utf8), head, Array(refusal.body.utf8))
  }
}
