import HTML
import Postgres

extension NavSection {
  static let assistant = NavSection(
    group: .context, path: Paths.assistant, label: { words in words("Assistant") }, icon: "agents", key: "a")
}

extension Feature {
  /// Conversations with the assistant, which reads and proposes and never acts.
  static let assistant = Feature(
    section: .assistant, jobs: [AssistantWork.kind],
    retention: [AssistantStep.retention, AssistantTurn.retention],
    sentence: { facts, words in facts.aboutAssistant(words) })
}
