/// Every feature, in the order of the navigation, which is that in which a round of a worker comes to them too. A new one is a line here, its routes
/// in ``site``, and its folder.
let features: [Feature] = [
  .today, .late, .reminders, .escalations, .habits, .goals, .coach, .model, .review, .inbox, .plan, .tasks, .problems, .deadlines, .memory,
  .plannerFiles, .trash, .assistant, .assumptions, .proposals, .calendar, .people, .places, .events, .ties, .contextFiles, .merging, .feeds,
  .connections,
  .vectors, .drafts,
  .conversations,
  .customers,
  .savedReplies,
  .learning, .monitor, .notices, .deskReminders, .deskChannels, .sources, .intake, .timeline, .deliveries, .profiles, .contacts, .agents,
  .phones, .push, .accounts, .apiKeys, .team, .reminderOffers, .personData, .records, .jobs,
]

/// Every way by which people are reached.
let channels: [Channel] = [.email, .sms, .webhook, .push, .pull]
