import Testing

@testable import App
@testable import Domain

extension Footprint {
  static let people = Footprint(
    parameters: [
      ":person": { browser in try PeopleFootprint.person(browser) },
      ":entry": { browser in
        let person = try PeopleFootprint.person(browser)
        return try browser.site.text("SELECT id::text FROM contact_log WHERE person_id = \(person)::uuid ORDER BY id LIMIT 1").unwrapped
      },
      ":trashedPerson": { browser in
        let person = try browser.known(["name": "Thrown away"])
        #expect(browser.post("/people/\(person)/deletion").status == 303)
        return person
      },
    ],
    owned: [":person", ":entry", ":trashedPerson"], posts: posts,
    queries: [
      "/people": [
        House.Field(name: "q", right: "mine", rule: .question), House.Field(name: "type", right: "", rule: .choice),
        House.Field(name: "tag", right: "home", rule: .optionalLine), House.Field(name: "sort", right: "", rule: .choice),
        House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    rows: { browser in
      let person = try browser.known(["name": "Rings", "email": "rings@x.example", "stay_in_touch": "every 3 weeks"])
      #expect(browser.post("/people/\(person)/contacts-log", ["at": "yesterday"]).status == 303)
      try browser.site.owner.run("INSERT INTO contact_rounds (user_id) VALUES (\(browser.user)) ON CONFLICT DO NOTHING")
    },
    roots: ["people"],
    changed: [
      "people":
        "addresses birth_day birth_month birth_year company deleted_at deletion_id email importance last_contact_at merged_into metadata name notes "
        + "phone private stay_days stay_due_at stay_events stay_months stay_set_at stay_words title type updated_at version",
      "person_addresses": "person_id position value", "contact_log": "person_id", "person_reminders": "person_id",
    ],
    worked: ["people": "IS", "person_addresses": "IS", "contact_log": "IS", "person_reminders": "IS", "contact_rounds": "S"],
    asked: ["contact_rounds": "S"], doors: ["drop_addresses web work", "drop_contact web", "purge_person web"])

  private static let posts = [
    "/people": Post(entry: "person.made", fields: fields("new") + [House.Field(name: "nonce", right: "n", rule: .ignored)]),
    "/people/:person": Post(
      entry: "person.changed", fields: fields("edited") + [House.Field(name: "version", right: "1", rule: .exactly)]),
    "/people/:person/contacts-log": Post(
      entry: "person.contacted",
      fields: [
        House.Field(name: "at", right: "yesterday", rule: .optionalNumber), House.Field(name: "words", right: "Lunch", rule: .markdown),
        House.Field(name: "nonce", right: "n", rule: .ignored),
      ]),
    "/people/:person/contacts-log/:entry/deletion": Post(entry: "person.contact_removed"),
    "/people/:person/deletion": Post(entry: "person.deleted"),
    "/trash/person/:person/restoration": Post(
      entry: "person.restored",
      fields: [
        House.Field(name: "reminders", right: "on", rule: .flag), House.Field(name: "without", right: "on", rule: .flag),
        House.Field(name: "merge", right: "", rule: .picks),
      ], after: "/people/:person/deletion"),
    "/trash/person/:trashedPerson/purge": Post(entry: "trash.purged"),
  ]

  /// But for numbers, which are whatever has three digits.
  private static func fields(_ name: String) -> [House.Field] {
    [
      House.Field(name: "name", right: "B", rule: .line), House.Field(name: "email", right: "\(name)%40x.example", rule: .optionalNumber),
      House.Field(name: "type", right: "friend", rule: .choice), House.Field(name: "importance", right: "8", rule: .optionalNumber),
      House.Field(name: "company", right: "Acme", rule: .optionalLine), House.Field(name: "title", right: "Cook", rule: .optionalLine),
      House.Field(name: "notes", right: "b", rule: .markdown), House.Field(name: "birthday", right: "--02-29", rule: .optionalNumber),
      House.Field(name: "more_emails", right: "\(name)2%40x.example", rule: .optionalNumber),
      House.Field(name: "stay_in_touch", right: "every+3+weeks", rule: .optionalNumber),
      House.Field(name: "tags", right: "home", rule: .optionalLine), House.Field(name: "private", right: "on", rule: .flag),
    ]
  }
}

enum PeopleFootprint {
  /// The first of somebody's people who was heard of, made where there is none.
  static func person(_ browser: Browser) throws -> String {
    let known = try browser.site.text(
      "SELECT id::text FROM people WHERE user_id = \(browser.user) AND name = 'Mine' AND deleted_at IS NULL ORDER BY id LIMIT 1")
    if let known { return known }
    let person = try browser.known(["name": "Mine", "notes": "*Mine.*", "tags": "mine"])
    #expect(browser.post("/people/\(person)/contacts-log", ["words": "Mine"]).status == 303)
    return person
  }
}

extension Browser {
  /// Adds somebody to the people.
  @discardableResult
  func known(_ fields: KeyValuePairs<String, String>) throws -> String {
    let page = post("/people", fields)
    #expect(page.status == 303, "\(page.complaints)")
    return try #require(page.location?.split(separator: "/").last.map { String($0) })
  }
}
