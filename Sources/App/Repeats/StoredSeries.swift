import Domain

/// A series as it is stored, for the form that edits it.
struct StoredSeries {
  let kind: Schedule.Kind
  /// What was typed for it; empty: the schedule itself keeps it, or controls made it.
  let words: String
  /// As the form shows it where it is said in words.
  let typed: String
  /// The day from which the controls begin.
  let firstDay: Day?
  /// What the form's controls show of it; nil where they would not say all of it.
  let controls: RecurrenceControls?
}
