import Domain
import HTML
import Postgres

extension Feature {
  /// What became of reminders that rang, and what to do about those that still do.
  static let timeline = Feature(
    today: { day in EscalationSection.today(day) },
    demo: { stage in
      // Longer nights at the weekend, and a program that says when the backup is done.
      try stage.db.run(
        """
        UPDATE users SET quiet_days = \(Int(([.friday, .saturday] as WeekdaySet).bits)), quiet_days_from = 82800, quiet_days_until = 36000,
          updated_at = \(stage.now)
        WHERE id = \(stage.user)
        """)
      let backup: ID<Reminder>? = try stage.db.value(
        "SELECT id FROM reminders WHERE user_id = \(stage.user) AND title = 'Back up the photographs'")
      if let backup { try stage.db.run(CompletionCriterion.webhook.saving(of: backup, stage.user, at: stage.now)) }
    })
}

/// A section of Today: what rings, the one that climbs soonest first.
struct EscalationSection {
  let rows: [EscalationItem]

  /// How many of them Today shows.
  private static let most = 20

  static func today(_ day: DayView) -> Reading<TodayPart> {
    Reading(EscalationRow.ringing(limit: most)) { ringing in
      let count = day.person.counts[.ringing]
      let rows = ringing.enumerated().map { EscalationItem($1, $0, day.person, day.words, day.clock, inSection: true) }
      let figure = TodayFigure(
        target: "escalating", tone: "urgent", icon: "escalations", label: day.words("escalating"), value: count, isZero: rows.isEmpty)
      return TodayPart(
        sections: [TodaySection(rank: .ringing, figure: figure, view: rows.isEmpty ? nil : EscalationSection(rows: rows))],
        more: count > most ? Paths.reminders : nil)
    }
  }
}
