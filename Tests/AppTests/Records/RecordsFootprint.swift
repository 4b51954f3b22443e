@testable import App

extension Footprint {
  static let records = Footprint(
    queries: ["/settings/audit": [House.Field(name: "after", right: "9", rule: .position)]],
    rows: { browser in
      try browser.site.owner.run(
        "INSERT INTO event_log (id, at, user_id, kind) VALUES (gen_random_uuid(), \(browser.site.now), \(browser.user), 'x')")
    },
    changed: ["idempotency_keys": "location"], worked: ["audit_heads": "S", "event_log": "DIS", "idempotency_keys": "DS"],
    asked: ["audit_heads": "S", "audit_log": "S"], doors: ["audit_append web work", "audit_heads web work"])
}
