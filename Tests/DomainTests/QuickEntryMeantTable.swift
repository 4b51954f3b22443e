import Testing

@testable import Domain

/// Words of a title that a time or a series would take: how long something takes, which one of a series it is, the night of a movie night. Said when
/// the lines of the other tables are.
struct QuickEntryMeantTable {
  private static let english = """
    read 2 hours every night => read 2 hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    read two hours every night => read two hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    read about 2 hours every night => read about 2 hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    walk 1 hour every morning => walk 1 hour | 2027-03-11T09:00 | Every day at 09:00, New York time
    walk 1h every morning => walk 1h | 2027-03-11T09:00 | Every day at 09:00, New York time
    every night read 2 hours => read 2 hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    daily read 2 hours => read 2 hours | 2027-03-11T09:00 | Every day at 09:00, New York time
    read 2 hours every day => read 2 hours | 2027-03-11T09:00 | Every day at 09:00, New York time
    sleep 8 hours every night => sleep 8 hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    study 2-3 hours tomorrow => study 2-3 hours | 11 09:00
    walk 1-2 hours => walk 1-2 hours | -
    drive 5 to 6 hours friday => drive 5 to 6 hours | 12 09:00
    read 2 hours tomorrow => read 2 hours | 11 09:00
    drill 1600 hours tomorrow => drill | 11 16:00
    study 2-3 hours every day => study 2-3 hours | 2027-03-11T09:00 | Every day at 09:00, New York time
    sleep 7-8 hours every night => sleep 7-8 hours | 2027-03-10T20:00 | Every day at 20:00, New York time
    meeting friday from 2 to 3h => meeting friday from 2 to 3h | 12 02:00
    first monthly review tomorrow => first monthly review | 11 09:00
    last monthly payment friday => last monthly payment | 12 09:00
    1st monthly report friday => 1st monthly report | 12 09:00
    9:00 daily stand-up => stand-up | 2027-03-11T09:00 | Every day at 09:00, New York time
    every friday e-mail Bob => e-mail Bob | 2027-03-12T09:00 | Every Friday at 09:00, New York time
    daily e-mail report => e-mail report | 2027-03-11T09:00 | Every day at 09:00, New York time
    weekly e-mail digest friday at 9 => e-mail digest | 2027-03-12T09:00 | Every Friday at 09:00, New York time
    every 2 hours 10 min walk => 10 min walk | 2027-03-10T12:00 | Every 2 hours, elapsed
    every 25 min 5 min break => 5 min break | 2027-03-10T10:25 | Every 25 minutes, elapsed
    water every 1 hour 30 min => water | 2027-03-10T11:30 | Every 90 minutes, elapsed
    movie night every friday at 8 => movie night | 2027-03-12T20:00 | Every Friday at 20:00, New York time
    date night every friday at 8pm => date night | 2027-03-12T20:00 | Every Friday at 20:00, New York time
    say good morning every day at 8 => say good morning | 2027-03-11T08:00 | Every day at 08:00, New York time
    first working day drinks friday => first working day drinks | 12 09:00
    celebrate last working day => celebrate last working day | -
    first working day monday at 9 => first working day | 15 09:00
    safety first on mondays => safety first | 2027-03-15T09:00 | Every Monday at 09:00, New York time
    homework first, mondays at 5 => homework first | 2027-03-15T05:00 | Every Monday at 05:00, New York time
    homework first on weekdays at 4pm => homework first | 2027-03-10T16:00 | Every weekday at 16:00, New York time
    journal at the end of each day => journal | 2027-03-10T18:00 | Every day at 18:00, New York time
    journal end of every day => journal | 2027-03-10T18:00 | Every day at 18:00, New York time
    vitamin E every day => vitamin E | 2027-03-11T09:00 | Every day at 09:00, New York time
    vitamin e every day => vitamin e | 2027-03-11T09:00 | Every day at 09:00, New York time
    """

  private static let portuguese = """
    estudar 2 horas toda noite => estudar 2 horas | 2027-03-10T20:00 | Todos os dias às 20:00, horário de São Paulo
    estudar 2h toda noite => estudar 2h | 2027-03-10T20:00 | Todos os dias às 20:00, horário de São Paulo
    estudar duas horas toda noite => estudar duas horas | 2027-03-10T20:00 | Todos os dias às 20:00, horário de São Paulo
    estudar 3 horas todo sábado => estudar 3 horas | 2027-03-13T09:00 | Todo sábado às 09:00, horário de São Paulo
    toda noite estudar 2 horas => estudar 2 horas | 2027-03-10T20:00 | Todos os dias às 20:00, horário de São Paulo
    toda noite estudar 2h => estudar 2h | 2027-03-10T20:00 | Todos os dias às 20:00, horário de São Paulo
    estudar 2-3 horas amanhã => estudar 2-3 horas | 11 09:00
    estudar 2 horas amanhã => estudar 2 horas | 11 09:00
    reunião amanhã das 14 às 16 horas => reunião amanhã das 14 às 16 horas | 11 14:00
    entregar relatório em 1 dia útil => entregar relatório | 11 09:00
    prazo 1 dia útil => prazo | 11 09:00
    prazo de 1 dia útil => prazo de | 11 09:00
    toda segunda e-mail para o chefe => e-mail para o chefe | 2027-03-15T09:00 | Toda segunda-feira às 09:00, horário de São Paulo
    toda sexta e feriados reunião => unclearSeries("toda sexta e feriados")
    a cada 2 horas 10 min de alongamento => 10 min de alongamento | 2027-03-10T14:00 | A cada 2 horas, tempo corrido
    café da manhã todo dia às 8 => café da manhã | 2027-03-11T08:00 | Todos os dias às 08:00, horário de São Paulo
    lanche da tarde todo dia às 15h => lanche da tarde | 2027-03-10T15:00 | Todos os dias às 15:00, horário de São Paulo
    noite de jogos toda sexta às 20h => noite de jogos | 2027-03-12T20:00 | Toda sexta-feira às 20:00, horário de São Paulo
    segurança primeiro às segundas => segurança primeiro | 2027-03-15T09:00 | Toda segunda-feira às 09:00, horário de São Paulo
    diário no fim de cada dia => diário | 2027-03-10T18:00 | Todos os dias às 18:00, horário de São Paulo
    vitamina E todo dia => vitamina E | 2027-03-11T09:00 | Todos os dias às 09:00, horário de São Paulo
    segunda semanalmente correr => correr | 2027-03-15T09:00 | Toda segunda-feira às 09:00, horário de São Paulo
    """

  @Test(arguments: QuickRow.rows(english))
  func `an English line keeps its title`(row: QuickRow) {
    #expect(quick(row.typed) == row.expected)
  }

  @Test(arguments: QuickRow.rows(portuguese))
  func `a Portuguese line keeps its title`(row: QuickRow) {
    #expect(quick(row.typed, .portuguese) == row.expected)
  }
}
