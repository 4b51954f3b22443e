@testable import App

extension Footprint {
  static let jobs = Footprint(
    rows: { browser in
      try browser.site.owner.run(
        """
        INSERT INTO jobs (id, kind, account_id, user_id, state, due_at, created_at)
        SELECT gen_random_uuid(), 'x', account_id, id, 'pending', \(browser.site.now), \(browser.site.now) FROM users WHERE id = \(browser.user)
        """)
    },
    worked: ["jobs": "DISU"])
}
