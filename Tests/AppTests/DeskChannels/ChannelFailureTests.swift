import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// Mailboxes that nobody can look into (RULES 6.23). Saturday 21 November 2026, 09:00 in UTC, is when the last look went well.
@Suite("Channels that fail")
struct ChannelFailureTests {
  private func notices(_ site: Site) throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT u.email || ' ' || n.kind FROM notifications n JOIN users u ON u.id = n.user_id WHERE n.channel_id IS NOT NULL ORDER BY 1
          """))
  }

  private func reminders(_ site: Site) throws -> [String] {
    try site.owner.rows(
      Query(
        column: """
          SELECT concat_ws(' ', u.email, r.status, p.preset, r.title) FROM reminders r JOIN users u ON u.id = r.user_id
          JOIN profiles p ON p.id = r.profile_id ORDER BY r.id
          """))
  }

  /// A channel whose mailbox was last seen so many minutes ago, and that no worker of a test dials.
  private func failing(_ minutes: Int, _ error: String = "sign_in 535 expired") throws -> Desk {
    let desk = try Desk(Site())
    let site = desk.site
    let since = site.now.advanced(minutes: -minutes)
    try site.owner.run("UPDATE channels SET inbound = 'imap', imap_host = 'imap.x.test', imap_user = 'desk'")
    try site.owner.run(
      "UPDATE channel_states SET last_look_at = \(site.now), last_good_at = \(since), failing_since = \(since), error = \(error)")
    try site.owner.run(
      """
      INSERT INTO mailbox_looks (channel_id, account_id, fence, lease_until, lost, trying, has_more)
      VALUES (\(desk.channel), \(desk.owner.account), 1, clock_timestamp() + interval '1 hour', 0, '', false)
      """)
    return desk
  }

  @Test func `Hard case 28: a mailbox out of reach is told after 15 minutes, rings after an hour, once, and ends by itself`() throws {
    let box = try Mailbox()
    let (site, owner) = (box.site, box.desk.owner)
    let (bia, cid) = (try box.desk.member("bia@x.test"), try box.desk.member("cid@x.test"))
    #expect(cid.post("/settings/notifications", ["tell": "late", "version": "0"]).status == 303)
    try site.work()
    let away = box.root.appendingPathComponent("away")
    try FileManager.default.moveItem(at: box.folder, to: away)
    site.pass(minutes: 14)
    try site.work()
    #expect(try notices(site).isEmpty)
    #expect(!owner.get("/").text.contains("By 1 channel"))
    site.pass(minutes: 1)
    try site.work()
    try site.work()
    #expect(try notices(site) == ["bia@x.test channel_failing", "owner@x.test channel_failing"])
    #expect(bia.get("/notifications").text.contains("Mail of Support does not come in any more."))
    for browser in [owner, bia] {
      let today = browser.get("/")
      #expect(today.text.contains("By 1 channel nothing comes in any more.") && today.links.contains("/channels?state=failing"))
      let queue = browser.get("/drafts?state=attention")
      #expect(queue.fact("count-attention") == "1")
      #expect(queue.text.contains("The folder is not there") && queue.links.contains("/channels/\(box.desk.channel.text)"))
    }
    #expect(!owner.get("/drafts").text.contains("The folder is not there"))
    site.pass(minutes: 44)
    try site.work()
    #expect(try reminders(site).isEmpty)
    site.pass(minutes: 1)
    try site.work()
    #expect(try reminders(site) == ["owner@x.test active urgent Mail of Support does not come in any more"])
    #expect(try site.count("SELECT count(*) FROM escalations WHERE open AND user_id = \(owner.user)") == 1)
    site.pass(hours: 1)
    try site.work()
    #expect(try reminders(site).count == 1)
    #expect(try notices(site).count == 2)
    try FileManager.default.moveItem(at: away, to: box.folder)
    try box.put(Mailbox.mail())
    site.pass(minutes: 1)
    try site.work()
    #expect(try reminders(site) == ["owner@x.test completed urgent Mail of Support does not come in any more"])
    #expect(try site.text("SELECT state FROM escalations") == "completed")
    #expect(try site.count("SELECT count(*) FROM channel_failures") == 0)
    #expect(try site.count("SELECT count(*) FROM messages") == 1)
    #expect(!owner.get("/").text.contains("By 1 channel"))
  }

  @Test(arguments: ["back", "off", "deleted"])
  func `a password that is refused rings, without the server's words; it ends when the mailbox is back, off or gone`(way: String) throws {
    let desk = try failing(61)
    let site = desk.site
    try site.work()
    #expect(try reminders(site).count == 1)
    let text = try site.text("SELECT description FROM reminders").unwrapped
    #expect(text.contains("lets nobody in") && text.contains("/channels/\(desk.channel.text)") && !text.contains("535"))
    #expect(desk.owner.get("/channels/\(desk.channel.text)").text.contains("It said: 535 expired"))
    switch way {
    case "back": try site.owner.run("UPDATE channel_states SET last_good_at = \(site.now), failing_since = NULL, error = ''")
    case "off": try site.owner.run("UPDATE channels SET enabled = false")
    default: #expect(desk.owner.post("/channels/\(desk.channel.text)/deletion").status == 303)
    }
    try site.work()
    #expect(try site.text("SELECT status FROM reminders") == "completed")
    #expect(try site.count("SELECT count(*) FROM channel_failures") == 0)
  }

  @Test func `whoever throws the reminder away is not told again, and its end is none the less`() throws {
    let desk = try failing(61)
    let site = desk.site
    try site.work()
    let id = try site.text("SELECT id::text FROM reminders").unwrapped
    #expect(desk.owner.post("/reminders/\(id)/deletion").status == 303)
    site.pass(hours: 2)
    try site.work()
    #expect(try site.count("SELECT count(*) FROM reminders WHERE status = 'active'") == 0)
    try site.owner.run("UPDATE channel_states SET last_good_at = \(site.now), failing_since = NULL, error = ''")
    try site.work()
    #expect(try site.count("SELECT count(*) FROM channel_failures") == 0)
    #expect(!site.workLogged.contains("work.channel_failed"))
  }

  @Test func `two workers at once tell and ring once`() throws {
    let desk = try failing(61)
    let site = desk.site
    let now = site.now
    nonisolated(unsafe) let workers = [try site.worker(), try site.worker()]
    DispatchQueue.concurrentPerform(iterations: 2) { number in _ = try? workers[number].runOnce { now } }
    try site.work()
    #expect(try notices(site).count == 1)
    #expect(try reminders(site).count == 1)
  }

  @Test func `mails that cannot be read are counted for those who may look at them, with the way there`() throws {
    let desk = try Desk(Site())
    let bia = try desk.member("bia@x.test")
    #expect(desk.owner.get("/channels").fact("quarantined") == "0")
    _ = try desk.owner.someQuarantined()
    let channels = desk.owner.get("/channels")
    #expect(channels.fact("quarantined") == "1" && channels.links.contains("/quarantine"))
    let queue = desk.owner.get("/drafts?state=attention")
    #expect(queue.fact("count-attention") == "1" && queue.links.contains("/quarantine"))
    #expect(queue.text.contains("1 mail could not be read") && queue.fact("empty") == nil)
    #expect(bia.get("/channels").fact("quarantined") == nil)
    let others = bia.get("/drafts?state=attention")
    #expect(others.fact("count-attention") == "0" && !others.links.contains("/quarantine") && others.fact("empty") == "filtered")
  }
}
