import Testing

@testable import Domain

@Suite struct SMSAnswerTests {
  @Test(arguments: [
    ("1", SMSAnswer.acknowledge), (" 1. ", .acknowledge), ("1 thanks", .acknowledge), ("1, obrigada!", .acknowledge), ("2", .second),
    ("2 feito", .second), ("ok", .acknowledge), ("OK obrigado!", .acknowledge), ("ok obrigado!", .acknowledge), ("Sim", .acknowledge),
    ("On it.", .acknowledge), ("I'm on it", .acknowledge), ("deixa comigo", .acknowledge), ("já vi", .acknowledge), ("ja vi", .acknowledge),
    ("done", .complete), ("Done, thanks", .complete), ("it is done", .complete), ("já foi feito", .complete), ("Concluído", .complete),
    ("concluido", .complete), ("paguei ontem", .complete),
    ("no", .decline), ("NÃO", .decline), ("I can't", .decline), ("não posso", .decline), ("cannot", .decline),
    ("not done", .decline),
    ("not yet, ask Rui", .unclear), ("ok, not done", .decline),
    ("3", .later([])), ("3 obrigado", .later([])), ("3 until friday", .later(["until friday", "3 until friday"])),
    ("3 depois de amanhã", .later(["depois de amanhã", "3 depois de amanhã"])), ("3 hours", .later(["hours", "3 hours"])),
    ("snooze 2h", .later(["2h", "snooze 2h"])), ("adiar até sexta", .later(["até sexta", "adiar até sexta"])),
    ("tomorrow at 9", .later(["tomorrow at 9"])), ("1 hour", .later(["1 hour"])), ("2 horas", .later(["2 horas"])), ("2h", .later(["2h"])),
    ("12", .later(["12"])), ("what?", .later(["what?"])),
    ("STOP", .stop), ("Stop.", .stop), ("unsubscribe please", .stop), ("parar", .stop), ("Sair", .stop),
    ("stop the car", .later(["stop the car"])), ("Cancel, please", .stop), ("cancel it", .later(["cancel it"])),
    ("end it now", .later(["end it now"])),
    ("cancelar isso", .later(["cancelar isso"])), ("done tomorrow", .unclear), ("feito depois", .unclear), ("pronto, quase", .unclear),
    ("almost done", .later(["almost done"])), ("will do tomorrow", .acknowledge),
    ("START", .start), ("voltar", .start), ("", .unclear), ("   ", .unclear), ("👍", .unclear), ("?!", .unclear),
  ])
  func `says`(text: String, means: SMSAnswer) { #expect(SMSAnswer(text) == means, "\(text)") }

  @Test func `what is longer than an answer is none`() {
    #expect(SMSAnswer("1 " + String(repeating: "ok ", count: 100)) == .unclear)
    #expect(SMSAnswer(String(repeating: "\u{301}", count: 100_000)) == .unclear)
  }
}
