import Domain
import HTML
import Postgres
import Web

/// For those who run an account: what the model server is asked, and how it answers.
enum ModelSettings {
  /// GET /settings/model
  static func page(_ web: Context) throws -> Response {
    let server = web.services.model
    let since = Day(Int(web.now.seconds / 86_400)).advanced(by: -ModelUse.days)
    let (uses, pauses) = try web.read(ModelUse.query(after: since), ModelPause.query(server?.endpoint.host ?? ""))
    return web.page(try ModelPage(server, uses, pauses.first, web))
  }
}

/// The page of the model server: numbers and reasons, no texts.
struct ModelPage {
  let layout: Layout
  let tabs: SettingsTabs
  /// Whom the texts come from; nil: no server is set up.
  let server: String?
  /// What else it is asked.
  let drafts: String?
  /// That it is left alone.
  let notes: ProfileNotes?
  let kept: String
  let rows: [Row]
  var hasRows: Bool { !rows.isEmpty }
  var hasServer: Bool { server != nil }
  let hasCosts: Bool

  /// An event of a day.
  struct Row {
    let date: String
    let day: String
    let event: String
    let calls: String
    let tokens: String
    /// nil: nothing of the table has a cost.
    let cost: String?
    let median: String
    let slow: String
    let failures: String
  }

  init(_ server: ModelServer?, _ uses: [ModelUse], _ pause: ModelPause?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Model"), .settings, web)
    tabs = SettingsTabs(.model, person, words)
    self.server = server.map { server in
      words(
        "{model} at {host} writes what the coach says, where people allow it. A person may cause {count} calls a day.",
        ["model": server.model, "host": server.endpoint.host, "count": String(server.daily)])
    }
    drafts =
      server == nil
      ? nil
      : words("It writes drafts for customers, too. How many calls a day they have is set for the desk.") + " "
        + words("What was said is kept sealed for {days} days; the page of a draft leads to it.", ["days": String(ModelTexts.days)])
    let isPriced = uses.contains { $0.cost != nil }
    hasCosts = isPriced
    let paused = pause?.until.flatMap { until -> String? in
      guard web.now < until else { return nil }
      let time = TimeWords.when(until, person.zone, person.language, now: web.now)
      return words(
        "The server has failed several times in a row. It is left alone until {time}; meanwhile the coach uses its own texts.",
        ["time": time])
    }
    notes = ProfileNotes([paused].compactMap { $0 })
    kept = words(
      "The last {count} days. Heed keeps numbers and reasons for 90 days, and no texts of the coach's.", ["count": String(ModelUse.days)])
    rows = uses.map { use in
      Row(
        date: use.day.iso, day: TimeWords.date(use.day, person.language), event: ModelText.event(use.event, words),
        calls: String(use.calls),
        tokens: words("{in} in, {out} out", ["in": String(use.promptTokens), "out": String(use.answerTokens)]),
        cost: isPriced ? use.cost.map { ModelText.cost($0, person.language) } ?? "" : nil,
        median: ModelText.time(use.median, person.language), slow: ModelText.time(use.slow, person.language),
        failures: ModelText.failures(use.reasons ?? [], words))
    }
  }
}
