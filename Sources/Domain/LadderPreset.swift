/// How much a reminder matters.
public enum Importance: String, CaseIterable, Hashable, Sendable {
  case low, medium, high, critical

  /// The preset that a reminder of this importance climbs unless another profile is chosen (RULES 3.11).
  public var preset: LadderPreset {
    switch self {
    case .low, .medium: .gentle
    case .high: .urgent
    case .critical: .critical
    }
  }
}

/// The three ladders that everybody gets a copy of, as in the specification "escalating-reminders", Seeding Preset Data.
public enum LadderPreset: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  case gentle, urgent, critical

  /// What the specification calls it: `esc_preset_gentle`.
  public var specifiedID: String { "esc_preset_" + rawValue }

  public var ladder: Ladder {
    switch self {
    case .gentle:
      Ladder(checked: [
        Tier(delayMinutes: 0, agents: [.push]),
        Tier(delayMinutes: 60, agents: [.push, .email]),
        Tier(delayMinutes: 180, agents: [.push, .email, .sms]),
      ])
    case .urgent:
      Ladder(checked: [
        Tier(delayMinutes: 0, agents: [.push, .sms]),
        Tier(delayMinutes: 5, agents: [.push, .sms, .email]),
        Tier(delayMinutes: 15, agents: [.push, .sms, .email]),
        Tier(delayMinutes: 30, agents: [.push, .sms, .email], includesContacts: true),
      ])
    case .critical:
      Ladder(
        checked: [0, 2, 5, 10, 15].map { minutes in
          Tier(delayMinutes: minutes, agents: [.push, .sms, .email], includesContacts: minutes > 0)
        })
    }
  }

  /// "Gentle"; the source string of the catalogue.
  public var name: String {
    switch self {
    case .gentle: "Gentle"
    case .urgent: "Urgent"
    case .critical: "Critical"
    }
  }

  /// The source string of the catalogue.
  public var description: String {
    switch self {
    case .gentle: "Gradual escalation over hours"
    case .urgent: "Rapid escalation within minutes"
    case .critical: "Immediate multi-channel + social escalation"
    }
  }
}
