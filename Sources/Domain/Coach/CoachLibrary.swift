/// All that the coach says and compares, from the files of `templates/prompts/`, which the program carries in itself.
public struct CoachLibrary: Sendable {
  public let harm: CoachHarmReader
  /// What is wrong with the files, each complaint behind its file's name.
  public let complaints: [String]
  private let words: [String: CoachWords]
  private let human: [Language: CoachHumanText]
  private let tones: [Language: CoachTone]
  private let prompts: [CoachEvent: CoachPromptFile]
  /// For the drafts of the desk; nil only when the files have ``complaints``.
  public let draft: DraftPromptFile?
  /// For the assistant; nil only when the files have ``complaints``.
  public let assistant: AssistantPromptFile?
  private let intents: [CoachPhraseList]

  /// - Parameter files: the text of each file by its name below `templates/prompts/`: `streak.1.md`, `words/yoda.en.txt`. Of several numbers of one
  ///   file the highest counts.
  public init(_ files: [String: String]) {
    var complaints: [String] = []
    func newest(_ name: String, _ suffix: String) -> (name: String, number: Int, text: String)? {
      let found = files.compactMap { file, text -> (name: String, number: Int, text: String)? in
        guard file.hasPrefix(name + "."), file.hasSuffix(suffix) else { return nil }
        return Int(file.dropFirst(name.utf8.count + 1).dropLast(suffix.utf8.count)).map { (file, $0, text) }
      }
      let best = found.max { $0.number < $1.number }
      if best == nil { complaints.append("\(name).N\(suffix) is missing") }
      return best
    }
    func list(_ name: String) -> CoachPhraseList {
      let file = newest(name, ".txt")
      let list = CoachPhraseList(file?.text ?? "")
      complaints += list.complaints.map { "\(file?.name ?? name):\($0.line): \($0.reason)" }
      return list
    }
    var words: [String: CoachWords] = [:]
    for personality in CoachPersonality.allCases {
      for language in Language.allCases {
        let name = "\(personality.rawValue).\(language.rawValue)"
        let file = CoachWords(files["words/\(name).txt"] ?? "", personality, language)
        complaints += file.complaints.map { "words/\(name).txt:\($0.line): \($0.reason)" }
        for topic in CoachTopic.allCases where file.variants[topic] == nil {
          complaints.append("words/\(name).txt: no text for \(topic.rawValue)")
        }
        words[name] = file
      }
    }
    self.words = words
    harm = CoachHarmReader(Language.allCases.map { list("human.\($0.rawValue)") })
    intents = Language.allCases.map { list("intents.\($0.rawValue)") }
    tones = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, CoachTone(list("tone.\($0.rawValue)"))) })
    human = Dictionary(
      uniqueKeysWithValues: Language.allCases.compactMap { language in
        CoachHumanText(files["words/human.\(language.rawValue).txt"] ?? "").map { (language, $0) }
      })
    if human.count < Language.allCases.count { complaints.append("words/human.LANG.txt: a text is missing") }
    prompts = Dictionary(
      uniqueKeysWithValues: CoachEvent.allCases.compactMap { event in
        newest(event.rawValue, ".md").map { (event, CoachPromptFile(event: event, number: $0.number, text: $0.text)) }
      })
    draft = newest("draft", ".md").map { DraftPromptFile(number: $0.number, text: $0.text) }
    assistant = newest("assistant", ".md").map { AssistantPromptFile(number: $0.number, text: $0.text) }
    self.complaints = complaints
  }

  /// - Returns: nil only when the files have ``complaints``.
  public func words(_ personality: CoachPersonality, _ language: Language) -> CoachWords? {
    words["\(personality.rawValue).\(language.rawValue)"]
  }

  /// What a person reads whose words spoke of harm or asked for medical advice; nil when they did not.
  public func humanText(for text: String, _ language: Language) -> String? {
    harm.harm(in: text).flatMap { human[language]?.text(for: $0) }
  }

  public func tone(_ language: Language) -> CoachTone { tones[language] ?? CoachTone(CoachPhraseList("")) }
  /// - Returns: nil only when the files have ``complaints``.
  public func prompt(_ event: CoachEvent) -> CoachPromptFile? { prompts[event] }
  public var chat: CoachIntentReader { CoachIntentReader(intents) }
}
