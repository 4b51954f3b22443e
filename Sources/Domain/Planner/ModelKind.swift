/// A kind of a person's things, as the register calls it, of which a model may be told where they allow it: content and names alike, in chats, summaries and
/// vectors (RULES 9.12, 9.45).
public enum ModelKind: String, CaseIterable, Sendable {
  case task, goal, problem, deadline, person, place, event, reminder, habit
}
