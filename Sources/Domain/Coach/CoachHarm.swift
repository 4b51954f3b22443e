/// What gets the fixed human text: no model and no rule answers it, and it never becomes part of a later prompt (RULES 5.14).
public enum CoachHarm: String, CaseIterable, Hashable, Sendable {
  /// Harm to oneself, also "for a friend".
  case harm
  /// Harm to somebody else.
  case others
  case abuse
  /// Eating nothing.
  case eating
  /// A question for a doctor or a pharmacist.
  case medicine
}

/// The lists of both languages, since people write in either, and the texts that answer.
public struct CoachHarmReader: Sendable {
  private let lists: [CoachPhraseList]

  /// - Parameter lists: `human.en.N.txt` and `human.pt-BR.N.txt`, read.
  public init(_ lists: [CoachPhraseList]) { self.lists = lists }

  /// What the text speaks of; in doubt not nil. The gravest wins: only what is nothing else is a question for a doctor.
  ///
  /// - Complexity: linear in the text, which is read up to 16,000 scalars; a chat message has 4 kB at most.
  public func harm(in text: String) -> CoachHarm? {
    let text = String(String.UnicodeScalarView(text.unicodeScalars.prefix(16_000)))
    return lists.compactMap { $0.section(in: text).flatMap { CoachHarm(rawValue: $0) } }
      .min { CoachHarm.allCases.firstIndex(of: $0) ?? 0 < CoachHarm.allCases.firstIndex(of: $1) ?? 0 }
  }
}

/// The fixed texts of one language, read from `words/human.LANG.txt`.
public struct CoachHumanText: Sendable {
  /// For everything but ``medicine``.
  public let harm: String
  public let medicine: String

  /// - Returns: nil unless both texts are there.
  public init?(_ file: String) {
    var parts: [String: [Substring]] = [:]
    var section = ""
    for (line, _) in CoachComplaint.lines(file) {
      if line.hasPrefix("["), line.hasSuffix("]") {
        section = String(line.dropFirst().dropLast())
      } else {
        parts[section, default: []].append(line)
      }
    }
    guard let harm = parts["harm"], let medicine = parts["medicine"] else { return nil }
    self.harm = harm.joined(separator: "\n\n")
    self.medicine = medicine.joined(separator: "\n\n")
  }

  public func text(for harm: CoachHarm) -> String { harm == .medicine ? medicine : self.harm }
}
