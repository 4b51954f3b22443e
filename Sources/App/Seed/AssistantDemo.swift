import Domain
import Postgres
import Web

/// A conversation of the demo account with the assistant, without a model, three proposals that wait, and what is taken for true in every state; the same
/// of a colleague, in Portuguese.
struct AssistantDemo {
  private let stage: DemoStage

  /// What somebody asks, and what is taken for true of those whom they know.
  struct Story {
    let said: [String]
    let guesses: [Guess]
  }

  /// Something that a rule takes for true, and what became of it.
  struct Guess {
    let from: String
    /// A word of relationships.
    let word: String
    let to: String
    /// Hundredths.
    let sure: Int
    let fate: Fate

    enum Fate {
      case open, confirmed, dismissed
      /// In the person's words.
      case corrected(String)
      /// Nobody answered.
      case faded
    }

    /// Days before today.
    var ago: Int64 {
      switch fate {
      case .faded: AssumptionLimits.fadingDays + 5
      default: 20
      }
    }
  }

  /// Of both people, when both are there; after whom they know, since that is asked about.
  static func tell(_ stage: DemoStage) throws {
    try AssistantDemo(stage: stage).tell(.family)
    if let beside = try stage.colleague() { try AssistantDemo(stage: beside).tell(.colleague) }
    // Answers, what rules find by themselves, and what nobody answered fades.
    _ = try stage.worker.runOnce { stage.now }
  }

  private func tell(_ story: Story) throws {
    let chat = ID<Chat>.new(at: stage.now.advanced(minutes: -story.said.count))
    for (number, text) in story.said.enumerated() {
      let now = stage.now.advanced(minutes: number - story.said.count)
      try stage.act { person in
        try stage.db.queue(AssistantExchange.saying(text, in: chat, isNew: number == 0, person, stage.services, at: now).statements)
      }
    }
    for (number, guess) in story.guesses.enumerated() {
      try stage.act { person in try take(guess, person, stage.now.advanced(days: -guess.ago).advanced(seconds: 2 * number - 900)) }
    }
  }

  /// Takes it for true, and answers a second later what the person says to it.
  private func take(_ guess: Guess, _ person: Person, _ now: Instant) throws {
    guard let from = try thing(guess.from), let to = try thing(guess.to) else { return }
    let words = stage.services.words(person.language)
    guard let sentence = AssumptionText.sentence(guess.word, subject: guess.from, object: guess.to, words) else { return }
    let inferred = InferredAssumption(
      key: AssumptionKey(from, guess.word, to), words: sentence, category: .inference, confidence: guess.sure, written: .rules,
      grounds: [
        AssumptionGround(mark: EvidenceMark(from.kind, from.id), quote: guess.from),
        AssumptionGround(mark: EvidenceMark(to.kind, to.id), quote: guess.to),
      ])
    guard let made = try AssumptionWrites(writing: stage.writing(person, at: now)).infer([inferred]).first else { return }
    let commands = AssumptionCommands(writing: stage.writing(person, at: now.advanced(seconds: 1)))
    switch guess.fate {
    case .open, .faded: break
    case .confirmed: _ = try commands.confirm(made.id, version: nil)
    case .dismissed: _ = try commands.dismiss(made.id, version: nil)
    case .corrected(let words): _ = try commands.correct(made.id, words, version: nil)
    }
  }

  private func thing(_ title: String) throws -> AssumedThing? {
    let found: (String, ID<Thing>)? = try stage.db.row(
      Query(
        tuple: """
          SELECT kind, id FROM search_documents WHERE user_id = (SELECT me()) AND title = \(title) AND NOT trashed ORDER BY id LIMIT 1
          """))
    return found.map { AssumedThing($0.0, $0.1) }
  }
}

extension AssistantDemo.Story {
  static let family = AssistantDemo.Story(
    said: [
      "what is due this week", "who is Bea Moraes", "when did I last see Lu Andrade", "when am I free for 60 minutes on friday",
      "add task Choose a present for Dona Célia tomorrow", "remind me to call Rui Lopes tomorrow at 18:00",
      "mark Answer the school about the summer camp as done",
    ],
    guesses: [
      AssistantDemo.Guess(from: "Elisa Campos", word: "works_with", to: "Fábio Teles", sure: 70, fate: .confirmed),
      AssistantDemo.Guess(from: "Carla Nunes", word: "knows", to: "Renata Vidal", sure: 60, fate: .open),
      AssistantDemo.Guess(from: "Zilda Moura", word: "knows", to: "Heitor Moura", sure: 55, fate: .open),
      AssistantDemo.Guess(from: "Karim Aziz", word: "knows", to: "Davi Rocha", sure: 60, fate: .dismissed),
      AssistantDemo.Guess(
        from: "Quitéria Sá", word: "lives_at", to: "Escola do Parque", sure: 40, fate: .corrected("No, she only works there.")),
      AssistantDemo.Guess(from: "Otto Brandt", word: "knows", to: "Yuki Tanaka", sure: 50, fate: .faded),
    ])

  static let colleague = AssistantDemo.Story(
    said: [
      "o que vence esta semana", "quem é Vanessa Prates", "quando vi Tati Freire pela última vez",
      "quando estou livre por 60 minutos na sexta",
      "adicione tarefa Escolher o presente da Marina amanhã", "me lembre de ligar para Sandra Melo amanhã às 10h",
      "marque Modelo de resposta para trocas como feito",
    ],
    guesses: [
      AssistantDemo.Guess(from: "Vanessa Prates", word: "works_with", to: "Hugo Prates", sure: 70, fate: .confirmed),
      AssistantDemo.Guess(from: "Rafa Nogueira", word: "knows", to: "Tati Freire", sure: 60, fate: .open),
      AssistantDemo.Guess(from: "Clara Yamada", word: "knows", to: "Sandra Melo", sure: 50, fate: .dismissed),
      AssistantDemo.Guess(from: "Léo Batista", word: "lives_at", to: "Quadra da Lapa", sure: 40, fate: .corrected("Não, ele só joga lá.")),
      AssistantDemo.Guess(from: "Seu Jorge Costa", word: "knows", to: "Rafa Nogueira", sure: 50, fate: .faded),
    ])
}
