@testable import App

extension Footprint {
  static let records = Footprint(
    queries: [
      "/settings/audit": [
        House.Field(name: "who", right: "me", rule: .choice), House.Field(name: "what", right: "made", rule: .optionalLine),
        House.Field(name: "subject", right: "reminder", rule: .optionalLine),
        House.Field(name: "from", right: "2026-01-01", rule: .optionalNumber),
        House.Field(name: "until", right: "2027-01-01", rule: .optionalNumber), House.Field(name: "after", right: "9", rule: .position),
        House.Field(name: "actor", right: "assistant", rule: .choice), House.Field(name: "kind", right: "made", rule: .optionalLine),
        House.Field(name: "entity", right: "task", rule: .optionalLine),
      ],
      "/settings/events": [
        House.Field(name: "kind", right: "habit_created", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ],
    ],
    rows: { browser in
      try browser.site.owner.run(
        "INSERT INTO event_log (id, at, user_id, kind) VALUES (gen_random_uuid(), \(browser.site.now), \(browser.user), 'x')")
    },
    changed: ["idempotency_keys": "location"],
    worked: ["audit_archives": "S", "audit_heads": "S", "event_log": "DIS", "idempotency_keys": "DS"],
    asked: ["audit_archives": "S", "audit_heads": "S", "audit_log": "S"],
    doors: ["audit_append web work", "audit_archived work", "audit_heads web work", "audit_old work"])
}
