import Postgres

@testable import App
@testable import Domain

extension Footprint {
  static let notices = Footprint(
    parameters: [":notification": { try $0.someNotice() }],
    owned: [":notification"],
    posts: [
      // That somebody has read what they were told is nobody else's business.
      "/notifications/read": Post(entry: nil),
      "/notifications/:notification/read": Post(entry: nil),
      "/settings/notifications": Post(
        entry: "notifications.changed",
        fields: [House.Field(name: "tell", right: "late", rule: .anyBoxes), House.Field(name: "version", right: "0", rule: .exactly)]),
    ],
    queries: [
      "/notifications": [House.Field(name: "state", right: "", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter)]
    ],
    rows: { browser in
      _ = try browser.someNotice()
      try browser.site.owner.run(
        """
        INSERT INTO notification_settings (user_id, tells, created_at, updated_at)
        VALUES (\(browser.user), '{late}', \(browser.site.now), \(browser.site.now)) ON CONFLICT DO NOTHING
        """)
    },
    roots: ["notification_settings"],
    changed: ["notification_settings": "tells updated_at version", "notifications": "read_at"],
    worked: ["notification_settings": "S", "notifications": "DS"],
    doors: ["notify web work"])
}

extension Browser {
  /// The first notification of somebody, made where there is none.
  func someNotice() throws -> String {
    let known = try site.text("SELECT id::text FROM notifications WHERE user_id = \(user) ORDER BY id LIMIT 1")
    if let known { return known }
    let id = ID<Notice>.new(at: site.now)
    try site.owner.run(
      "INSERT INTO notifications (id, user_id, account_id, kind, at) VALUES (\(id), \(user), \(account), 'late', \(site.now))")
    return id.text
  }
}
