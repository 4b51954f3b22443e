import Domain
import Web

/// The whole site: method, path, who may, what answers. Read it top to bottom to learn the product.
// swift-format-ignore
let site: [Route<Context, Change>] = [
  .get ("/healthz",                             .anyone, Health.alive),
  .get ("/readyz",                              .anyone, Health.ready),

  .get ("/sign-up",                             .anyone, SignUp.form),
  .post("/sign-up",                             .anyone, SignUp.enter),
  .get ("/sign-in",                             .anyone, SignIn.form),
  .post("/sign-in",                             .anyone, SignIn.enter),
  .post("/sign-out",                            .member, SignIn.leave),
  .get ("/password/forgotten",                  .anyone, Passwords.forgottenForm),
  .post("/password/forgotten",                  .anyone, Passwords.forgotten),
  .get ("/password/reset/:token",               .anyone, Passwords.resetForm),
  .post("/password/reset/:token",               .anyone, Passwords.reset),
  .get ("/email/verify/:token",                 .anyone, Verification.form),
  .post("/email/verify/:token",                 .anyone, Verification.verify),
  .post("/email/verification",                  .member, Verification.sendAgain),

  .get ("/settings/profile",                    .member, PersonSettings.form),
  .post("/settings/profile",                    .member, PersonSettings.save),
  .get ("/settings/password",                   .member, Passwords.form),
  .post("/settings/password",                   .member, Passwords.change),
  .get ("/settings/sessions",                   .member, Sessions.list),
  .post("/settings/sessions/:session/revocation", .member, Sessions.revoke),
  .get ("/settings/audit",                      .member, AuditTrail.list),

  .get ("/",                                    .member, Today.page),
  .get ("/reminders",                           .member, Reminders.list),
  .post("/reminders",                           .member, Reminders.create),
  .get ("/reminders/new",                       .member, Reminders.new),
  .ask ("/reminders/preview",                   .member, Reminders.preview),
  .ask ("/reminders/quick",                     .member, Reminders.hear),
  .get ("/reminders/:reminder",                 .member, Reminders.show),
  .post("/reminders/bulk",                      .member, Reminders.bulk),
  .post("/reminders/:reminder",                 .member, Reminders.save),
  .get ("/reminders/:reminder/edit",            .member, Reminders.edit),
  .post("/reminders/:reminder/completion",      .member, Reminders.complete),
  .post("/reminders/:reminder/acknowledgement", .member, Reminders.acknowledge),
  .post("/reminders/:reminder/reopening",       .member, Reminders.reopen),
  .post("/reminders/:reminder/archival",        .member, Reminders.archive),
  .post("/reminders/:reminder/deletion",        .member, Reminders.delete),
  .post("/reminders/:reminder/wording",         .member, Reminders.keepWording),
  .post("/reminders/:reminder/run",             .member, Reminders.run),
  .post("/reminders/:reminder/snoozes",         .member, Reminders.snooze),

  .get ("/escalations",                         .member, Escalations.list),
  .get ("/escalations/:escalation",             .member, Escalations.timeline),
  .post("/escalations/:escalation/acknowledgement", .member, Escalations.acknowledge),
  .post("/escalations/:escalation/snoozes",     .member, Escalations.snooze),
  .post("/escalations/:escalation/completion",  .member, Escalations.complete),
  .post("/escalations/:escalation/advance",     .member, Escalations.advance),
  .post("/escalations/:escalation/notes",       .member, Escalations.note),

  .get ("/a/:token",                            .bearer, SignedActions.show),
  .post("/a/:token",                            .bearer, SignedActions.answer),
  .get ("/u/:token",                            .bearerFromAnywhere, Unsubscription.form),
  .post("/u/:token",                            .bearerFromAnywhere, Unsubscription.stop),

  .get ("/profiles",                            .member, Profiles.list),
  .get ("/agents",                              .member, Agents.list),
  .get ("/agents/:type",                        .member, Agents.form),
  .post("/agents/:type",                        .member, Agents.save),
  .post("/agents/:type/test",                   .member, Agents.test),
]
