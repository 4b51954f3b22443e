import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let review = Footprint(
    parameters: [
      ":week": { browser in PersonWeek(holding: Zone.utc.local(browser.site.now).day, weekStart: .monday).address }
    ],
    rows: { browser in
      try browser.habit(["name": "Reviewed"])
      try browser.site.owner.run(
        """
        INSERT INTO weekly_mails (id, user_id, week, expires_at, created_at)
        VALUES (\(ID<WeeklyMailRow>.new(at: browser.site.now)), \(browser.user), '2026-W46', \(browser.site.now), \(browser.site.now))
        """)
    },
    worked: ["weekly_reviews": "SU", "weekly_mails": "DIS"])
}
