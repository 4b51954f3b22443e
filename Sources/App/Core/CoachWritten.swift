import Postgres

/// What wrote a text of the coach's.
enum CoachWritten: String, CaseIterable, Bindable, FromColumn { case template, model }
