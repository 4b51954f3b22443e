import Domain
import HTML
import Postgres

extension Feature {
  /// Reminders that members give each other.
  static let reminderOffers = Feature(
    today: { day in OfferSection.today(day) },
    retention: [
      Retention("reminder_offers", days: 90) { before in
        "DELETE FROM reminder_offers WHERE id IN (SELECT id FROM reminder_offers WHERE decided_at < \(before) LIMIT \(Chore.slice))"
      }
    ],
    sentence: { facts, words in facts.aboutOffers(words) },
    detail: { name, words in name.utf8.elementsEqual("by".utf8) ? words("By") : nil },
    demo: { stage in try OffersDemo.tell(stage) })
}

extension AuditFacts {
  /// The sentences about offers; nil for other entries.
  fileprivate func aboutOffers(_ words: Words) -> String? {
    let values: KeyValuePairs = ["title": self["title"], "name": self["name"], "by": self["by"]]
    return switch action {
    case "offer.made":
      self["by"].utf8.isEmpty ? words("Offered “{title}” to {name}.", values) : words("{by} offered you “{title}”.", values)
    case "offer.accepted":
      self["by"].utf8.isEmpty ? words("Took over “{title}”.", values) : words("{by} took over “{title}”.", values)
    case "offer.refused":
      self["by"].utf8.isEmpty ? words("Did not take over “{title}”.", values) : words("{by} did not take over “{title}”.", values)
    case "offer.withdrawn":
      self["by"].utf8.isEmpty ? words("Took back the offer of “{title}”.", values) : words("{by} took back the offer of “{title}”.", values)
    default: nil
    }
  }
}

/// A reminder that a colleague offers to the demo account's person.
enum OffersDemo {
  static func tell(_ stage: DemoStage) throws {
    let found: (ID<User>, ID<Account>)? = try stage.db.row(
      Query(
        tuple: """
          SELECT u.id, u.account_id FROM users u JOIN users d ON d.account_id = u.account_id
          WHERE d.id = \(stage.user) AND u.id <> d.id ORDER BY u.id LIMIT 1
          """))
    guard let (colleague, account) = found else { return }
    let (id, made) = (ID<Reminder>.new(at: stage.now), stage.now.advanced(hours: -3))
    let at = stage.now.advanced(days: 2)
    let gentle: ID<EscalationProfile>? = try stage.db.value(
      "SELECT id FROM profiles WHERE user_id = \(colleague) AND preset = 'gentle'")
    guard let gentle else { return }
    guard let zone = stage.services.zones.zone("America/Sao_Paulo") else { return }
    let draft = ReminderDraft(
      title: "Order coffee for the shop", description: "The **dark roast**, two kilos.", importance: .medium, profile: gentle,
      schedule: Schedule(once: at, zone: zone), nextAt: at, isMoved: false)
    try stage.db.transaction {
      _ = try stage.db.rows(Query<Void>.setting(user: colleague, account: account, role: nil))
      try draft.insert(id, for: colleague, zoneVersion: stage.services.zones.version, at: made, stage.db)
      try stage.db.run("SELECT door.offer_reminder(\(ID<ReminderOffer>.new(at: made)), \(id), \(stage.user), \(made))")
    }
  }
}
