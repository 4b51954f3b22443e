import HTML

/// What an agent says of itself: the specification's `AgentDefinition`, but for what its ``Channel`` says already.
struct ChannelAbout: Sendable {
  /// The plans of the specification: from which on an agent may be used.
  enum Plan: String { case free, personal, pro, family }

  var description: @Sendable (Words) -> String = { _ in "" }
  var version = "1.0.0"
  var author = "Heed"
  var isOfficial = true
  var isVerified = true
  /// Whether it goes to people by itself; whether programs may fetch.
  var canPush = true
  var canPull = false
  /// What people may answer by it, in the specification's words; empty: nothing.
  var actions = ["snooze", "dismiss", "complete"]
  var minimumPlan = Plan.free
}
