/// Portuguese texts against the facts of ``CoachCheckTests``.
enum CoachCheckPortuguese {
  static let taken = coachLines(
    """
    Você manteve “Read 20 pages” por 14 dias seguidos.
    Read 20 pages chegou a quatorze dias, Ana.
    Catorze dias, Ana, um de cada vez.
    “Run” foi cumprido 41 vezes.
    Já são quarenta e uma vezes com "Run".
    São quarenta e um dias de cuidado.
    Faltam 16 dias para 30, se quiser contar.
    De dezesseis em diante se chega a trinta.
    O primeiro passo foi o mais difícil, e agora são 14 dias.
    No segundo momento veio a dúvida; agora são 14 dias.
    Este é o seu 14º dia de “Run”.
    É o décimo quarto dia de “Run”.
    Hoje foram 5,5 km, e 14 dias ao todo.
    Você correu 5.5 km.
    Você cumpriu 80% da semana.
    Você cumpriu 80 % da semana.
    Oitenta por cento da semana está feita.
    Você cumpriu 80 por cento.
    Foram 12 de 15.
    Foram doze de quinze.
    Foi uma dúzia, de quinze.
    Você cumpriu 12/15 na semana.
    Cumprido na segunda-feira, 5 de janeiro de 2026: “Run”.
    Cumprido em 5 de janeiro: “Run”.
    Cumprido em 05/01/2026: “Run”.
    Cumprido em 5/1, o 14º dia.
    Cumprido em 2026-01-05, com 5,5 km.
    Cumprido em 05.01.2026, dia 14.
    Cumprido no dia 5, com 5,5 km.
    O prazo é 20 de fevereiro.
    O prazo é 20/02/2026.
    O prazo é no dia 20.
    Em fevereiro termina o objetivo, e são 14 dias feitos.
    Em 2026 você começou, e são 14 dias.
    O lembrete vem às 07:30.
    O lembrete vem às 7h30.
    O lembrete vem às 7:30.
    Amanhã é outro dia, e 14 já estão feitos.
    Hoje você cumpriu “Run”.
    Segunda-feira combina com você: 14 dias.
    run e read 20 pages andam bem juntos.
    RUN está com 14 dias.
    **Run** está com 14 dias.
    Ana, bem cumprido: 14 dias.
    Metade da semana passou, e 12 estão feitos.
    Mais uma vez, “Run” foi cumprido. Você achou um jeito.
    O que ajudou você a manter “Run” por 14 dias?
    14 dias; calmo é o caminho.
    Cumprido está “Run”. 14 dias você caminhou.
    Tanto “Run” quanto “Read 20 pages” foram cumpridos, 12 de 15 ao todo.
    O melhor é que você escolheu isso 41 vezes.
    Uma coisa de cada vez, e já são 14 dias.
    A segunda xícara de chá é sua: 14 dias de “Run”.
    Na primeira hora ou em outra, “Run” achou lugar por 14 dias.
    Trinta está a dezesseis dias daqui.
    """)

