-- A list of habits reads what belongs to all of a person's at once.
CREATE INDEX habit_frequencies_by_user ON habit_frequencies (user_id, from_date);
