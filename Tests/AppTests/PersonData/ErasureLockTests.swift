import Postgres
import Testing

@testable import App
@testable import Domain

extension DeskLockOrderTests {
  @Test func `Hard case 17: a worker with a message of who is erased may still write about them`() throws {
    let reminder = try desk.owner.remind(["title": "Pay the rent"])
    #expect(desk.owner.post("/reminders/\(reminder)/run").status == 303)
    let user = desk.owner.user
    let page = try takes(
      "outbox WHERE user_id = \(user) AND subject = 'escalation'", before: [], posting("/settings/deletion", ["password": Site.password]),
      // As the check of a foreign key does.
      meanwhile: { worker in
        let seen: Int? = try worker.value("SELECT count(*)::int FROM (SELECT FROM users WHERE id = \(user) FOR KEY SHARE) x")
        #expect(seen == 1)
      })
    #expect(page.status == 303)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM users WHERE id = \(user)") == 0)
  }
}
