import Testing

@testable import Domain

/// What people type in Portuguese, said on Wednesday 10 March 2027 at 12:00 in São Paulo, and what they mean (RULES 2.1, 2.2, 2.9).
struct PhrasePortugueseTable {
  /// When, and what says so: "11 09:00" is of March 2027, "04-05 09:00" of that year.
  private static let table = """
    11 09:00 | amanhã; amanha; AMANHÃ; amanhã!; até amanhã; para amanhã; pra amanhã; amanhã de manhã; amanhã pela manhã; amanhã cedo; amanhã 9
    11 09:00 | 9 amanhã; amanhã nove; no dia seguinte; amanhã bem cedo; logo cedo amanhã
    11 09:00 | amanhã às 9; amanhã às 9h; às 9h amanhã; amanhã as 9; amanhã, às 9h; amanhã 9h; amanhã 09h; amanhã às nove
    11 09:00 | amanhã às nove da manhã; amanhã por volta das 9h; amanhã às 9 em ponto; amanhã lá pelas 9; amanhã a partir das 9
    11 09:00 | amanhã, por favor; por favor, amanhã
    11 09:00 | próximo dia útil; no próximo dia útil; em 1 dia útil; um dia útil; daqui a um dia útil; 9 da manhã; nove da manhã; 9h da manhã
    11 09:00 | às 9 da manhã; 09h; 9h00; às 9; às 9h; por volta das 9h; por volta das 9; lá pelas 9h; a partir das 9h; perto das 9; às 09:00
    11 09:00 | até as 9; até às 9h; adiar para as 9; adiar para amanhã; adiar até amanhã; me lembre amanhã; lembre-me amanhã às 9
    11 09:00 | me avise amanhã às 9h; lembrar amanhã; adia pra amanhã
    11 09:30 | amanhã às 9h30; amanhã às 9 e meia; amanhã 9h30; amanhã nove e meia; 9h30; 9h 30; às nove e meia; às 9 e meia da manhã
    11 09:30 | nove e meia da manhã
    11 08:50 | dez para as nove; dez pras nove; 10 para as 9; 10 pras 9; faltam dez para as nove; às dez para as nove; dez minutos para as nove
    11 08:50 | dez para as nove da manhã
    11 08:45 | quinze para as nove; quinze pras nove; um quarto para as nove
    10 20:50 | dez para as nove da noite; 20h50; às 20h50
    11 11:45 | quinze para o meio-dia; quinze pro meio-dia
    11 12:00 | amanhã ao meio-dia; meio-dia amanhã; amanhã na mesma hora; mesma hora amanhã; amanhã à mesma hora; amanhã no mesmo horário
    11 12:00 | amanhã neste horário; 24h; 24 horas; um dia; 1 dia; em um dia; daqui a 1 dia; ao meio-dia; meio-dia; por volta do meio-dia
    11 12:00 | meio dia
    11 14:00 | amanhã depois do almoço; depois do almoço amanhã; amanhã às 2 da tarde; amanhã 14; amanhã às 14h
    10 14:00 | depois do almoço; após o almoço; hoje depois do almoço; 2h; 2 horas; duas horas; em duas horas; daqui a 2 horas; um par de horas
    10 14:00 | par de horas; em 2h; por 2 horas; adiar por 2 horas; adiar 2h; 2 da tarde; 14h; às 14h; duas da tarde; daqui a umas 2 horas
    10 14:00 | cerca de duas horas; 2 hs; +2h; dentro de 2 horas
    10 13:00 | uma da tarde; à uma da tarde; 13h; à 1 da tarde; uma hora; daqui a uma hora; uma horinha; 1h; em 1 hora; mais uma hora; 1 da tarde
    10 13:00 | às 13h
    10 13:30 | uma hora e meia; hora e meia; 1h30; 1h 30; 1,5 hora; 1½ hora; 90 min; daqui a uma hora e meia; em 1h30; uma e meia da tarde
    10 13:30 | às 13h30; 13h30; 1 hora e 30 minutos
    10 12:30 | meia hora; meia horinha; daqui a meia hora; em meia hora; 30 min; trinta minutos; 1/2 hora; ½ hora; 12h30; meio-dia e meia
    10 12:30 | daqui a pouco; daqui a pouquinho; um pouco mais tarde; já já; daqui a meia horinha; 12h 30
    10 12:20 | 20 min; 20 minutos; vinte minutos; uns 20 minutos; vinte minutinhos; daqui a uns 20 minutos; adiar 20 min; +20 min; em 20 minutos
    10 12:20 | 20min; mais 20 minutos; daqui 20 minutos
    10 12:10 | daqui a alguns minutos; alguns minutos; uns minutos; uns minutinhos; em alguns minutos; 10 min; dez minutos; daqui a dez minutinhos
    10 12:15 | um quarto de hora; 15 minutos; quinze minutos; ¼ de hora; 12h15
    10 12:45 | três quartos de hora; 45 min; quarenta e cinco minutos; 3/4 de hora
    10 14:15 | 2h15; 2h 15; 2 horas e 15 minutos; 2 horas e quinze minutos; 14h15; 2¼ horas
    10 15:00 | mais tarde; hoje mais tarde; mais tarde hoje; 3 da tarde; às 3 da tarde; três da tarde; hoje à tarde; à tarde; esta tarde; 15h
    10 15:00 | 3 horas; algumas horas; daqui a algumas horas; umas horas; 3h da tarde; hoje 15; às 15; 1500h; hoje às 15h
    10 18:00 | fim do dia; no fim do dia; final do dia; ao final do dia; até o fim do dia; hoje no fim do dia; fim do expediente; 6 da tarde; 18h
    10 18:00 | às 18h; hoje 18; hoje 18h; seis da tarde; às 6 da tarde; 6 horas; seis horas
    10 20:00 | 8 da noite; às 8 da noite; oito da noite; hoje à noite; à noite; esta noite; hoje à noite às 8; 20h; 20:00; 8h da noite; hoje 20
    10 20:00 | 8 horas; hoje a noite
    10 21:00 | 21h; às 21h; 9 da noite; 21:00; nove da noite; hoje às 21h; 21hs; por volta das 21h; lá pelas 21h; 2100h; até as 21h; hoje 21
    10 21:00 | esta noite às 9
    11 00:00 | meia-noite; à meia-noite; hoje à meia-noite; até meia-noite; 00h; 12 da noite; por volta da meia-noite
    11 01:00 | à uma; à 1h; uma da manhã; uma da madrugada; 1 da madrugada; à 1h da manhã; à uma da manhã; 13 horas; treze horas
    11 02:00 | às 2h; 2 da manhã; duas da madrugada; amanhã 2; amanhã às 2 da madrugada; às 2; 14 horas
    11 18:00 | fim do dia amanhã; amanhã no fim do dia; amanhã no final do dia; amanhã às 18h; amanhã 18
    12 09:00 | sexta; sexta-feira; sexta feira; 6ª feira; na sexta; próxima sexta; sexta que vem; nesta sexta; esta sexta; sexta desta semana
    12 09:00 | depois de amanhã; sexta 9; sexta 9h; sexta de manhã; até sexta; em 2 dias úteis; daqui a dois dias úteis; sex; dia 12; no dia 12
    12 09:00 | 12/3; 12/03; 12 de março; doze de março; sexta, 12/03; 12/03/2027; 12.03.2027; adiar para sexta
    12 18:00 | sexta 18; sexta 18h; sexta às 18h; fim da semana; no fim da semana; final da semana; até o fim da semana; sexta no fim do dia
    12 18:00 | sexta às 6 da tarde; 18 sexta
    12 12:00 | sexta ao meio-dia; próxima sexta ao meio-dia; 2 dias; dois dias; daqui a 2 dias; em dois dias
    13 09:00 | fim de semana; no fim de semana; final de semana; sábado; sab; próximo sábado; neste sábado; dia 13
    15 09:00 | segunda; segunda-feira; 2ª feira; seg; semana que vem; próxima semana; na próxima semana; na semana que vem
    15 09:00 | início da semana que vem; começo da semana que vem; início da próxima semana; em 3 dias úteis; daqui a 3 dias úteis
    15 09:00 | dentro de 3 dias úteis; três dias úteis; segunda da semana que vem; semana que vem na segunda; início da semana; dia 15; 15/3
    15 09:00 | 03/15; quinze de março; 15 de março de 2027; segunda, 15 de março; dia 15 deste mês; semana seguinte; na semana seguinte
    15 17:30 | 2027-03-15T17:30:00; 2027-03-15T17:30; 15/03 às 17h30; 15/03/2027 17:30; dia 15 às 17h30; segunda às 17h30; 15 de março às 17h30
    15 17:30 | segunda 17h30
    17 09:00 | de hoje a uma semana; de hoje a oito; hoje a oito; de hoje a oito dias; quarta; quarta-feira; quarta que vem; 17 de março
    17 09:00 | de hoje a 7 dias; 4ª feira; na quarta
    17 12:00 | uma semana; daqui a uma semana; em uma semana; 1 semana; 7 dias; sete dias; semana que vem na mesma hora
    17 12:00 | na mesma hora na semana que vem; uma semaninha
    18 09:00 | de amanhã a uma semana; de amanhã a oito; quinta da semana que vem; dia 18
    19 09:00 | sexta da semana que vem; sexta da próxima semana; semana que vem na sexta; na semana que vem, sexta; de sexta a uma semana
    19 09:00 | próxima semana na sexta; uma semana depois de sexta; semana que vem sexta
    19 18:00 | fim da semana que vem; no fim da próxima semana; final da semana que vem; fim da próxima semana; sexta da semana que vem às 18h
    20 09:00 | 20/03/2027; 20/3/27; 20.03.2027; 20/03; dia 20; sábado 20/03; 20 de março; 20 mar; 03/20/2027; vinte de março; sábado, 20 de março
    24 12:00 | 2 semanas; duas semanas; daqui a duas semanas; em 2 semanas; um par de semanas; daqui a 14 dias
    24 09:00 | de hoje a quinze; de hoje a quinze dias; de hoje a duas semanas; 24/03; dia 24
    25 09:00 | vinte e cinco de março; 25 de março; dia 25; 25/03
    26 09:00 | última sexta do mês; na última sexta do mês; última sexta-feira do mês; última sexta de março; última sexta deste mês
    26 09:00 | quarta sexta do mês
    31 09:00 | fim do mês; no fim do mês; final do mês; fim de março; fim deste mês; último dia do mês; no último dia do mês
    31 09:00 | último dia útil do mês; último dia de março; até o fim do mês; dia 31; 31/03; final de março; fim do trimestre
    04-01 09:00 | mês que vem; no mês que vem; próximo mês; início do mês que vem; começo do mês que vem; início de abril
    04-01 09:00 | primeiro dia do mês que vem; primeiro de abril; 1º de abril; 1 de abril; primeiro dia útil do mês que vem; início do mês; dia 1
    04-01 09:00 | dia primeiro; dia 1º; começo de abril; início do próximo mês; dia 1 do mês que vem
    04-07 09:00 | quinto dia útil; no quinto dia útil; até o quinto dia útil; 5º dia útil
    04-03 09:00 | 03/04/2027; 3/4; 3 de abril; dia 3; primeiro sábado de abril; 03/04
    04-05 09:00 | primeira segunda do mês que vem; na primeira segunda do mês que vem; primeira segunda-feira de abril
    04-05 09:00 | primeira segunda de abril de 2027
    04-10 09:00 | dia 10 do mês que vem; no dia 10 do mês que vem; dia 10 do próximo mês; 10 de abril; 10/04; dez de abril; 10 do mês que vem
    04-10 12:00 | um mês; daqui a um mês; em 1 mês; mês que vem na mesma hora; 1 mês
    04-13 09:00 | segunda terça de abril; segunda terça do mês que vem; na segunda terça-feira de abril
    04-30 09:00 | fim do mês que vem; final do próximo mês; fim de abril; último dia do mês que vem; último dia útil de abril; 30/04; 30 de abril
    04-30 09:00 | última sexta de abril; 04/30
    12-31 09:00 | fim do ano; final do ano; no fim do ano; até o fim do ano; 31/12; fim de dezembro; 31 de dezembro
    2028-01-01 09:00 | ano que vem; no ano que vem; próximo ano; início do ano que vem; início do ano; começo do próximo ano; 1º de janeiro
    2028-01-01 09:00 | início de janeiro
    """

  @Test(arguments: PhraseRow.rows(table))
  func `each is understood as it is meant`(row: PhraseRow) {
    #expect(row.read(.portuguese) == row.expected, "\(row.phrase)")
  }
}
