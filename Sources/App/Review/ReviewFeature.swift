import HTML
import Postgres

extension NavSection {
  static let review = NavSection(group: .habits, path: Paths.review, label: { words in words("Review") }, icon: "review", key: "w")
}

extension Feature {
  /// How a week of habits went: a page, and a mail.
  static let review = Feature(
    section: .review,
    work: { bench in WeeklyWork(bench).kinds },
    counts: ["weeks", "reviews"],
    retention: [
      Retention("weekly_mails", days: 30) { before in
        "DELETE FROM weekly_mails WHERE id IN (SELECT id FROM weekly_mails WHERE created_at < \(before) LIMIT \(Chore.slice))"
      }
    ],
    sentence: { facts, words in
      facts.action.utf8.elementsEqual("review.mail_off".utf8) ? words("Switched the weekly mail off by the link in it.") : nil
    })
}
