import Domain
import HTML
import Postgres
import Web

/// What a person has a model asked, and how it answers; for those who run an account, what all of it asked.
enum ModelSettings {
  /// GET /settings/model
  static func page(_ web: Context) throws -> Response {
    let server = web.services.model
    let since = Day(Int(web.now.seconds / 86_400)).advanced(by: -ModelUse.days)
    let (own, uses, troubles, pauses) = try web.read(
      ModelOwnUse.query, ModelUse.query(after: since), ModelTrouble.query, ModelPause.query(server?.endpoint.host ?? ""))
    // Nobody sees what others of their account asked but those who run it.
    let isOperator = [Role.owner, .admin].contains(try web.person.role)
    return web.page(try ModelPage(server, own, isOperator ? uses : nil, since: troubles.first?.since, pauses.first, web))
  }
}

/// The page of the model server: numbers and reasons, no texts.
struct ModelPage {
  let layout: Layout
  let tabs: SettingsTabs
  let privacy = Paths.privacySettings
  /// `off`, `working` or `failing`, for tools.
  let state: String
  /// How it is.
  let stateText: String
  /// Since when it fails.
  let since: TimeText?
  /// Whom the texts come from; nil: no server is set up.
  let server: String?
  /// What else it is asked; nil also for those who do not run the account.
  let drafts: String?
  /// That it is left alone.
  let notes: ProfileNotes?
  let own: [Own]
  var hasOwn: Bool { !own.isEmpty }
  let vectors: VectorsPart
  /// The newest; those before them stand on the page of privacy.
  let told: ToldCalls
  let account: ModelAccount?
  var hasServer: Bool { server != nil }

  /// What a person caused of one kind and outcome.
  struct Own {
    let event: String
    let outcome: String
    let calls: String
    let tokens: String
    let time: String
  }

  /// - Parameters:
  ///   - uses: of the account; nil: for nobody to see who does not run it.
  ///   - since: since when nothing came that could be read.
  init(_ server: ModelServer?, _ own: [ModelOwnUse], _ uses: [ModelUse]?, since: Instant?, _ pause: ModelPause?, _ web: Context) throws {
    let (person, words) = (try web.person, web.words)
    layout = try Layout(words("Model"), .settings, web)
    tabs = SettingsTabs(.model, person, words)
    self.server = server.map { server in
      words(
        "{model} at {host} writes for the assistant, the summaries and the coach, where people allow it. A person may cause {count} calls a day.",
        ["model": server.model, "host": server.endpoint.host, "count": String(server.daily)])
    }
    drafts =
      server == nil || uses == nil
      ? nil
      : words("It writes drafts for customers, too. How many calls a day they have is set for the desk.") + " "
        + words("What was said is kept sealed for {days} days; the page of a draft leads to it.", ["days": String(ModelTexts.days)])
    let failing = server == nil ? nil : since
    self.since = failing.map { TimeText($0, person, web.clock) }
    state = server == nil ? "off" : failing == nil ? "working" : "failing"
    stateText =
      server == nil
      ? words("Off", context: "model") : failing == nil ? words("Working", context: "model") : words("Failing since", context: "model")
    let paused = pause?.until.flatMap { until -> String? in
      guard web.now < until else { return nil }
      let time = TimeWords.when(until, person.zone, person.language, now: web.now)
      return words(
        "The server has failed several times in a row. It is left alone until {time}; meanwhile Heed uses its own texts.", ["time": time])
    }
    notes = ProfileNotes([paused].compactMap { $0 })
    self.own = own.map { use in
      Own(
        event: ModelText.event(use.event, words), outcome: ModelText.outcome(use.outcome, words), calls: String(use.calls),
        tokens: ModelText.tokens(use.promptTokens, use.answerTokens, words), time: ModelText.time(use.median, person.language))
    }
    vectors = try VectorsPart.read(web)
    told = ToldCalls(try web.read(ModelTold.query(after: nil)), own, person, web)
    account = uses.map { ModelAccount($0, person, words) }
  }
}

/// What a whole account asked, day by day.
struct ModelAccount {
  let kept: String
  let rows: [Row]
  var hasRows: Bool { !rows.isEmpty }
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

  init(_ uses: [ModelUse], _ person: Person, _ words: Words) {
    let isPriced = uses.contains { $0.cost != nil }
    hasCosts = isPriced
    kept = words(
      "The last {count} days. Heed keeps numbers and reasons for 90 days, and no texts of the coach's.", ["count": String(ModelUse.days)])
    rows = uses.map { use in
      Row(
        date: use.day.iso, day: TimeWords.date(use.day, person.language), event: ModelText.event(use.event, words),
        calls: String(use.calls), tokens: ModelText.tokens(use.promptTokens, use.answerTokens, words),
        cost: isPriced ? use.cost.map { ModelText.cost($0, person.language) } ?? "" : nil,
        median: ModelText.time(use.median, person.language), slow: ModelText.time(use.slow, person.language),
        failures: ModelText.failures(use.reasons ?? [], words))
    }
  }
}
