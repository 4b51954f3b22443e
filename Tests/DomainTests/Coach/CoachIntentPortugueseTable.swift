/// What Brazilians ask, by what it means. The habits are Ler, Corrida and Meditação.
enum CoachIntentPortuguese {
  static let table = """
    due: o que tem pra hoje | o que tem para hoje? | o que falta hoje | o que eu tenho hoje | hoje | pra hoje | o que falta fazer | o que devo fazer agora | pendências | o que está pendente | quais são meus hábitos de hoje | tarefas de hoje | o que resta | falta alguma coisa | qual o próximo | oq tem pra hoje | quais são os meus hábitos? | mostra meus hábitos | o que tenho que fazer? | o que tem pra fazer? | meus hábitos
    week: como está minha semana | como foi minha semana? | semana | resumo da semana | como vai a semana | semana passada | como estou indo | como eu fui | progresso | revisão | relatório | os últimos 7 dias | balanço da semana | como ta minha semna
    month: como está meu mês | como foi meu mes | mês | resumo do mês | mês passado | os últimos 30 dias | resumo mensal | como vai o mês
    streak: sequência de Ler | qual a minha sequência de Corrida | sequencia da meditacao | Ler | Corida | como anda Meditação | quantos dias seguidos | quantos dias de Ler | há quanto tempo faço Corrida | meu recorde | minha maior sequência | como está Corrida | sequnecia de Ler | quantas vezes fiz Ler
    best_day: qual meu melhor dia | melhor dia | qual é o meu melhor dia da semana | em que dia eu rendo melhor | qual dia é o mais forte | meus melhores dias
    missed: o que eu perdi | o que perdi | o que eu deixei de fazer | quais eu pulei | quando faltei | o que esqueci ontem | o que ficou em aberto | não fiz nada ontem, o que faltou ontem | minhas faltas
    again: como recomeço | quero recomeçar | como começar de novo | como volto à rotina | me ajuda a voltar ao ritmo | como retomo Ler | retomar | quero voltar a correr | recomeçar Corrida | como faço para recomecar | outra vez do começo
    easier: deixa Ler mais fácil | deixar mais fácil | faz Corrida ficar menor | mais leve | diminuir a meta de Corrida | reduzir meu objetivo | está muito difícil | Corrida está muito pesado | facilitar Meditação | quero fazer menos | é demais pra mim
    pause: pausar Ler | pausa | quero pausar Corrida | preciso de um descanso | preciso de folga | vou viajar | estou de férias | estou doente | pausar tudo | dar um tempo na Corrida | pausa na meditação
    thanks: obrigado | obrigada | muito obrigada | brigado | valeu | obg | vlw | agradeço | gratidão
    goodbye: tchau | até logo | até mais | até amanhã | boa noite | adeus | fui | preciso ir | falou
    hello: oi | olá | bom dia | boa tarde | tudo bem? | opa | e aí
    help: ajuda | o que você faz | o que posso perguntar | o que você sabe fazer | como funciona | quem é você | exemplos | comandos
    -: qual a capital da França | conta uma piada | asdf qwer | 42 | quem ganhou o jogo | gosto de queijo | o tempo está bonito | você sabe cantar | por que o céu é azul | apaga todos os meus hábitos | exclua os hábitos de hoje | apagar Ler | remover Corrida | quais metas eu tenho? | como vão minhas metas | o que você acha de queijo | quais hábitos fazem bem para dormir
    """
}
