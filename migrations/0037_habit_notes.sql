-- A search read all days of a person to look at the few that have a note: 1.8 s for ten years of 200 habits. Writes of habit_days wait while the index
-- is made, a second for a million days.
CREATE INDEX habit_days_noted ON habit_days (user_id, date DESC, habit_id) WHERE notes <> '';
