import Testing

@testable import App
@testable import Domain

extension Footprint {
  /// With the messages that an escalation sends, and the links in them.
  static let escalations = Footprint(
    parameters: [
      ":escalation": { browser in try escalation(browser).text },
      ":silence": { browser in try silence(browser).text },
    ],
    tokens: [
      "/a/:token": { browser in
        ActionLink(try escalation(browser), to: nil, sentAt: browser.site.now).token(browser.site.services.keys)
      },
      "/u/:token": { browser in
        let email = try browser.site.text("SELECT email FROM users WHERE id = \(browser.user)").unwrapped
        return UnsubscribeLink(browser.user, email).token(browser.site.services.keys)
      },
    ],
    owned: [":escalation", ":silence"], posts: posts,
    queries: [
      "/escalations": [
        House.Field(name: "state", right: "all", rule: .choice), House.Field(name: "after", right: "", rule: .rowAfter),
      ]
    ],
    roots: ["escalations"], changed: ["outbox": "attempts code detail due_at reason sent_at state"], whole: ["escalations"],
    worked: [
      "escalation_events": "IS", "escalations": "DISU", "occurrences": "IS", "outbox": "ISU", "outbox_attempts": "IS",
    ],
    doors: ["escalation web", "unverified work"])

  private static let posts = [
    "/escalations/bulk": Post(
      entry: "reminder.snoozed",
      fields: [
        House.Field(name: "id", right: ":escalation", rule: .ids), House.Field(name: "action", right: "snooze", rule: .exactly),
        House.Field(name: "until", right: "1+hour", rule: .exactly),
      ]),
    "/escalations/snoozes": snooze,
    // Of what it snoozed nothing lasts: what it leaves else, SilenceTests say.
    "/escalations/snoozes/:silence/restoration": Post(entry: nil),
    "/escalations/:escalation/acknowledgement": Post(
      entry: "reminder.acknowledged", fields: [House.Field(name: "again_in", right: "2+hours", rule: .optionalNumber)]),
    "/escalations/:escalation/snoozes": snooze, "/escalations/:escalation/completion": Post(entry: "reminder.completed"),
    "/escalations/:escalation/advance": Post(entry: "escalation.advanced"),
    "/escalations/:escalation/notes": Post(
      entry: "escalation.noted",
      fields: [House.Field(name: "text", right: "Called", rule: .note), House.Field(name: "nonce", right: "t", rule: .ignored)]),
    "/a/:token": Post(
      entry: "reminder.snoozed",
      fields: [House.Field(name: "action", right: "snooze", rule: .exactly), House.Field(name: "until", right: "1+hour", rule: .exactly)]),
    "/u/:token": Post(entry: "agent.unsubscribed", status: 200),
  ]

  /// A press that snoozed a reminder of the person's, which was answered since.
  private static func silence(_ browser: Browser) throws -> ID<SnoozePress> {
    let press = ID<SnoozePress>.new(at: browser.site.now)
    let reminder = try Footprint.value(":reminder", browser).unwrapped
    let end = browser.site.now.advanced(hours: 1)
    try browser.site.owner.run(
      """
      INSERT INTO snoozes (id, user_id, reminder_id, from_time, until_time, words, press_id)
      SELECT new_id(\(browser.site.now)), user_id, id, \(browser.site.now), \(end), '1 hour', \(press) FROM reminders WHERE id::text = \(reminder)
      """)
    return press
  }

  /// The one of the person's reminder, which rings.
  private static func escalation(_ browser: Browser) throws -> ID<Escalation> {
    let newest: ID<Escalation>? = try browser.site.owner.value(
      "SELECT id FROM escalations WHERE user_id = \(browser.user) ORDER BY id DESC LIMIT 1")
    if let newest { return newest }
    let reminder = try Footprint.value(":reminder", browser).unwrapped
    #expect(browser.post("/reminders/\(reminder)/run").status == 303)
    return try escalation(browser)
  }
}
