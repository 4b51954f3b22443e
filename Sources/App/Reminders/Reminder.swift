enum Reminder {}
