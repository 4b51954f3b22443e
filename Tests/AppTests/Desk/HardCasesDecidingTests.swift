import Domain
import Postgres
import Testing

@testable import App

/// Decisions that meet each other, a message, or the worker.
@Suite struct HardCasesDecidingTests {
  let site: Site
  let desk: Desk

  init() throws {
    site = try Site()
    desk = try Desk(site)
  }

  // MARK: - 1

  @Test func `Hard case 1: of two sessions that approve at once one is told and keeps its text, and one mail leaves, in fifty rounds`()
    throws
  {
    let devices = try Devices(2, of: desk.owner)
    var winners: [Int] = []
    let all = try desk.waiting(50)
    for (round, waiting) in all.enumerated() {
      let (path, form) = ("/drafts/\(waiting.draft)/approval", desk.fields(waiting.draft))
      let pages = devices.answers { number, browser in
        browser.post(
          path,
          [
            "version": form.version, "seen": form.seen, "nonce": "\(waiting.draft)\(number)",
            "text": "Answer \(round) of session \(number).",
          ])
      }
      try #require(pages.map(\.status).sorted() == [303, 409], "\(round)")
      let loser = pages[0].status == 409 ? 0 : 1
      #expect(pages[loser].fact("conflict") == "decided", "\(round)")
      #expect(pages[loser].area("text") == "Answer \(round) of session \(loser).", "\(round)")
      winners.append(1 - loser)
    }
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 50)
    for (round, winner) in winners.enumerated() {
      #expect(mails.count { $0.contains("Answer \(round) of session \(winner).") } == 1, "\(round)")
      #expect(!mails.contains { $0.contains("Answer \(round) of session \(1 - winner).") }, "\(round)")
    }
  }

  @Test func `Hard case 1: a form that is sent twice at once with one nonce is one decision, and both are led on alike`() throws {
    let devices = try Devices(2, of: desk.owner)
    for waiting in try desk.waiting(20) {
      let (path, form) = ("/drafts/\(waiting.draft)/approval", desk.fields(waiting.draft))
      let pages = devices.answers { _, browser in
        browser.post(path, ["version": form.version, "seen": form.seen, "nonce": waiting.draft, "text": "Once."])
      }
      #expect(pages.map(\.status) == [303, 303])
      #expect(pages.count == 2 && pages[0].location == pages[1].location)
    }
    #expect(try site.count("SELECT count(*) FROM decisions WHERE action = 'edit'") == 20)
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.mails().count == 20)
  }

  // MARK: - 2

  @Test func `Hard case 2: before, while or after the approval, nothing leaves over a message that nobody saw, in two hundred races`()
    throws
  {
    var approved = 0
    let all = try desk.waiting(200)
    // A channel has no more drafts an hour, and each of the races asks for another.
    site.pass(hours: 1)
    let devices = try Devices(2, of: desk.owner)
    for (round, waiting) in all.enumerated() {
      let (path, form, hook) = ("/drafts/\(waiting.draft)/approval", desk.fields(waiting.draft), desk.hook)
      let body = Array(
        desk.body("One more thing.", conversation: waiting.conversation, message: "more", email: waiting.email).utf8)
      let head = desk.signature(of: body)
      // In turn the first and the second of them approves.
      let pages = devices.answers { number, browser in
        if number != round % 2 { return browser.post(hook, raw: body, head) }
        return browser.post(path, ["version": form.version, "seen": form.seen, "nonce": waiting.draft, "text": "Answer \(round)."])
      }
      try #require(pages.count == 2)
      let (answer, message) = (pages[round % 2], pages[1 - round % 2])
      #expect(message.status == 201, "\(round): \(message.text)")
      if answer.status == 303 {
        approved += 1
      } else {
        #expect(answer.status == 409 && answer.fact("conflict") == "newer-message", "\(round)")
        #expect(answer.area("text") == "Answer \(round)." && answer.text.contains("One more thing."), "\(round)")
      }
    }
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.mails().isEmpty)
    #expect(try site.count("SELECT count(*) FROM messages WHERE sending = 'held'") == approved)
    #expect(try site.count("SELECT count(*) FROM messages WHERE direction = 'outbound'") == approved)
  }

  @Test func `Hard case 2: an approval of what a newer message superseded says so, edited or not`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let form = desk.fields(draft)
    try desk.write("And how much?")
    #expect(desk.state(draft) == "superseded")
    let page = desk.owner.post(
      "/drafts/\(draft)/approval", ["version": form.version, "seen": form.seen, "nonce": "a", "text": form.text])
    #expect(page.status == 409 && page.fact("conflict") == "newer-message")
    #expect(page.area("text") == form.text && page.text.contains("And how much?"))
    let successor = try desk.draft()
    #expect(page.links.contains("/drafts/\(successor)"))
    #expect(desk.approve(successor).status == 303)
  }

  @Test func `Hard case 2: what is kept back can be taken back, and nothing of it leaves before it is approved anew`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    desk.approve(draft, "Three days.")
    try desk.write("Never mind.")
    #expect(desk.owner.get("/drafts/\(draft)").fact("sending") == "held")
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
    let page = desk.owner.get("/drafts/\(draft)")
    #expect(page.fact("state") == "pending" && page.area("text") == "Three days.")
    #expect(try site.count("SELECT count(*) FROM drafts WHERE state IN ('asked', 'pending')") == 1)
    #expect(desk.approve(draft, nonce: "again").status == 303)
    site.pass(seconds: 31)
    try site.work()
    #expect(try site.mails().count == 1)
  }

  @Test func `A second draft is not approved while an answer of the same conversation waits for its undo, or is kept back`() throws {
    let conversation = try desk.write("How long?")
    let first = try desk.draft()
    #expect(desk.approve(first).status == 303)
    #expect(desk.owner.post("/conversations/\(conversation)/draft").status == 303)
    let second = try desk.draft()
    let waits = desk.approve(second, "Another answer.", nonce: "b")
    #expect(second != first && waits.status == 409 && waits.fact("conflict") == "decided")
    #expect(waits.area("text") == "Another answer." && waits.text.contains("Another answer leaves in a moment."))
    try desk.write("And how much?")
    let held = desk.approve(try desk.draft(), "A third one.", nonce: "c")
    #expect(held.status == 409 && held.fact("conflict") == "held" && held.area("text") == "A third one.")
    site.pass(seconds: 60)
    try site.work()
    #expect(try site.mails().isEmpty)
  }

  // MARK: - 3

  @Test func `Hard case 3: three messages in a minute are one draft for all three`() throws {
    for text in ["How long?", "To Recife.", "And how much?"] {
      try desk.write(text)
      site.pass(seconds: 20)
    }
    let draft = try desk.draft()
    #expect(try site.count("SELECT count(*) FROM drafts") == 1)
    #expect(try site.count("SELECT cardinality(triggers) FROM drafts") == 3)
    #expect(desk.owner.get("/drafts/\(draft)").text.contains("It answers 3 messages together."))
  }

  // MARK: - 4

  @Test func `Hard case 4: of an undo in the last second and the worker one wins and the other is told, in two hundred races`() throws {
    let devices = try Devices(2, of: desk.owner)
    let worker = try site.worker()
    var sent: [Bool] = []
    for (round, waiting) in try desk.waiting(200).enumerated() {
      #expect(desk.approve(waiting.draft, "Answer \(round).").status == 303)
      site.pass(seconds: 30)
      let now = site.now
      let pages = devices.answers { number, browser in
        browser.site.now = now
        if number == round % 2 {
          _ = try worker.runOnce { now }
          return nil
        }
        return browser.post("/drafts/\(waiting.draft)/undo")
      }
      try #require(pages.count == 1)
      sent.append(pages[0].status == 409)
      if pages[0].status == 409 {
        #expect(pages[0].fact("conflict") == "sent" && pages[0].text.contains("annot be taken back."), "\(round)")
      } else {
        #expect(pages[0].status == 303, "\(round)")
      }
      #expect(desk.state(waiting.draft) == (sent[round] ? "sent" : "pending"), "\(round)")
    }
    site.pass(seconds: 60)
    _ = try worker.runOnce { site.now }
    let mails = try site.mails()
    #expect(mails.count == sent.count { $0 })
    for (round, isSent) in sent.enumerated() {
      #expect(mails.count { $0.contains("Answer \(round).") } == (isSent ? 1 : 0), "\(round)")
    }
  }

  @Test func `Hard case 4: an undo gives back text, files, recipients and claim, and what leaves then has them all`() throws {
    try desk.write("How long?")
    let draft = try desk.draft()
    let (path, form) = ("/drafts/\(draft)/approval", desk.fields(draft))
    let done = desk.send(
      path,
      [
        "version": form.version, "seen": form.seen, "nonce": "a", "text": "See the plan.", "to": "ana@customer.example",
        "cc": "two@customer.example",
      ], files: [("plan.pdf", "application/pdf", "PDF-BYTES")])
    #expect(done.status == 303, "\(done.complaints)")
    #expect(desk.owner.post("/drafts/\(draft)/undo").status == 303)
    let page = desk.owner.get("/drafts/\(draft)")
    #expect(page.fact("state") == "pending" && page.fact("claimed-by") == "Ana" && page.area("text") == "See the plan.")
    let back = try page.form(path).unwrapped
    #expect(back.contains("two@customer.example") && back.contains("plan.pdf (9 B)"))
    let kept = try site.text("SELECT id::text FROM attachments WHERE name = 'plan.pdf'").unwrapped
    let again = desk.fields(draft)
    #expect(again.version == "3")
    let second = desk.owner.post(
      path,
      [
        "version": again.version, "seen": again.seen, "nonce": "b", "text": "See the plan, please.", "to": "ana@customer.example",
        "cc": "two@customer.example", "kept": kept,
      ])
    #expect(second.status == 303, "\(second.complaints)")
    site.pass(seconds: 31)
    try site.work()
    let mails = try site.mails()
    #expect(mails.count == 1)
    for words in ["Cc: two@customer.example", "plan.pdf", "See the plan, please."] { #expect(mails[0].contains(words), "\(words)") }
  }
}
