import Postgres
import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let reminderOffers = Footprint(
    parameters: [
      ":offer": { browser in try OffersFootprint.received(browser).text }, ":given": { browser in try OffersFootprint.given(browser).text },
    ],
    owned: [":offer", ":given"],
    posts: [
      // Each stands in the logs of both.
      "/reminders/:reminder/offers": Post(
        entry: "offer.made", fields: [House.Field(name: "member", right: ":member", rule: .exactly)], entries: 2),
      "/reminders/offers/:offer/acceptance": Post(entry: "offer.accepted", entries: 2),
      "/reminders/offers/:offer/refusal": Post(entry: "offer.refused", entries: 2),
      "/reminders/offers/:given/withdrawal": Post(entry: "offer.withdrawn", entries: 2),
    ],
    rows: { browser in _ = try OffersFootprint.given(browser) },
    worked: ["reminder_offers": "DS"], asked: ["reminder_offers": "S"],
    doors: ["decide_offer web", "offer_reminder web", "reminder_offers web"])
}

enum OffersFootprint {
  /// An open offer of the person's to a colleague, made where there is none.
  static func given(_ browser: Browser) throws -> ID<ReminderOffer> {
    let known: ID<ReminderOffer>? = try browser.site.owner.value(
      "SELECT id FROM reminder_offers WHERE user_id = \(browser.user) AND state = 'open' LIMIT 1")
    return try known ?? offer(from: browser, to: colleague(of: browser, "taker").user)
  }

  /// One of a colleague's to the person.
  static func received(_ browser: Browser) throws -> ID<ReminderOffer> {
    let known: ID<ReminderOffer>? = try browser.site.owner.value(
      "SELECT id FROM reminder_offers WHERE to_user = \(browser.user) AND state = 'open' LIMIT 1")
    return try known ?? offer(from: colleague(of: browser, "giver"), to: browser.user)
  }

  private static func colleague(of browser: Browser, _ name: String) throws -> Browser {
    let count = try browser.site.count("SELECT count(*) FROM users")
    return try browser.site.person("\(name)-\(count)@x.test", sharing: browser, role: .agent)
  }

  private static func offer(from giver: Browser, to taker: ID<User>) throws -> ID<ReminderOffer> {
    let site = giver.site
    let (reminder, id) = (ID<Reminder>.new(at: site.now), ID<ReminderOffer>.new(at: site.now))
    let at = site.now.advanced(days: 2)
    try site.owner.run(
      """
      INSERT INTO reminders (id, user_id, profile_id, title, importance, status, next_at, created_at, updated_at)
      SELECT \(reminder), p.user_id, p.id, 'Offered', 'medium', 'active', \(at), \(site.now), \(site.now) FROM profiles p
      WHERE p.user_id = \(giver.user) AND p.preset = 'gentle'
      """)
    try site.owner.run(
      "INSERT INTO schedules (reminder_id, user_id, kind, timezone, at) VALUES (\(reminder), \(giver.user), 'once', 'UTC', \(at))")
    try site.owner.run(
      """
      INSERT INTO reminder_offers (id, user_id, account_id, reminder_id, to_user, state, created_at)
      VALUES (\(id), \(giver.user), \(giver.account), \(reminder), \(taker), 'open', \(site.now))
      """)
    return id
  }
}
