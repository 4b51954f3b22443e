import Testing

@testable import Domain

/// What people type in Portuguese, said on Wednesday 10 March 2027 at 12:00 in São Paulo, and what becomes of it (RULES 2.7).
struct QuickEntryPortugueseTable {
  private static let table = """
    ligar para a mãe amanhã às 9h => ligar para a mãe | 11 09:00
    me lembre de ligar para a mãe amanhã => ligar para a mãe | 11 09:00
    Lembre-me de ligar para a mãe amanhã às 9 => ligar para a mãe | 11 09:00
    me lembra amanhã às 9h de ligar para a mãe => ligar para a mãe | 11 09:00
    por favor, me avise que o aluguel vence sexta => o aluguel vence | 12 09:00
    lembrar de pagar o aluguel dia 15 => pagar o aluguel | 15 09:00
    me lembra do aluguel na sexta => aluguel | 12 09:00
    me lembre da reunião em 20 minutos => reunião | 10 12:20
    lembrar o João da reunião amanhã => lembrar o João da reunião | 11 09:00
    me lembre amanhã => me lembre amanhã | 11 09:00
    amanhã => amanhã | 11 09:00
    reunião sexta às 14h30 => reunião | 12 14:30
    reunião sexta-feira às 14h30 => reunião | 12 14:30
    reunião na próxima sexta => reunião | 12 09:00
    reunião sexta que vem ao meio-dia => reunião | 12 12:00
    sexta reunião às 14h30 => reunião | 12 14:30
    amanhã ligar para o banco às 10h => ligar para o banco | 11 10:00
    comprar 2 leites => comprar 2 leites | -
    comprar leite => comprar leite | -
    ler o capítulo 3 => ler o capítulo 3 | -
    ler o capítulo 3 amanhã => ler o capítulo 3 | 11 09:00
    ler "amanhã é meu" hoje à noite => ler "amanhã é meu" | 10 20:00
    ler “amanhã” às 21h => ler “amanhã” | 10 21:00
    ler «sexta» às 21h30 => ler «sexta» | 10 21:30
    ver "depois de amanhã" => ver "depois de amanhã" | -
    ligar 3333 0199 !crítica => ligar 3333 0199 | - | critical
    ligar !baixa amanhã => ligar | 11 09:00 | low
    !média ligar amanhã => ligar | 11 09:00 | medium
    !Alta pagar o boleto sexta => pagar o boleto | 12 09:00 | high
    pagar o boleto sexta !critica => pagar o boleto | 12 09:00 | critical
    pagar o boleto !high hoje às 18h => pagar o boleto | 10 18:00 | high
    diga "!alta" amanhã => diga "!alta" | 11 09:00
    dentista, sexta => dentista | 12 09:00
    dentista - sexta às 14h => dentista | 12 14:00
    dentista: 20/03 => dentista | 20 09:00
    amanhã: dentista => dentista | 11 09:00
    amanhã, dentista => dentista | 11 09:00
    dentista amanhã! => dentista | 11 09:00
    dentista amanhã, por favor => dentista | 11 09:00
    dentista em 20/03/2027 às 8h15 => dentista | 20 08:15
    dentista 03/04 => dentista | 2027-04-03 09:00
    tirar o bolo em 40 minutos => tirar o bolo | 10 12:40
    tirar o bolo daqui a 40 min => tirar o bolo | 10 12:40
    daqui a 40 min tirar o bolo => tirar o bolo | 10 12:40
    bolo 40 min => bolo | 10 12:40
    chá 2h => chá | 10 14:00
    chá às 2h => chá | 11 02:00
    jogo 21h => jogo | 10 21:00
    jogo 21h30 => jogo | 10 21:30
    ligar mais tarde => ligar | 10 15:00
    ligar daqui a pouco => ligar | 10 12:30
    ligar depois do almoço => ligar | 10 14:00
    ligar no fim do dia => ligar | 10 18:00
    fechar o caixa no fim do mês => fechar o caixa | 31 09:00
    enviar a nota em 3 dias úteis => enviar a nota | 15 09:00
    retrospectiva primeira segunda do mês que vem => retrospectiva | 2027-04-05 09:00
    vacina dia 20 às 10h => vacina | 20 10:00
    vacina no dia 20 => vacina | 20 09:00
    remédio 8 da noite => remédio | 10 20:00
    remédio às 9 da manhã => remédio | 11 09:00
    remédio 3 da tarde => remédio | 10 15:00
    ligar à noite => ligar | 10 20:00
    acordar amanhã às 6h => acordar | 11 06:00
    adiar a reunião amanhã => adiar a reunião | 11 09:00
    preparar café da manhã => preparar café da manhã | -
    preparar café da manhã às 8h => preparar café da manhã | 11 08:00
    dizer boa noite => dizer boa noite | -
    planejar o fim de semana => planejar o fim de semana | -
    chegar cedo => chegar cedo | -
    o que ter => o que ter | -
    falar com Sun => falar com Sun | -
    dentista qua => dentista | 17 09:00
    caminhar meia hora => caminhar meia hora | -
    meditar por 20 minutos => meditar por 20 minutos | -
    2 horas de ioga => 2 horas de ioga | -
    2 horas de ioga amanhã => 2 horas de ioga | 11 09:00
    farmácia 24/7 => farmácia 24/7 | -
    ligar ontem => ligar ontem | - | ontem: past
    fotos de sexta passada => fotos de sexta passada | - | de sexta passada: past
    renovar em 3 anos => renovar em 3 anos | - | em 3 anos: tooFar
    festa dia 31/02 => festa dia 31/02 | - | dia 31/02: impossibleDate
    amanhã perguntar de ontem => perguntar de ontem | 11 09:00
    pagar o café  e o pão amanhã\u{0303} => pagar o café  e o pão | 11 09:00
    relatório até sexta => relatório | 12 09:00
    reunião de amanhã => reunião | 11 09:00
    call mom tomorrow at 9am => call mom | 11 09:00
    remind me to call mom tonight => call mom | 10 20:00
    remédio todo dia às 8h e 20h => remédio | 2027-03-10T20:00 | Todos os dias às 08:00 e às 20:00, horário de São Paulo
    pagar o aluguel todo dia 5 às 9h => pagar o aluguel | 2027-04-05T09:00 | Todo mês no dia 5 às 09:00, horário de São Paulo
    toda sexta às 17h regar as plantas => regar as plantas | 2027-03-12T17:00 | Toda sexta-feira às 17:00, horário de São Paulo
    sexta sim sexta não às 17h regar as plantas => regar as plantas | 2027-03-12T17:00 | A cada 2 semanas na sexta-feira às 17:00, a partir de 12/03/2027, horário de São Paulo
    me lembre toda segunda de ligar para a mãe => ligar para a mãe | 2027-03-15T09:00 | Toda segunda-feira às 09:00, horário de São Paulo
    beber água a cada 90 minutos => beber água | 2027-03-10T13:30 | A cada 90 minutos, tempo corrido
    beber água de 2 em 2 horas => beber água | 2027-03-10T14:00 | A cada 2 horas, tempo corrido
    futebol às segundas às 20h => futebol | 2027-03-15T20:00 | Toda segunda-feira às 20:00, horário de São Paulo
    ponto dias úteis às 9h => ponto | 2027-03-11T09:00 | De segunda a sexta-feira às 09:00, horário de São Paulo
    fechar o caixa último dia do mês => fechar o caixa | 2027-03-31T09:00 | Todo mês no último dia às 09:00, horário de São Paulo
    retrospectiva primeira segunda do mês => retrospectiva | 2027-04-05T09:00 | Todo mês na primeira segunda-feira às 09:00, horário de São Paulo
    aniversário da Ana todo ano em 20 de março !alta => aniversário da Ana | 2027-03-20T09:00 | Todo ano em 20 de março às 09:00, horário de São Paulo | high
    ler "toda sexta" amanhã => ler "toda sexta" | 11 09:00
    remédio todo dia às 8h e 20h30 => remédio | 2027-03-10T20:30 | Todos os dias às 08:00 e às 20:30, horário de São Paulo
    remédio todo mês nos dias 1 e 15 às 8h e 20h30 => series(Domain.RecurrencePhraseError.unevenTimes)
    toda a família amanhã => toda a família | 11 09:00
    cada um na sexta => cada um | 12 09:00
    agradecer a cada doador amanhã => agradecer a cada doador | 11 09:00
    """

  @Test(arguments: QuickRow.rows(table))
  func `a line is understood as it is meant`(row: QuickRow) {
    #expect(quick(row.typed, .portuguese) == row.expected)
  }
}
