import Web

/// What programs call: none of it has a session. Part of ``site``.
// swift-format-ignore
let programRoutes: [Route<Context, Change>] = [
  .hook("/hooks/channels/:channel",             ChannelHooks.receive),
  .hook("/hooks/agents/:agent",                 AgentHooks.receive),
  .hook("/hooks/sms/status",                    SMSHooks.status),
  .hook("/hooks/sms/inbound",                   SMSHooks.inbound),
  .hook("/d/:token",                            CompletionHooks.byLink),
  .hook("/api/v1/inbox",                        InboxAPI.receive),
  .hook("/api/v1/reminders/:reminder/completion", CompletionHooks.byKey),
  .get ("/api/v1/notifications/pending",        .hook,   PullAPI.pending),
  .hook("/api/v1/notifications/:pulled/receipt", PullAPI.receipt),
]
