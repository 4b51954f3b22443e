import Domain
import HTML
import Postgres
import Web

/// What was said in the calls about a draft, for those who run the account (RULES 6.36).
enum DraftPrompts {
  /// GET /drafts/:draft/prompts
  static func show(_ web: Context, _ id: ID<Draft>) throws -> Response {
    let (drafts, calls, keys) = try web.read(Draft.ours("d.id = \(id)"), ModelTexts.of(id), Vault.ours)
    guard !drafts.isEmpty else { throw Failure.notFound }
    let wrapped = Dictionary(keys, uniquingKeysWith: { first, _ in first })
    let vault = AccountKeys(account: try web.person.account, masters: web.services.masters, wrapped: wrapped)
    return web.page(try DraftPromptsPage(id, calls, vault, web))
  }
}

/// Its page.
struct DraftPromptsPage {
  let layout: Layout
  let back: Path
  let kept: String
  let calls: [Call]
  var hasCalls: Bool { !calls.isEmpty }

  struct Call {
    let mark: String
    let title: String
    let at: TimeText
    let model: String
    let outcome: String
    let texts: [Said]
  }

  /// Something that one of both said.
  struct Said {
    let title: String
    let text: String
  }

  init(_ draft: ID<Draft>, _ calls: [ModelTexts], _ keys: AccountKeys, _ web: Context) throws {
    let (person, words, clock) = (try web.person, web.words, web.clock)
    layout = try Layout(words("What was said to the model"), .drafts, web)
    back = Paths.draft(draft)
    kept = words("Kept sealed for {days} days, for owner and admin.", ["days": String(ModelTexts.days)])
    self.calls = calls.enumerated().map { place, call in
      Call(
        mark: "c\(place)", title: words("Call {n}", ["n": String(call.call)]), at: TimeText(call.startedAt, person, clock),
        model: call.model, outcome: Self.outcome(call, words), texts: Self.asked(call, keys, words) + Self.answered(call, keys, words))
    }
  }

  private static func outcome(_ call: ModelTexts, _ words: Words) -> String {
    switch ModelRun.Outcome(rawValue: call.outcome) {
    case .taken: words("It wrote the draft.")
    case .refused, .failed: words("Nothing of it was taken: {reason}.", ["reason": ModelText.reason(call.reason, words)])
    case nil: words("It has not answered yet.")
    }
  }

  /// The messages of the request; as it went where it is longer than what is kept.
  private static func asked(_ call: ModelTexts, _ keys: AccountKeys, _ words: Words) -> [Said] {
    let title = words("What it was asked")
    guard let bytes = opened(call.prompt, ModelTexts.promptColumn, call, keys) else {
      return [Said(title: title, text: lost(words))]
    }
    guard let messages = JSONValue(bytes)?["messages"]?.elements else {
      return [Said(title: title, text: String(decoding: bytes, as: UTF8.self))]
    }
    return messages.map { message in
      let isRules = message["role"]?.text.map { $0.utf8.elementsEqual("system".utf8) } ?? false
      return Said(title: isRules ? words("Its rules") : title, text: message["content"]?.text ?? "")
    }
  }

  private static func answered(_ call: ModelTexts, _ keys: AccountKeys, _ words: Words) -> [Said] {
    guard let answer = call.answer else { return [] }
    let title = words("What it answered")
    guard let bytes = opened(answer, ModelTexts.answerColumn, call, keys) else {
      return [Said(title: title, text: lost(words))]
    }
    let content = JSONValue(bytes)?["choices"]?.elements.first?["message"]?["content"]?.text
    return [Said(title: title, text: content ?? String(decoding: bytes, as: UTF8.self))]
  }

  private static func opened(_ sealed: [UInt8], _ column: SecretColumn, _ call: ModelTexts, _ keys: AccountKeys) -> [UInt8]? {
    // What does not open is said on the page; the other texts stand.
    try? keys.open(sealed, at: column.place(call.id))
  }

  private static func lost(_ words: Words) -> String { words("It cannot be opened: it was sealed with another key.") }
}
