import Foundation
import Postgres
import Testing

@testable import App
@testable import Domain

/// What each form of the product holds when it is fresh, refused and stale: every field with its value, and a `!` where it is complained about.
@Suite struct FormPagesTests {
  private let site: Site
  private let ana: Browser

  init() throws {
    site = try Site()
    ana = try site.person("ana@x.test", zone: "Europe/Berlin")
  }

  /// Saturday 21 November 2026, whatever was typed beside them.
  private let controls = [
    "repeat_every=1", "repeat_days=sat", "repeat_on=21", "repeat_date=11-21", "repeat_at=09:00", "repeat_from=", "repeat_until=",
    "repeat_times=",
  ]

  @Test func `a reminder's form is shown as typed with its nonce, a fresh one with another`() throws {
    let fresh = ana.get("/reminders/new")
    #expect(fresh.status == 200)
    #expect(
      fresh.fields(of: "/reminders") == [
        "csrf", "nonce", "title=", "description=", "importance=medium", "schedule=once", "at=", "repeat=cron", "cron=",
      ] + controls + ["every_minutes=", "timezone=Europe/Berlin", "exclude_dates=", "profile=", "criteria=manual"])
    let typed: KeyValuePairs = [
      "nonce": "mine", "title": "", "description": "a\r\n<b>", "importance": "high", "schedule": "recurring", "cron": "61 * * * *",
      "at": "soon", "timezone": "Mars", "exclude_weekends": "on",
    ]
    let shown =
      [
        "csrf", "nonce", "title=!", "description=a\r\n<b>", "importance=high", "schedule=recurring", "at=soon", "repeat=cron",
        "cron=61 * * * *!",
      ] + controls + ["every_minutes=", "timezone=Mars!", "exclude_dates=", "exclude_weekends=on", "profile=", "criteria=manual"]
    for action in ["/reminders", "/reminders/preview"] {
      let refused = ana.post(action, typed)
      #expect(refused.status == 422 && refused.complaints == ["title", "cron", "timezone"])
      #expect(refused.fields(of: "/reminders") == shown)
      #expect(refused.field("nonce", ofForm: "/reminders") == "mine")
    }
    let preview = ana.post("/reminders/preview", ["nonce": "mine", "title": "B", "importance": "low"])
    #expect(preview.status == 200 && preview.complaints.isEmpty)
    #expect(preview.field("nonce", ofForm: "/reminders") == "mine")
    #expect(preview.fields(of: "/reminders").prefix(5) == ["csrf", "nonce", "title=B", "description=", "importance=low"])
    #expect(fresh.field("nonce", ofForm: "/reminders") != ana.get("/reminders/new").field("nonce", ofForm: "/reminders"))
  }

  @Test func `an edit is stale over what was stored since, and then carries the version that was seen`() throws {
    let id = try ana.remind(["title": "A", "at": "2026-12-01T09:00", "exclude_weekends": "on"])
    let place = "/reminders/\(id)"
    func version(_ page: Page) -> String? { page.field("version", ofForm: place) }
    let rest = ["repeat=cron", "cron="] + controls + ["every_minutes=", "timezone=Europe/Berlin", "exclude_dates="]
    let fresh = ana.get(place + "/edit")
    #expect(
      fresh.fields(of: place).filter { !$0.hasPrefix("profile=") && !$0.hasPrefix("criteria=") }
        == ["csrf", "version", "reminder", "title=A", "description=", "importance=medium", "schedule=once", "at=2026-12-01T09:00"] + rest)
    #expect(fresh.status == 200 && version(fresh) == "1")
    #expect(ana.post(place, ["title": "B", "at": "2026-12-01T09:00", "version": "1"]).status == 303)

    // Refused: what was typed belongs to the version that it was typed over.
    let refused = ana.post(place, ["title": "", "at": "2026-12-02T09:00", "version": "1"])
    #expect(refused.status == 422 && version(refused) == "1" && refused.complaints == ["title"])
    #expect(refused.fields(of: place).contains("title=!") && refused.fields(of: place).contains("at=2026-12-02T09:00"))
    #expect(refused.conflict.isEmpty)

    let stale = ana.post(
      place, ["title": "C", "at": "2026-12-02T09:00", "importance": "high", "exclude_dates": "2027-01-01", "version": "1"])
    #expect(stale.status == 409 && version(stale) == "2" && stale.complaints.isEmpty)
    #expect(
      stale.fields(of: place).filter { !$0.hasPrefix("profile=") && !$0.hasPrefix("criteria=") }
        == ["csrf", "version", "reminder", "title=C", "description=", "importance=high", "schedule=once", "at=2026-12-02T09:00"]
        + rest.dropLast() + ["exclude_dates=2027-01-01"])
    #expect(
      stale.conflict == [
        "Title|B|C", "Importance|Medium|High", "Date and time|2026-12-01T09:00|2026-12-02T09:00", "Not on these dates||2027-01-01",
      ])
  }

  @Test func `a form without its version is refused whatever else is wrong with it`() throws {
    let id = try ana.remind(["title": "A"])
    let page = ana.post("/reminders/\(id)", ["title": ""])
    #expect(page.status == 422 && page.targets == ["version", "title", "at"])
    #expect(page.field("version", ofForm: "/reminders/\(id)") == "1")
    #expect(ana.post("/reminders/\(id)", ["title": "B", "at": "2026-12-01T09:00"]).targets == ["version"])
  }

  @Test func `settings are shown as stored, as typed and beside what was stored since`() throws {
    let place = "/settings/profile"
    let stored = [
      "csrf", "version", "display_name=Ana", "timezone=Europe/Berlin", "language=en", "week_start=monday", "day_start=0",
      "default_hour=09:00", "quiet_from=", "quiet_until=", "work_from=", "work_until=", "work_days=mon", "work_days=tue",
      "work_days=wed", "work_days=thu", "work_days=fri", "personality=yoda", "theme=system",
    ]
    let fresh = ana.get(place)
    #expect(fresh.status == 200 && fresh.fields(of: place) == stored)
    let version = try fresh.field("version", ofForm: place).unwrapped
    let refused = ana.post(place, ["display_name": "", "quiet_from": "22:00", "week_start": "sunday", "version": version])
    #expect(refused.status == 422 && refused.targets == ["display_name", "quiet_until"])
    #expect(
      refused.fields(of: place) == [
        "csrf", "version", "display_name=!", "timezone=Europe/Berlin", "language=en", "week_start=sunday", "day_start=0",
        "default_hour=09:00", "quiet_from=22:00", "quiet_until=!", "work_from=", "work_until=", "work_days=mon", "work_days=tue",
        "work_days=wed", "work_days=thu", "work_days=fri", "personality=yoda", "theme=system",
      ])
    let stale = ana.post(place, ["display_name": "Bea", "week_start": "sunday", "version": "999"])
    #expect(stale.status == 409 && stale.field("version", ofForm: place) == version)
    #expect(stale.fields(of: place).contains("display_name=Bea"))
    #expect(stale.conflict == ["Name|Ana|Bea", "The week begins on|Monday|Sunday"])
  }

  @Test func `forms at the door keep what was typed, but no password`() throws {
    let door = site.browser()
    #expect(
      door.get("/sign-up").fields(of: "/sign-up") == ["csrf", "email=", "password=", "display_name=", "timezone=", "language=en"])
    let refused = door.signUp("nobody", password: "short", [("display_name", "Bea"), ("timezone", "Mars"), ("language", "pt-BR")])
    #expect(refused.status == 422 && refused.targets == ["email", "password", "timezone"])
    #expect(
      refused.fields(of: "/sign-up") == [
        "csrf", "email=nobody!", "password=!", "display_name=Bea", "timezone=Mars!", "language=pt-BR",
      ])
    let taken = door.signUp("ana@x.test", password: "another long password")
    #expect(taken.status == 422 && taken.fields(of: "/sign-up").prefix(3) == ["csrf", "email=ana@x.test!", "password="])

    #expect(door.get("/sign-in?next=%2Freminders").fields(of: "/sign-in") == ["csrf", "next", "email=", "password="])
    let wrong = door.signIn("ana@x.test", password: "wrong", next: "/reminders")
    #expect(wrong.status == 422 && wrong.fields(of: "/sign-in") == ["csrf", "next", "email=ana@x.test", "password="])
    #expect(wrong.field("next", ofForm: "/sign-in") == "/reminders" && wrong.text.contains("do not fit together"))

    let forgotten = door.fill("/password/forgotten", [("email", "nobody")])
    #expect(forgotten.status == 422 && forgotten.fields(of: "/password/forgotten") == ["csrf", "email=nobody!"])
    #expect(forgotten.targets == ["email"])
    #expect(door.get("/password/forgotten").fields(of: "/password/forgotten") == ["csrf", "email="])
  }

  @Test func `a password is never sent back`() throws {
    #expect(ana.get("/settings/password").fields(of: "/settings/password") == ["csrf", "current=", "password="])
    let refused = ana.post("/settings/password", ["current": "wrong", "password": "short"])
    #expect(refused.status == 422 && refused.fields(of: "/settings/password") == ["csrf", "current=!", "password=!"])
    #expect(refused.targets == ["current", "password"])
  }

  @Test func `a snooze that is not understood stands as typed on the reminder's page and on the timeline`() throws {
    let id = try ana.remind(.once(at: site.now.advanced(minutes: 1)))
    let page = "/reminders/\(id.text)"
    site.pass(minutes: 2)
    try site.work()
    let newest = try ana.newest(id).unwrapped
    let timeline = "/escalations/\(newest.id.text)"
    for place in [page, timeline] {
      let fresh = ana.get(place)
      #expect(fresh.fields(of: place + "/snoozes") == ["csrf", "nonce", "until=", "reason="])
      let refused = ana.post(place + "/snoozes", ["until": "whenever", "reason": "tired"])
      #expect(refused.status == 422 && refused.targets == ["until"])
      #expect(refused.fields(of: place + "/snoozes") == ["csrf", "nonce", "until=whenever!", "reason=tired"])
      #expect(refused.field("nonce", ofForm: place + "/snoozes") == fresh.field("nonce", ofForm: place + "/snoozes"))
    }
    let again = ana.post(timeline + "/acknowledgement", ["again_in": "whenever"])
    #expect(again.status == 422 && again.targets == ["again_in"])
    #expect(again.fields(of: timeline + "/acknowledgement") == ["csrf", "again_in=whenever!"])
    let note = ana.post(timeline + "/notes", ["text": " "])
    #expect(note.status == 422 && note.targets == ["text"] && note.fields(of: timeline + "/notes") == ["csrf", "nonce", "text= !"])

    let link = "/a/" + ActionLink(newest.id, to: nil, sentAt: site.now).token(site.services.keys)
    let door = site.browser()
    #expect(door.get(link).text.contains("name=\"until\" value=\"in 1 hour\" autocomplete=\"off\">"))
    let refused = door.post(link, ["action": "snooze", "until": "whenever"], csrf: false)
    #expect(refused.status == 422 && refused.text.contains("name=\"until\" value=\"whenever\" autocomplete=\"off\" aria-invalid=\"true\""))
  }

  @Test func `a bulk form that is refused keeps its ticks and its phrase`() throws {
    let ids = [try ana.remind(["title": "A"]), try ana.remind(["title": "B"])]
    func ticked(_ page: Page) -> [String] {
      ids.filter { id in
        page.text.components(separatedBy: "value=\"\(id)\"").dropFirst().first?.prefix { $0 != ">" }.contains(" checked") == true
      }
    }
    let refused = ana.post("/reminders/bulk", ["id": ids[1], "action": "snooze", "until": "whenever"])
    #expect(refused.status == 422 && refused.targets == ["bulk-until"])
    #expect(ticked(refused) == [ids[1]])
    #expect(refused.text.contains("value=\"whenever\""))
    #expect(ana.post("/reminders/bulk", ["until": "whenever"]).targets == ["rows", "bulk"])
    #expect(ana.post("/reminders/bulk", ["id": ids[0], "action": "snooze", "reason": "a\nb"]).targets == ["reason", "bulk-until"])
    #expect(ticked(ana.get("/reminders")).isEmpty)
  }
}

