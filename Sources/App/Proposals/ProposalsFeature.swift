import Domain
import HTML
import Postgres

extension NavSection {
  static let proposals = NavSection(
    group: .context, path: Paths.proposals, label: { words in words("Proposals") }, icon: "acknowledge", key: "1",
    count: { $0[.openProposals] }, counted: { words in words("to decide", context: "proposals") })
}

extension Count {
  /// Proposals that wait for an answer, at most 50.
  static let openProposals = Count("openProposals")
}

extension Feature {
  /// What the assistant proposes, until somebody decides.
  static let proposals = Feature(
    section: .proposals,
    numbers: Numbers(
      [.openProposals], "SELECT ARRAY[count(*)::integer] FROM proposals WHERE user_id = (SELECT me()) AND state = 'open'"),
    today: { day in ProposalSection.today(day) },
    retention: [
      Retention("proposals.unanswered", days: Proposal.days) { before in
        """
        UPDATE proposals SET state = 'ended', answered_at = expires_at
        WHERE id IN (SELECT id FROM proposals WHERE made_at < \(before) AND state = 'open' LIMIT \(Chore.slice))
        """
      },
      Retention("proposals", days: 90) { before in
        "DELETE FROM proposals WHERE id IN (SELECT id FROM proposals WHERE made_at < \(before) ORDER BY made_at LIMIT \(Chore.slice))"
      },
    ],
    sentence: { facts, words in facts.aboutProposals(words) },
    detail: { name, words in AuditFacts.proposalDetail(name, words) },
    auditSubjects: [
      AuditSubject(Proposal.subject, "SELECT id, title FROM proposals WHERE id = a.subject_id AND user_id = (SELECT me())") {
        Paths.proposal($0)
      }
    ])
}

extension AuditFacts {
  /// The sentences about proposals; nil for other entries. What was accepted is told as what was done to the thing.
  func aboutProposals(_ words: Words) -> String? {
    action == "proposal.refused" ? words("Refused the assistant’s proposal “{title}”.", ["title": SaidName.line(self["title"])]) : nil
  }

  /// What is recorded beside what the assistant proposed (RULES 9.41); nil for other details.
  static func proposalDetail(_ name: String, _ words: Words) -> String? {
    name == "proposal_changed" ? words("Changed before accepting") : nil
  }
}

/// What Today shows of proposals: those that end first.
struct ProposalSection {
  let heading: String
  let rows: [Row]
  let all = Paths.proposals

  struct Row {
    let path: Path
    let title: String
    let sure: String
  }

  /// How many stand there.
  private static let most = 3

  static func today(_ day: DayView) -> Reading<TodayPart> {
    let open = Proposal.mine("p.state = 'open' AND p.expires_at > \(day.clock.now) ORDER BY p.id LIMIT \(most)")
    return Reading(open) { proposals in
      var part = TodayPart()
      let words = day.words
      if let first = proposals.first { day.clock.keep(within: day.clock.now..<first.expiresAt) }
      let rows = proposals.map {
        Row(path: Paths.proposal($0.id), title: ProposalText.heading($0, words), sure: ProposalText.sure($0.confidence, words))
      }
      let count = max(day.person.counts[.openProposals], rows.count)
      let view = rows.isEmpty ? nil : ProposalSection(heading: words.count("{n} to decide", "{n} to decide", count), rows: rows)
      part.sections = [TodaySection(rank: .inHand, figure: nil, view: view)]
      return part
    }
  }
}
