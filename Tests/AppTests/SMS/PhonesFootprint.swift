import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let phones = Footprint(
    rows: { browser in
      let (now, owner) = (browser.site.now, browser.site.owner)
      let phone = ID<Phone>.new(at: now)
      let key = Phone.key("+35191\(browser.user.text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 10_000_000 })", browser.site.services.keys)
      try owner.run(
        """
        INSERT INTO phones (id, user_id, number_key, verified_at, created_at) VALUES (\(phone), \(browser.user), \(key), \(now), \(now))
        ON CONFLICT DO NOTHING
        """)
      try owner.run(
        """
        INSERT INTO phone_codes (id, user_id, phone_id, number_key, created_at, expires_at)
        SELECT \(ID<PhoneCode>.new(at: now)), user_id, id, number_key, \(now), \(now) FROM phones
        WHERE user_id = \(browser.user) AND contact_id IS NULL
        """)
      try owner.run(
        """
        INSERT INTO phone_stops (user_id, number_key, stopped_at) VALUES (\(browser.user), \(String(key.reversed())), \(now)) ON CONFLICT DO NOTHING
        """)
      try owner.run(
        """
        INSERT INTO address_sends (user_id, channel, address_key, at) VALUES (\(browser.user), 'sms', \(key), \(now)) ON CONFLICT DO NOTHING
        """)
    },
    changed: ["phones": "number_key stopped_at verified_at", "phone_codes": "tries used_at", "phone_stops": "stopped_at"],
    worked: ["phones": "S", "phone_codes": "DS", "phone_stops": "S", "address_sends": "DIS"],
    doors: ["phone_holders web", "sms_message web"])
}
