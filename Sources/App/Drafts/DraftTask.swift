import Domain
import Net
import Postgres
import Web

/// A draft as it was written, by whomever.
struct WrittenDraft {
  struct Quoted {
    /// As the writer numbers it, from 1.
    let n: Int
    let passage: FoundPassage
    /// What of the draft rests on it, one sentence a line.
    let sentences: String
  }

  let text: String
  /// Who wrote it.
  let key: String
  let prompt: String
  /// In hundredths.
  let confidence: Int
  let struck: [String]
  let quoted: [Quoted]
  let fallback: Draft.Fallback
}

/// A draft while it is written: what was asked, with what was found for it, as long as a worker has it in hands.
final class DraftTask {
  /// With this or less a draft of which something was struck is shown.
  private static let mostOfStruck = 39

  let id: ID<Draft>
  let question: DraftQuestion
  private let search: PassageSearch
  /// nil: there is no model.
  private let asked: ModelQuestion<GroundedDraft>?

  init(_ id: ID<Draft>, _ question: DraftQuestion, _ bench: WorkBench, _ now: Instant) throws(PostgresError) {
    let search = try PassageSearch.run(question.text, question.answered, of: question.account, at: now, bench.db)
    (self.id, self.question, self.search) = (id, question, search)
    let file = bench.services.model == nil ? nil : bench.services.coach.draft
    asked = file.map { ModelQuestion(id, question, search.passages, $0, now) }
  }

  /// What a step comes to.
  enum Step {
    case waiting(HTTPRequest, after: Int)
    case written(GroundedDraft)
    case unwritten(Draft.Fallback)
  }

  func step(_ memory: inout String, _ moment: JobMoment, _ bench: WorkBench, _ now: Instant) throws -> Step {
    guard let asked else { return .unwritten(.none) }
    if question.modelDaily == 0 { return .unwritten(.off) }
    switch try ModelCall.step(asked, &memory, moment, bench, now) {
    case .waiting(let request, let wait): return .waiting(request, after: wait)
    case .written(let draft): return .written(draft)
    case .unwritten(let silence): return .unwritten(Draft.Fallback(silence))
    }
  }

  func written(_ draft: GroundedDraft, by model: String) -> WrittenDraft {
    let quoted = search.quoted.enumerated().compactMap { place, passage -> WrittenDraft.Quoted? in
      let sentences = draft.sentences(citing: place + 1)
      return sentences.isEmpty ? nil : .init(n: place + 1, passage: passage, sentences: sentences.joined(separator: "\n"))
    }
    return WrittenDraft(
      text: draft.text(question.answered, to: Customer.firstName(question.customerName)), key: model, prompt: asked?.prompt.file ?? "",
      confidence: min(search.confidence.hundredths, draft.struck.isEmpty ? 100 : Self.mostOfStruck), struck: draft.struck, quoted: quoted,
      fallback: .none)
  }

  func writtenWithoutModel(because reason: Draft.Fallback) -> WrittenDraft {
    WrittenDraft(
      text: search.draft(to: Customer.firstName(question.customerName)), key: BuiltInWriter.key, prompt: "",
      confidence: search.confidence.hundredths, struck: [],
      quoted: search.quoted.enumerated().map { .init(n: $0.offset + 1, passage: $0.element, sentences: "") }, fallback: reason)
  }
}

extension ModelQuestion where Answer == GroundedDraft {
  fileprivate init(
    _ draft: ID<Draft>, _ question: DraftQuestion, _ passages: [QuotedPassage], _ file: DraftPromptFile, _ now: Instant
  ) {
    let material = DraftMaterial(
      question.answered, passages: passages, messages: question.parts.filter { !$0.utf8.isEmpty }, instruction: question.instruction,
      signature: question.signature, names: [question.customerName, question.channelName])
    let prompt = file.rendered(material, mark: Bytes.hex(Keys.random(16)))
    let check = DraftCheck(material, rules: prompt.system)
    self.init(
      cause: .draft(draft, daily: question.modelDaily, messages: question.triggers), account: question.account,
      day: Day(Int(now.seconds / 86_400)),
      event: ModelText.drafts, prompt: prompt, usual: DraftPromptFile.usual
    ) { object in
      let read = Result { () throws(CoachFailure) in try DraftAnswer(object) }
      switch read {
      case .failure(let failure): return .unreadable(failure)
      case .success(let answer):
        let checked = Result { () throws(DraftRefusal) in try check.checked(answer) }
        switch checked {
        case .success(let draft): return .taken(draft)
        case .failure(let refusal): return .refused(refusal.rawValue)
        }
      }
    }
  }
}

extension Draft.Fallback {
  /// The reasons of `prompt_runs`, as a draft tells them.
  init(_ silence: ModelSilence) {
    self =
      switch silence {
      case .off: Self.none
      case .paused: .http
      case .limit: .limit
      case .failed(let code): Self(code)
      }
  }

  /// - Parameter code: of a `CoachFailure` or a `DraftRefusal`.
  private init(_ code: String) {
    self =
      switch code {
      case "timeout": .timeout
      case "connection", "redirect", "interrupted": .http
      case "refused", DraftRefusal.nothingFits.rawValue, DraftRefusal.unrelated.rawValue: .refused
      case DraftRefusal.language.rawValue: .language
      case DraftRefusal.passages.rawValue, DraftRefusal.ungrounded.rawValue: .ungrounded
      case _ where code.utf8.starts(with: "status_".utf8): .http
      default: .format
      }
  }
}