extension Page {
  /// The fields of a form in their order: `name=value`, a `!` behind it where the field is complained about. Of hidden ones only the name.
  /// Where forms of buttons lead to the same place, those of the form with the most fields.
  func fields(of action: String) -> [String] {
    let forms = text.components(separatedBy: "action=\"\(action)\"").dropFirst().map { $0.components(separatedBy: "</form>")[0] }
    return forms.map(Page.fields).max { $0.count < $1.count } ?? []
  }

  private static func fields(_ form: String) -> [String] {
    form.components(separatedBy: "<").reduce(into: (shown: [String](), select: "")) { found, tag in
      func value(_ name: String) -> String? {
        tag.components(separatedBy: " \(name)=\"").dropFirst().first?.components(separatedBy: "\"").first.map(Page.plain)
      }
      let mark = tag.contains("aria-invalid=\"true\"") ? "!" : ""
      let name = value("name") ?? ""
      if tag.hasPrefix("input") {
        switch value("type") {
        case "hidden": found.shown.append(name)
        case "radio", "checkbox":
          let isTicked = tag.components(separatedBy: ">")[0].contains(" checked")
          if isTicked { found.shown.append("\(name)=\(value("value") ?? "on")\(mark)") }
        default: found.shown.append("\(name)=\(value("value") ?? "")\(mark)")
        }
      } else if tag.hasPrefix("textarea") {
        let text = Page.plain(tag.components(separatedBy: ">").dropFirst().joined(separator: ">"))
        found.shown.append("\(name)=\(text.hasPrefix("\n") ? String(text.dropFirst()) : text)\(mark)")
      } else if tag.hasPrefix("select") {
        found.select = name
      } else if tag.hasPrefix("option"), tag.components(separatedBy: ">")[0].contains(" selected") {
        found.shown.append("\(found.select)=\(value("value") ?? "")")
      }
    }.shown
  }

  /// What the summary above a refused form leads to, in order.
  var targets: [String] {
    let summary = text.components(separatedBy: "class=\"complaints\"").dropFirst().first?.components(separatedBy: "</ul>").first ?? ""
    return summary.components(separatedBy: "href=\"#").dropFirst().compactMap { $0.components(separatedBy: "\"").first }
  }

  /// The table of a stale form: `label|stored|typed`.
  var conflict: [String] {
    text.components(separatedBy: "<th scope=\"row\" data-label=\"Field\">").dropFirst().map { row in
      let cells = row.components(separatedBy: "</tr>")[0].replacingOccurrences(of: "<mark>", with: "").replacingOccurrences(
        of: "</mark>", with: "")
      return cells.components(separatedBy: "<td").map { cell in
        let inner = cell.hasPrefix(" ") ? cell.components(separatedBy: ">").dropFirst().joined(separator: ">") : cell
        return Page.plain(inner.components(separatedBy: "</")[0])
      }.joined(separator: "|")
    }
  }

  private static func plain(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }
}
