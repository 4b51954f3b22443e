import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let events = Footprint(
    parameters: [
      ":event": { browser in try EventsFootprint.event(browser) },
      ":instance": { _ in "20270629T170000" },
      ":trashedEvent": { browser in
        let event = try browser.event(["title": "Thrown away", "starts": "2027-06-30T17:00"])
        #expect(browser.post("/events/\(event)/deletion").status == 303)
        return event
      },
    ],
    owned: [":event", ":trashedEvent"], posts: posts,
    queries: [
      "/events/new": [
        House.Field(name: "date", right: "2027-06-30", rule: .optionalNumber),
        House.Field(name: "starts", right: "friday", rule: .optionalLine),
      ],
      "/events/:event/edit": [House.Field(name: "instance", right: "", rule: .row)],
    ],
    rows: { browser in
      let event = try browser.event([
        "title": "Rings", "starts": "2027-06-30T17:00", "repeat": "daily", "repeat_times": "3", "remind": "30 minutes before",
      ])
      let other: KeyValuePairs = [
        "title": "Other", "starts": "2027-07-01T18:00", "version": "1", "scope": "this", "instance": "20270701T170000",
      ]
      #expect(browser.post("/events/\(event)", other).status == 303)
      try browser.site.owner.run(
        "INSERT INTO event_guests (event_id, user_id, position, address) VALUES (\(event)::uuid, \(browser.user), 0, 'rui@x.test')")
    },
    roots: ["events"],
    changed: [
      "events":
        "all_day bell_at busy cancelled_at continues counts_start deleted_at deletion_id description ends ends_at ends_zone exdates importance "
        + "kept_from kept_until location metadata place_id private profile_id rdates remind_months remind_seconds remind_time remind_words rule "
        + "rule_words sequence series_until source starts starts_at status title type uid updated_at version virtual_url visibility zone",
      "event_overrides":
        "all_day busy cancelled_at description ends ends_zone importance instance is_point location no_place place_id starts status "
        + "title type updated_at virtual_url "
        + "visibility zone",
    ],
    worked: ["events": "IS", "event_overrides": "ISU", "event_instances": "DIS", "event_guests": "DIS", "event_reminders": "IS"],
    doors: ["drop_guests web work", "drop_instances web work", "drop_overrides web work", "purge_event web"])

  private static let posts = [
    "/events": Post(entry: "event.made", fields: fields + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    // What only looks at a form changes nothing.
    "/events/preview": Post(entry: nil, fields: fields + [House.Field(name: "event", right: "", rule: .row)], status: 200),
    "/events/:event": Post(
      entry: "event.changed",
      fields: fields + [
        House.Field(name: "version", right: "1", rule: .exactly), House.Field(name: "scope", right: "all", rule: .choice),
        House.Field(name: "instance", right: "", rule: .row),
      ]),
    "/events/:event/deletion": Post(
      entry: "event.deleted",
      fields: [House.Field(name: "scope", right: "all", rule: .choice), House.Field(name: "instance", right: "", rule: .row)]),
    "/trash/event/:event/restoration": Post(
      entry: "event.restored", fields: [House.Field(name: "reminders", right: "on", rule: .flag)], after: "/events/:event/deletion"),
    "/trash/event/:trashedEvent/purge": Post(entry: "trash.purged"),
  ]

  private static let fields = [
    House.Field(name: "title", right: "B", rule: .line), House.Field(name: "description", right: "b", rule: .markdown),
    House.Field(name: "type", right: "call", rule: .choice), House.Field(name: "starts", right: "2027-06-30T09:00", rule: .exactly),
    House.Field(name: "ends", right: "2027-07-01T10:00", rule: .optionalNumber),
    House.Field(name: "timezone", right: "Europe/Berlin", rule: .optionalNumber),
    House.Field(name: "ends_timezone", right: "Europe/Berlin", rule: .optionalNumber),
    House.Field(name: "location", right: "Room+7", rule: .optionalLine), House.Field(name: "place", right: "", rule: .picks),
    House.Field(name: "virtual_url", right: "https%3A%2F%2Fmeet.example%2F", rule: .optionalNumber),
    House.Field(name: "status", right: "tentative", rule: .choice), House.Field(name: "visibility", right: "public", rule: .choice),
    House.Field(name: "busy", right: "off", rule: .choice), House.Field(name: "importance", right: "8", rule: .optionalNumber),
    House.Field(name: "remind", right: "30+minutes+before", rule: .optionalNumber), House.Field(name: "profile", right: "", rule: .picks),
    House.Field(name: "exdates", right: "2027-07-01", rule: .optionalTime),
    House.Field(name: "rdates", right: "2027-07-02", rule: .optionalTime),
    House.Field(name: "private", right: "on", rule: .flag), House.Field(name: "tags", right: "home", rule: .optionalLine),
  ]
}

enum EventsFootprint {
  /// The first of somebody's events, which takes place once, made where there is none.
  static func event(_ browser: Browser) throws -> String {
    let known = try browser.site.text("SELECT id::text FROM events WHERE user_id = \(browser.user) AND title = 'Mine' ORDER BY id LIMIT 1")
    return try known ?? browser.event(["title": "Mine", "starts": "2027-06-29T17:00", "description": "*Mine.*"])
  }
}

extension Browser {
  /// Makes an event.
  @discardableResult
  func event(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/events", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }
}
