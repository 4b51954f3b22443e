/// What Brazilians write of habits and of their days: no word of it gets the human text.
enum CoachOrdinaryPortuguese {
  static let sentences = coachLines(
    """
    o que falta hoje
    o que tem pra hoje
    como está minha semana
    como foi meu mês
    sequência de Ler
    qual meu melhor dia
    o que eu perdi
    como recomeço
    deixa Correr mais fácil
    pausar Meditação
    obrigado
    obrigada
    tchau
    ajuda
    remédio às 8h
    tomar remédio às 8h
    tomei o remédio
    tomar vitamina D
    tomar meus remédios todo dia
    me lembra do remédio
    remédio do cachorro
    parar de fumar
    quero parar de fumar
    parei de fumar
    matei a aula
    matei aula ontem
    matar aula
    matar o tempo
    matar a saudade
    matei a saudade da minha mãe
    matar dois coelhos com uma cajadada só
    matei dois coelhos
    esse prazo me mata
    o calor tá me matando
    o trabalho está me matando
    morri de rir
    morrendo de fome
    morrendo de sono
    morto de cansaço
    morta de saudade
    quero morrer de rir
    morro de vergonha
    a bateria morreu
    meu celular morreu
    minha motivação morreu
    minhas plantas morreram
    levantamento terra, peso morto
    quero mover o hábito
    quero mover para a noite
    quero correr
    quero correr mais
    vontade de correr
    quero morar sozinho
    moro longe do trabalho
    quero morder menos as unhas
    quero me manter ativo
    me mandar um lembrete
    quero malhar
    vou malhar
    cortar o açúcar
    quero cortar o cabelo
    cortei o café
    bater a meta
    bati minha meta
    bati o recorde
    bati papo com amigos
    comer mais fruta
    comer salada
    não comer doce
    não comer doces depois das 20h
    parar de comer doce
    parei de comer açúcar
    sem comer doce hoje
    comi bem hoje
    comer menos à noite
    pular hoje
    posso pular hoje
    posso pular o treino
    pular corda
    pular na piscina
    posso parar esse hábito
    posso pausar o hábito
    devo pausar
    devo diminuir a meta
    posso trocar o horário
    posso deixar para amanhã
    quantos dias seguidos
    quantas páginas devo ler
    quantos copos de água
    quantas vezes eu corri
    qual hábito devo começar
    o que devo fazer hoje
    o que posso melhorar
    quando devo começar
    é normal falhar um dia
    é normal perder uma semana
    perdi dois dias
    esqueci de ler
    falhei de novo
    cansei
    estou cansado
    cansada hoje
    cansei de correr
    não consigo todo dia
    não quero correr hoje
    não quero perder a sequência
    não quero mais esse hábito
    odeio correr
    desisti desse hábito
    quero desistir da corrida
    acabar a semana bem
    quero acabar com isso logo
    quero terminar o livro
    fim de semana
    no fim do mês
    viver melhor
    quero viver com mais saúde
    mudar de vida
    minha vida está corrida
    qualidade de vida
    passear com o cachorro
    brincar com meus filhos
    ligar para minha mãe
    abraçar minha esposa
    ler para meu filho
    consulta com o médico na segunda
    ir ao dentista
    marcar médico
    regar as plantas
    beber água
    beber 2 litros de água
    só água no almoço
    jejum intermitente
    meditar dez minutos
    50 flexões
    ler 20 páginas
    1h30 de estudo
    tocar violão
    estudar inglês
    e amanhã
    olá
    oi
    bom dia
    boa noite
    tudo bem
    quem é você
    você é uma pessoa de verdade
    por que minha sequência acabou
    por que minha pontuação está baixa
    quando comecei
    quanto falta para 30 dias
    preciso de uma folga
    estou de férias
    estava doente ontem, pula
    estou resfriado
    dia de descanso
    quero acordar às 6
    acordar cedo todo dia
    não consegui acordar cedo
    acordei tarde
    queimar 300 calorias
    contar calorias
    perder peso
    quero emagrecer 5 kg
    emagrecer com saúde
    escrever uma carta
    subir de escada
    banho frio
    misturar a massa
    dar comida pro gato
    mudar o horário para 8h
    reunião com meu chefe
    tenho medo de falhar
    meu marido me ajuda
    minha amiga quer correr comigo
    não fiz nada hoje
    nada hoje
    faltou tudo
    dose de paciência
    meditação
    quero sumir do celular à noite
    dar uma volta
    tirar o lixo
    tirar um tempo pra mim
    pode me lembrar de tomar o remédio
    correr e tomar remédio
    qual a sequência do remédio
    vou matar o treino hoje
    me mata de rir
    me cortei fazendo a barba
    não quero comer carne
    que horas tomo o remédio
    posso tomar café
    meu cachorro morreu
    dormir cedo sempre
    nada mais por hoje
    quase morri no treino
    """)
}