  static let refused: [(String, String)] = [
    ("Você manteve “Run” por 15 dias e 42 noites.", "number"), ("Você está com 13 dias.", "number"),
    ("São quinze dias e quarenta e duas corridas.", "number"),
    ("Já são quarenta e duas vezes com “Run”.", "number"), ("41% da semana está feita.", "number"),
    ("41 % da semana está feita.", "number"),
    ("Quarenta e um por cento está feito.", "number"), ("14 por cento está feito.", "number"), ("Você fez 80 corridas.", "number"),
    ("Três dias de “Run” estão feitos.", "number"),
    ("Dois dias de “Run” estão feitos.", "number"), ("Duas semanas de “Run”.", "number"), ("A sua terceira semana com “Run”.", "number"),
    ("Cem dias de “Run”.", "number"),
    ("Mil vezes “Run”.", "number"), ("Centenas de páginas com “Run”.", "number"), ("Dezenas de dias de “Run”.", "number"),
    ("Duas dúzias de dias de “Run”.", "number"),
    ("Meia dúzia de dias de “Run”.", "number"), ("Cento e quarenta e uma vezes “Run”.", "number"), ("Duzentos dias de “Run”.", "number"),
    ("Só mais 2 dias de “Run”.", "number"),
    ("Hoje foram 6,5 km.", "number"), ("Hoje foram 5,6 km.", "number"), ("Hoje foram 55 km.", "number"),
    ("São 1.400 dias de “Run”.", "number"),
    ("São 14.000 passos com “Run”.", "number"), ("Você cumpriu 11/15 na semana.", "date"), ("Foram 12 de 17.", "number"),
    ("15% é pouco para “Run”.", "number"),
    ("É o 17º dia de “Run”.", "number"), ("É a 3ª semana de “Run”.", "number"), ("É o décimo sétimo dia de “Run”.", "number"),
    ("É o vigésimo quinto dia de corrida.", "number"),
    ("São ４２ dias de “Run”.", "number"), ("São ④ dias de “Run”.", "number"), ("Zero faltas com “Run”.", "number"),
    ("São noventa e nove dias de “Run”.", "number"),
    ("Dezessete dias de “Run”.", "number"), ("Cinquenta dias de “Run”.", "number"), ("Dois mil dias de “Run”.", "number"),
    ("Cumprido em 6 de janeiro: “Run”.", "date"),
    ("Cumprido no dia 6: “Run”.", "number"), ("Cumprido em 06/01/2026: “Run”.", "date"), ("Cumprido em 6/1: “Run”.", "date"),
    ("Cumprido em 2026-01-06: “Run”.", "date"),
    ("Cumprido em 06.01.2026: “Run”.", "date"), ("Em 5 de janeiro de 2025 você correu.", "date"), ("O prazo é 21 de fevereiro.", "date"),
    ("O prazo é em março.", "date"),
    ("Em novembro você cumpriu “Run”.", "date"), ("Em 2025 você cumpriu “Run”.", "number"), ("Na terça-feira você cumpriu “Run”.", "date"),
    ("Todo domingo você cumpre “Run”.", "date"),
    ("No sábado você cumpriu “Run”.", "date"), ("Ontem você cumpriu “Run”.", "date"), ("O lembrete vem às 07:45.", "date"),
    ("O lembrete vem às 19h30.", "date"),
    ("O lembrete vem às 8h.", "date"), ("“Yoga” está com 14 dias.", "name"), ("Você cumpriu \"Meditar\" por 14 dias.", "name"),
    ("Você cumpriu «Escrever» por 14 dias.", "name"),
    ("Seu Yoga está com 14 dias.", "name"), ("Você cumpriu “Run” e Yoga.", "name"), ("Bem cumprido, Pedro: 14 dias.", "name"),
    ("“Corrida” está com 14 dias.", "name"),
    ("Seu violão está com 14 dias.", "name"), ("You kept “Run” for 14 days and it is good.", "language"),
    ("Has hecho “Run” hoy, y es muy bueno, pero sigue el camino, 14.", "language"),
    ("Du hast “Run” heute sehr gut gemacht, das ist ein schöner Tag, 14.", "language"),
    ("Vous avez fait “Run”, et vous êtes sur la bonne voie, 14.", "language"),
    ("<script>alert(14)</script> “Run”", "markup"), ("<b>“Run”</b> foi cumprido.", "markup"), ("“Run” foi cumprido &lt;14&gt;.", "markup"),
    ("“Run” foi cumprido.</p>", "markup"),
    ("[“Run”](https://evil.example) foi cumprido.", "markup"), ("Veja https://evil.example por 14 dias.", "markup"),
    ("Veja www.evil.example por 14 dias.", "markup"),
    ("`Run` foi cumprido.", "markup"), ("# “Run” foi cumprido", "markup"), ("| “Run” | 14 |", "markup"),
    ("“Run” foi cumprido\u{7}.", "markup"),
    ("Você falhou de novo com “Run”.", "tone_blame"), ("Você falhou em “Run”.", "tone_blame"),
    ("Sem desculpas, cumpra “Run”.", "tone_blame"), ("Chega de desculpas com “Run”.", "tone_blame"),
    ("Você deveria ter cumprido “Run”.", "tone_blame"), ("A culpa é sua, “Run” ficou aberto.", "tone_blame"),
    ("Deixe a preguiça, cumpra “Run”.", "tone_blame"),
    ("Que vergonha, “Run” ficou aberto.", "tone_blame"), ("Estou decepcionado com “Run”.", "tone_disappointment"),
    ("Que decepção, “Run” ficou aberto.", "tone_disappointment"),
    ("Que pena, “Run” ficou aberto.", "tone_disappointment"), ("Você perdeu a sua sequência de 14 dias.", "tone_loss"),
    ("Não vá perder a sequência de 14 dias.", "tone_loss"),
    ("Sequência quebrada: 14 dias.", "tone_loss"), ("De volta à estaca zero com “Run”.", "tone_loss"),
    ("Sua sequência de 14 dias está em perigo.", "tone_threat"),
    ("Seus 14 dias estão em risco.", "tone_threat"), ("É a última chance para “Run”.", "tone_threat"),
    ("Corra, “Run” espera.", "tone_threat"), ("Não desista de “Run”.", "tone_threat"),
    ("Vou sentir sua falta até “Run”.", "tone_dependence"), ("Você precisa de mim para “Run”.", "tone_dependence"),
    ("Estou sempre aqui para você e “Run”.", "tone_dependence"),
    ("Fique comigo e “Run”.", "tone_dependence"), ("Bora, “Run” espera.", "tone_shouting"), ("Arrasou com “Run”.", "tone_shouting"),
    ("Pra cima com “Run”.", "tone_shouting"),
    ("“Run” foi cumprido!!", "tone_shouting"), ("MUITO BEM com “Run”.", "tone_shouting"), ("Não posso ajudar com isso.", "tone_refusal"),
    ("Como um modelo, gosto de “Run”.", "tone_refusal"),
    ("Sinto muito, mas não posso.", "tone_refusal"), ("Muito bem. Continue assim.", "no_fact"),
    ("Um dia calmo, e um bom dia também.", "no_fact"), ("", "empty"),
  ]
}
