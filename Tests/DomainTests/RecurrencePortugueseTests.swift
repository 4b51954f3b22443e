import Testing

@testable import Domain

/// Brazilian recurrences, said on Wednesday 10 March 2027 at 12:00 in São Paulo by somebody whose default hour is 09:00.
@Suite struct RecurrencePortugueseTests {
  @Test(arguments: Self.table)
  func `a recurrence is read as its rule and begins with the coming time`(_ row: RecurrenceRow) throws {
    try row.check(.portuguese)
  }

  static let table: [RecurrenceRow] = [
    // Dias.
    .init("todo dia", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todos os dias", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("diariamente às 8h", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0", "03-11T08:00"),
    .init("cada dia às 14h30", "FREQ=DAILY;BYHOUR=14;BYMINUTE=30", "03-10T14:30"),
    .init("todo dia às 8h e 20h", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "03-10T20:00", "03-11T08:00"),
    .init("todo dia às 9h e às 21h", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "03-10T21:00"),
    .init("todos os dias às 8h, às 12h e às 18h", "FREQ=DAILY;BYHOUR=8,12,18;BYMINUTE=0", "03-10T18:00", "03-11T08:00"),
    .init("todo dia ao meio-dia", "FREQ=DAILY;BYHOUR=12;BYMINUTE=0", "03-11T12:00"),
    .init("todo dia à noite", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0", "03-10T20:00"),
    .init("toda noite", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0", "03-10T20:00"),
    .init("toda manhã", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo dia às 7 da noite", "FREQ=DAILY;BYHOUR=19;BYMINUTE=0", "03-10T19:00"),
    .init("todo dia às 3 da tarde", "FREQ=DAILY;BYHOUR=15;BYMINUTE=0", "03-10T15:00"),
    .init("às 9h todo dia", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo dia às 9 e meia", "FREQ=DAILY;BYHOUR=9;BYMINUTE=30", "03-11T09:30"),
    .init("uma vez por dia às 20h", "FREQ=DAILY;BYHOUR=20;BYMINUTE=0", "03-10T20:00"),
    .init("Todo DIA ÀS 8H", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0", "03-11T08:00"),
    .init("a cada 3 dias", "FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-14T09:00"),
    .init("a cada três dias às 18h", "FREQ=DAILY;INTERVAL=3;BYHOUR=18;BYMINUTE=0", "03-10T18:00", "03-13T18:00"),
    .init("cada 2 dias", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("de 3 em 3 dias", "FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-14T09:00"),
    .init("de dois em dois dias", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("dia sim, dia não", "FREQ=DAILY;INTERVAL=2;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-13T09:00"),
    .init("dia sim dia não às 7h", "FREQ=DAILY;INTERVAL=2;BYHOUR=7;BYMINUTE=0", "03-11T07:00"),
    .init("todo dia em junho e julho às 8h", "FREQ=DAILY;BYMONTH=6,7;BYHOUR=8;BYMINUTE=0", "06-01T08:00"),
    // Semanas.
    .init("dias úteis", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo dia útil às 8h30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=30", "03-11T08:30"),
    .init("nos dias úteis às 18h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=18;BYMINUTE=0", "03-10T18:00"),
    .init("de segunda a sexta", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo fim de semana", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=9;BYMINUTE=0", "03-13T09:00"),
    .init("fins de semana às 10h", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=10;BYMINUTE=0", "03-13T10:00"),
    .init("aos fins de semana", "FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=9;BYMINUTE=0", "03-13T09:00"),
    .init("toda segunda e quinta", "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-15T09:00"),
    .init("toda segunda-feira", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todas as segundas", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("às segundas", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("nas segundas às 7h", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=7;BYMINUTE=0", "03-15T07:00"),
    .init("segundas e quintas às 19h", "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=19;BYMINUTE=0", "03-11T19:00"),
    .init("às terças-feiras", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0", "03-16T09:00"),
    .init("aos sábados", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=9;BYMINUTE=0", "03-13T09:00"),
    .init("todo sábado às 10h", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=10;BYMINUTE=0", "03-13T10:00"),
    .init("todo domingo", "FREQ=WEEKLY;BYDAY=SU;BYHOUR=9;BYMINUTE=0", "03-14T09:00"),
    .init("toda seg, qua e sex às 6h45", "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYHOUR=6;BYMINUTE=45", "03-12T06:45"),
    .init("toda quarta às 13h", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=13;BYMINUTE=0", "03-10T13:00"),
    .init("toda quarta às 9h", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9;BYMINUTE=0", "03-17T09:00"),
    .init("toda sexta à tarde", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=15;BYMINUTE=0", "03-12T15:00"),
    .init("semanalmente na sexta", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("toda semana na sexta", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00"),
    .init("toda semana", "FREQ=WEEKLY;BYDAY=WE;BYHOUR=9;BYMINUTE=0", "03-17T09:00"),
    .init("uma vez por semana na terça", "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0", "03-16T09:00"),
    .init("a cada 2 semanas na sexta", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("a cada duas semanas na sexta às 17h", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0", "03-12T17:00", "03-26T17:00"),
    .init("sexta sim sexta não", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("sexta sim, sexta não às 17h", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=17;BYMINUTE=0", "03-12T17:00"),
    .init("sexta-feira sim, sexta-feira não", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-12T09:00", "03-26T09:00"),
    .init("semana sim, semana não na terça", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=9;BYMINUTE=0", "03-16T09:00", "03-30T09:00"),
    .init("quinzenalmente no sábado", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;BYHOUR=9;BYMINUTE=0", "03-13T09:00", "03-27T09:00"),
    .init(
      "a cada 3 semanas na segunda e na quinta", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-29T09:00"),
    .init("de 2 em 2 semanas no domingo", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;BYHOUR=9;BYMINUTE=0", "03-14T09:00", "03-28T09:00"),
    .init("toda 2ª feira", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("toda segunda em junho", "FREQ=WEEKLY;BYMONTH=6;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "06-07T09:00"),
    // Meses, por data.
    .init("todo dia 15", "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todo dia 5 às 9h", "FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("todo dia 1º", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("dia 15 de cada mês", "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("no dia 20 de todo mês às 14h", "FREQ=MONTHLY;BYMONTHDAY=20;BYHOUR=14;BYMINUTE=0", "03-20T14:00"),
    .init("todo mês no dia 15", "FREQ=MONTHLY;BYMONTHDAY=15;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todo mês no dia 1º", "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00"),
    .init("todos os meses no dia 10", "FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
    .init("mensalmente no dia 31", "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "05-31T09:00", "07-31T09:00"),
    .init("nos dias 1 e 15 de cada mês", "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=9;BYMINUTE=0", "03-15T09:00", "04-01T09:00"),
    .init("dias 5 e 20 do mês", "FREQ=MONTHLY;BYMONTHDAY=5,20;BYHOUR=9;BYMINUTE=0", "03-20T09:00"),
    .init("todo mês", "FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
    .init("mensalmente", "FREQ=MONTHLY;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
    .init("uma vez por mês no dia 20", "FREQ=MONTHLY;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0", "03-20T09:00"),
    .init("último dia do mês", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00", "04-30T09:00"),
    .init("todo último dia do mês", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "03-31T09:00"),
    .init("no último dia de cada mês às 17h", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=17;BYMINUTE=0", "03-31T17:00"),
    .init("penúltimo dia do mês", "FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9;BYMINUTE=0", "03-30T09:00"),
    .init("todo mês no 2º último dia", "FREQ=MONTHLY;BYMONTHDAY=-2;BYHOUR=9;BYMINUTE=0", "03-30T09:00"),
    .init("a cada 3 meses no dia 10", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00", "07-10T09:00"),
    .init("trimestralmente no dia 1º", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "04-01T09:00", "07-01T09:00"),
    .init("de 2 em 2 meses no dia 20", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0", "03-20T09:00", "05-20T09:00"),
    .init("mês sim, mês não no dia 20", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=20;BYHOUR=9;BYMINUTE=0", "03-20T09:00", "05-20T09:00"),
    .init("semestralmente", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00", "10-10T09:00"),
    .init("a cada seis meses", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "04-10T09:00", "10-10T09:00"),
    .init("todo mês no dia 13, quando for sexta-feira, às 9h", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "08-13T09:00"),
    // Meses, por dia da semana.
    .init("primeira segunda do mês", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("toda primeira segunda do mês", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("na primeira segunda-feira de cada mês", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("última sexta do mês às 16h", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=16;BYMINUTE=0", "03-26T16:00"),
    .init("na última sexta de cada mês", "FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=9;BYMINUTE=0", "03-26T09:00"),
    .init("segunda terça do mês", "FREQ=MONTHLY;BYDAY=2TU;BYHOUR=9;BYMINUTE=0", "04-13T09:00"),
    .init("quarta quinta do mês", "FREQ=MONTHLY;BYDAY=4TH;BYHOUR=9;BYMINUTE=0", "03-25T09:00"),
    .init("terceiro domingo de cada mês", "FREQ=MONTHLY;BYDAY=3SU;BYHOUR=9;BYMINUTE=0", "03-21T09:00"),
    .init("todo mês na primeira segunda", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=9;BYMINUTE=0", "04-05T09:00"),
    .init("segunda e quarta terça do mês", "FREQ=MONTHLY;BYDAY=2TU,4TU;BYHOUR=9;BYMINUTE=0", "03-23T09:00"),
    .init("a cada 2 meses no primeiro domingo", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU;BYHOUR=9;BYMINUTE=0", "04-04T09:00", "06-06T09:00"),
    .init("último dia útil do mês", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1", "03-31T09:00", "04-30T09:00"),
    .init("quinto dia útil do mês às 10h", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=10;BYMINUTE=0;BYSETPOS=5", "04-07T10:00"),
    .init("todo 5º dia útil do mês", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=5", "04-07T09:00"),
    // Anos.
    .init("todo ano em 12 de dezembro", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "12-12T09:00"),
    .init("todo dia 12 de dezembro", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "12-12T09:00"),
    .init("todo 12 de dezembro", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "12-12T09:00"),
    .init("anualmente em 25/12 às 8h", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25;BYHOUR=8;BYMINUTE=0", "12-25T08:00"),
    .init("todo ano no dia 12 de outubro", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=12;BYHOUR=9;BYMINUTE=0", "10-12T09:00"),
    .init("todo ano em 29 de fevereiro", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9;BYMINUTE=0", "2028-02-29T09:00", "2032-02-29T09:00"),
    .init("todo ano", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10;BYHOUR=9;BYMINUTE=0", "2028-03-10T09:00"),
    .init(
      "a cada 2 anos em 1º de maio", "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "05-01T09:00", "2029-05-01T09:00"),
    .init(
      "todo ano em 1º de janeiro e 1º de julho", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1;BYHOUR=9;BYMINUTE=0", "07-01T09:00",
      "2028-01-01T09:00"),
    .init("todo ano no segundo domingo de maio", "FREQ=YEARLY;BYMONTH=5;BYDAY=2SU;BYHOUR=9;BYMINUTE=0", "05-09T09:00"),
    .init("segundo domingo de agosto todo ano", "FREQ=YEARLY;BYMONTH=8;BYDAY=2SU;BYHOUR=9;BYMINUTE=0", "08-08T09:00"),
    .init("todo ano no último dia de janeiro e julho", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0", "07-31T09:00"),
    .init(
      "todo ano no último dia útil de dezembro", "FREQ=YEARLY;BYMONTH=12;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0;BYSETPOS=-1",
      "12-31T09:00"),
    // Começos, fins, vezes.
    .init("todo dia a partir de amanhã", "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("todo dia às 8h começando em 1º de junho", "FREQ=DAILY;BYHOUR=8;BYMINUTE=0", "06-01T08:00"),
    .init(
      "a cada 2 semanas na sexta a partir de 05/03/2027", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=9;BYMINUTE=0", "03-19T09:00",
      "04-02T09:00"),
    .init("toda segunda desde a próxima segunda", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todo dia até 31 de dezembro", "FREQ=DAILY;UNTIL=20271231;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init(
      "dias úteis às 9h até sexta", "FREQ=WEEKLY;UNTIL=20270312;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-12T09:00"),
    .init("todo dia às 9h, 3 vezes", "FREQ=DAILY;COUNT=3;BYHOUR=9;BYMINUTE=0", "03-11T09:00", "03-12T09:00", "03-13T09:00"),
    .init("toda segunda 5 vezes", "FREQ=WEEKLY;COUNT=5;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todo dia por 2 semanas", "FREQ=DAILY;UNTIL=20270323;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    .init("toda segunda durante 3 meses", "FREQ=WEEKLY;UNTIL=20270609;BYDAY=MO;BYHOUR=9;BYMINUTE=0", "03-15T09:00"),
    .init("todo dia às 9h até 12/03/2027 às 8h", "FREQ=DAILY;UNTIL=20270312T080000;BYHOUR=9;BYMINUTE=0", "03-11T09:00"),
    // Horas pelo relógio.
    .init("a cada hora das 9h às 17h", "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0", "03-10T13:00"),
    .init(
      "a cada 2 horas das 8 às 18 nos dias úteis", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,10,12,14,16,18;BYMINUTE=0", "03-10T14:00"),
    .init("a cada 15 minutos entre 09:00 e 10:45", "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,15,30,45", "03-11T09:00"),
    .init("a cada hora cheia", "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0", "03-10T13:00"),
    .init("pela regra FREQ=YEARLY;BYYEARDAY=100", "FREQ=YEARLY;BYYEARDAY=100;BYHOUR=9;BYMINUTE=0", "04-10T09:00"),
  ]

  @Test(arguments: [
    ("a cada 90 minutos", 90), ("de 2 em 2 horas", 120), ("a cada hora", 60), ("a cada minuto", 1), ("de hora em hora", 60),
    ("a cada hora e meia", 90),
    ("de meia em meia hora", 30), ("a cada meia hora", 30), ("a cada 90 minutos, tempo corrido", 90), ("a cada duas horas", 120),
    ("cada 8 horas", 480),
  ])
  func `minutes and hours are an interval`(text: String, minutes: Int) throws {
    #expect(try RecurrencePhrase(text, reader: RecurrenceRow.reader(.portuguese)).kind == .interval(minutes: minutes))
  }
}
