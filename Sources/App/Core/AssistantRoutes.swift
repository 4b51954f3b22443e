import Web

/// What people open and post of the assistant, which proposes and never acts. Part of ``site``.
// swift-format-ignore
let assistantRoutes: [Route<Context, Change>] = [
  .get ("/assistant",                           .member, Assistant.show),
  .post("/assistant/messages",                  .member, Assistant.say),
  .get ("/assistant/:talk",                     .member, Assistant.read),
  .post("/assistant/:talk/stop",                .member, Assistant.stop),
  .post("/assistant/:talk/archival",            .member, Assistant.archive),
  .post("/assistant/:talk/restoration",         .member, Assistant.restore),
  .post("/assistant/:talk/deletion",            .member, Assistant.delete),

  .get ("/proposals",                           .member, Proposals.list),
  .get ("/proposals/:proposal",                 .member, Proposals.show),
  .post("/proposals/:proposal/acceptance",      .member, Proposals.accept),
  .post("/proposals/:proposal/refusal",         .member, Proposals.refuse),

  .get ("/assumptions",                         .member, Assumptions.list),
  .post("/assumptions/:assumption/confirmation", .member, Assumptions.confirm),
  .post("/assumptions/:assumption/correction",  .member, Assumptions.correct),
  .post("/assumptions/:assumption/dismissal",   .member, Assumptions.dismiss),

  .post("/search/sense",                        .member, SenseSearch.ask),
]
