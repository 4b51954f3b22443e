/// Every feature that says itself what walks must know of it: a new one is a line here.
let footprints: [Footprint] = [
  .reminders, .escalations, .habits, .goals, .coach, .model, .review, .drafts, .conversations, .deskChannels, .sources, .intake, .customers,
  .savedReplies, .deskReminders,
  .learning, .monitor, .late, .notices, .assistant, .assumptions, .proposals, .vectors,
  .search, .inbox, .plan, .tasks, .problems, .deadlines, .ties, .merging, .events, .calendar, .memory, .plannerFiles, .feeds, .connections,
  .trash, .people, .contextFiles, .places, .profiles, .contacts, .phones, .agents, .push,
  .accounts, .apiKeys, .team, .reminderOffers, .personData,
  .records, .jobs, .vault, .core,
]
