import Domain
import HTML
import Postgres
import Web

/// A ladder as its form says it.
struct ProfileDraft {
  let name: String
  let description: String
  let ladder: Ladder
  /// Whether its tiers were typed in another order than that of their delays.
  let isSorted: Bool
  /// nil: the form has none.
  let version: Int?
  /// What is new, for the audit log.
  let changes: [String: String]

  /// What a field of a tier is called; tiers count from 1.
  static func field(_ tier: Int, _ name: String) -> String { "tier_\(tier)_\(name)" }

  /// - Parameters:
  ///   - stored: the profile that is edited.
  ///   - isSaved: false where the form is only looked at: its version is not asked for.
  init(_ form: Form, stored: EscalationProfile? = nil, isSaved: Bool = true, _ reader: Reader) throws(FormErrors) {
    var read = FormReader(form, reader.words)
    var changes = AuditDifference()
    name = changes.note("name", from: stored?.name, to: read.line("name", 1...100))
    description = changes.noteLong("description", from: stored?.description, to: read.text("description", bytes: 1_000))
    let count = read.integer("tiers", Ladder.tierRange, nil)
    let typed = (1...count).map { ProfileDraft.tier($0, &read) }
    let tiers = typed.sorted { $0.delayMinutes < $1.delayMinutes }
    let (minutes, limit) = (read.integer("repeat_minutes", Ladder.repeatRange, 0), read.integer("repeat_limit", Ladder.repeatLimitRange, 0))
    version = stored == nil || !isSaved ? nil : read.version()
    try read.finish()
    // What it would refuse was complained about field by field.
    let ladder = try read.finish(try? Ladder(tiers: tiers, repeatMinutes: minutes, repeatLimit: limit))
    self.ladder = changes.note("tiers", from: stored?.ladder, to: ladder, \.summary)
    isSorted = typed.map(\.delayMinutes) != tiers.map(\.delayMinutes)
    self.changes = changes.facts
  }

  /// One that nobody typed.
  init(name: String, description: String = "", ladder: Ladder) {
    (self.name, self.description, self.ladder) = (name, description, ladder)
    (isSorted, version, changes) = (false, nil, [:])
  }

  /// What stores a new one.
  func inserting(_ id: ID<EscalationProfile>, for user: ID<User>, at now: Instant) -> SQL {
    """
    INSERT INTO profiles (id, user_id, created_at, updated_at, \(fields.columns))
    VALUES (\(id), \(user), \(now), \(now), \(fields.values))
    """
  }

  /// What the form says, as a row holds it.
  var fields: RowValues {
    [
      "name": "\(name)", "description": "\(description)", "tiers": "\(ladder.tiersText)::text::jsonb",
      "repeat_minutes": "\(ladder.repeatMinutes)", "repeat_limit": "\(ladder.repeatLimit)",
    ]
  }

  private static func tier(_ number: Int, _ read: inout FormReader) -> Tier {
    let name = field(number, "agent")
    let delay = read.integer(field(number, "delay"), Ladder.delayRange, number == 1 ? 0 : nil)
    let isTellingContacts = read.flag(field(number, "contacts"))
    var chosen: [AgentType] = []
    for value in read.form.all(name) {
      if case .text(let text) = value, let agent = AgentType.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) {
        chosen.append(agent)
      } else {
        read.complain(name, read.words("Choose one of the values offered."))
      }
    }
    if chosen.isEmpty, !isTellingContacts {
      read.complain(name, read.words("Choose how this tier tells you, or let it tell your trusted contacts."))
    }
    return Tier(delayMinutes: delay, agents: TierFields.order.filter(chosen.contains), includesContacts: isTellingContacts)
  }
}

extension Ladder {
  /// "0 push; 60 push email; every 30, 4 times": for the audit log.
  var summary: String {
    let tiers = tiers.map { tier in
      ([String(tier.delayMinutes)] + tier.agents.map(\.rawValue) + (tier.includesContacts ? ["contacts"] : [])).joined(separator: " ")
    }
    let repetition = repeatMinutes == 0 ? [] : ["every \(repeatMinutes)" + (repeatLimit == 0 ? "" : ", \(repeatLimit) times")]
    return (tiers + repetition).joined(separator: "; ")
  }
}

/// How many tiers a form shows that was typed and not saved.
struct TypedTiers {
  private let form: Form

  init(_ form: Form) { self.form = form }

  /// As it says itself; where that is no number, as many as were sent.
  func count(_ words: Words) -> Int {
    var read = FormReader(form, words)
    let said = read.integer("tiers", Ladder.tierRange, nil)
    if read.errors.isEmpty { return said }
    return Ladder.tierRange.last { form.first(ProfileDraft.field($0, "delay")) != nil } ?? said
  }

  /// The same form with another number of tiers, within what a ladder holds.
  func form(tiers count: Int) -> Form {
    let count = min(max(count, Ladder.tierRange.lowerBound), Ladder.tierRange.upperBound)
    let names = ["profile", "nonce", "version", "name", "description", "repeat_minutes", "repeat_limit"]
    let parts = (1...count).flatMap { tier in ["delay", "agent", "contacts"].map { ProfileDraft.field(tier, $0) } }
    let kept = (names + parts).flatMap { name in
      form.all(name).compactMap { value -> (String, String)? in
        if case .text(let text) = value { return (name, text) }
        return nil
      }
    }
    return Form([("tiers", String(count))] + kept)
  }
}
