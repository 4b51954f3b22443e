import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let intake = Footprint(
    parameters: [":quarantined": { try $0.someQuarantined() }],
    shared: [":quarantined"],
    posts: [
      "/quarantine/:quarantined/retry": Post(entry: "quarantine.taken"),
      "/quarantine/:quarantined/deletion": Post(entry: "quarantine.deleted"),
    ],
    queries: [
      "/quarantine": [House.Field(name: "state", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter)]
    ],
    rows: { browser in
      _ = try browser.someQuarantined()
      try browser.site.owner.run(
        """
        INSERT INTO mailbox_looks (channel_id, account_id, fence, lost, trying, has_more)
        SELECT id, account_id, 1, 0, '', false FROM channels WHERE account_id = \(browser.account)
        ON CONFLICT DO NOTHING
        """)
    },
    changed: [
      "draft_floods": "channel_id conversation_id last_at messages", "quarantine": "conversation_id detail raw reason state tried_at tries",
    ],
    worked: ["draft_floods": "DISU", "mailbox_looks": "ISU", "quarantine": "DIS"])
}

extension Browser {
  /// The first mail in quarantine of somebody's account that waits, put there where there is none: one that can be read by now.
  func someQuarantined() throws -> String {
    let known = try site.text("SELECT id::text FROM quarantine WHERE account_id = \(account) AND state = 'waiting' ORDER BY id LIMIT 1")
    if let known { return known }
    let channel = try site.text("SELECT id::text FROM channels WHERE account_id = \(account) ORDER BY id LIMIT 1").flatMap {
      ID<DeskChannel>($0)
    }
    let place = try channel ?? Desk(site, as: self).channel
    let stored = try site.owner.row(DeskChannel.query("c.id = \(place)")).unwrapped
    let mail = Array(Mailbox.mail(id: "\(ID<QuarantinedMail>.new(at: site.now).text)@x.example", "Read me.").utf8)
    try site.owner.runAll(QuarantinedMail.keeping(mail, "000001.x", .failed, "57014", size: 0, of: stored, at: site.now))
    return try site.text("SELECT id::text FROM quarantine WHERE account_id = \(account) AND state = 'waiting' ORDER BY id LIMIT 1")
      .unwrapped
  }
}
