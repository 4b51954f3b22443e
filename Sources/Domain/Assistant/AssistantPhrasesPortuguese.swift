/// Brazilian Portuguese, without accents: "pra" has become "para", "vc" "voce".
extension AssistantPhrases {
  static let portuguese = AssistantPhrases([
    (.hello, "oi|ola|opa [heed|tudo] [bem]\nbom dia [heed]\nboa tarde|noite [heed]\ne ai"),
    (
      .thanks,
      """
      obrigado|obrigada|brigado|brigada|valeu|grato|grata [muito|demais|mesmo|heed]
      muito obrigado|obrigada
      otimo|perfeito|legal|maravilha
      """
    ),
    (
      .help,
      """
      ajuda|socorro|comandos|menu|exemplos
      me ajuda|ajude
      [o] que [e] [que] voce|tu sabe|pode|consegue|faz [fazer] [por] [mim]
      [o] que [eu] posso perguntar|pedir|fazer|dizer|escrever [aqui|a] [voce]
      como isso|isto|voce|tu funciona
      como funciona [isso|isto]
      """
    ),
    (
      .yes,
      """
      sim|claro|isso|pode|ok|certo|confirmo|aceito|beleza|concordo|positivo [sim|mesmo|ser]
      pode|podes fazer|ir
      faz|faca|manda isso|ver
      aceita|aceite|aceitar|confirma|confirme|confirmar|aprova|aprove [isso|tudo|a|as|todas|essa|esta] [as] [proposta|propostas|mudanca|mudancas]
      """
    ),
    (
      .no,
      """
      nao [quero|precisa|obrigado|obrigada]
      deixa|deixe para la
      esquece|esqueca [isso]
      cancela|cancele|para [isso]
      recusa|recuse|recusar|rejeita|rejeite [isso|a|tudo] [proposta]
      """
    ),
    (.reopen, "reabra|reabre|reabrir *\nmarque|marca|marcar * como nao feito|feita|concluido|concluida|aberto|aberta"),
    (
      .done,
      """
      marque|marca|marcar|ponha|coloque * como feito|feita|concluido|concluida|pronto|pronta|terminado|terminada
      marque|marca|marcar como feito|feita|concluido|concluida|pronto|pronta [:] *
      conclua|concluir|conclui|complete|completa|completar|finalize|finaliza|finalizar|termine|terminar *
      terminei|acabei|fiz|completei|finalizei [de] *
      ja fiz|terminei|acabei|conclui [de] *
      feito|feita|pronto|concluido|concluida [:] *
      * esta|ta feito|feita|pronto|pronta|concluido|concluida|terminado|terminada
      * foi feito|feita|concluido|concluida
      """
    ),
    (
      .start,
      "comece|comeca|comecar|inicie|inicia|iniciar [com|a] *\ncomecei|iniciei [com|a] *\nestou|to fazendo|trabalhando|comecando [em|no|na] *"
    ),
    (
      .deleteAll,
      """
      apague|apaga|apagar|exclua|exclui|excluir|delete|deleta|deletar|remova|remove|remover|limpe|limpa|limpar|elimine tudo|todos|todas
      apague|apaga|apagar|exclua|exclui|excluir|delete|deleta|deletar|remova|remove|remover|limpe|limpa|limpar|elimine tudo|todos|todas *
      apague|apaga|apagar|exclua|exclui|excluir|delete|deleta|remova|limpe|limpa as|os|minhas|meus tarefas|lembretes|eventos|pessoas|contatos|dados
      apague|apaga|apagar|exclua|delete|deleta|remova|limpe as|os|minhas|meus lugares|metas|objetivos|prazos|problemas|habitos
      joga|jogue|jogar tudo fora
      joga|jogue|jogar fora tudo
      """
    ),
    (
      .delete,
      """
      apague|apaga|apagar|exclua|exclui|excluir|delete|deleta|deletar|remova|remove|remover|elimine *
      joga|jogue|jogar fora *
      joga|jogue|jogar * fora
      joga|jogue|jogar|manda|mande|mova|ponha|coloque * no|na|para [o|a] lixo|lixeira
      """
    ),
    (
      .snooze,
      """
      adie|adia|adiar|postergue|posterga|postergar|prorrogue * ate|para|por|em %when
      adie|adia|adiar|postergue|posterga|postergar|prorrogue * %when
      soneca [de|para|em] * ate|para|por|de %when
      empurre|empurra|empurrar|deixe|deixa|passe|passa * para %when
      adie|adia|adiar|postergue|posterga|postergar * ate|para *
      adie|adia|adiar|postergue|posterga|postergar *
      """
    ),
    (
      .reminder,
      """
      me lembre|lembra|lembrar|avise|avisa|avisar *
      lembre|lembra|lembrar|avise|avisa me|nos *
      lembrar|lembre|lembra de|que *
      crie|cria|criar|adicione|adiciona|ponha|coloque|faca|novo|outro [um|outro|mais] [novo] lembrete [de|para|que|:|sobre] *
      lembrete [:|de|para] *
      nao me deixe|deixa esquecer [de|que|do|da] *
      """
    ),
    (.free, "[eu] preciso de %min [livre|livres] [%days]"),
    (
      .task,
      """
      adicione|adiciona|adicionar|crie|cria|criar|anote|anota|anotar|inclua|inclui|ponha|faca [uma|a|outra] [nova] tarefa [:|de|para|chamada] *
      nova|outra tarefa [:|de|para] *
      tarefa [:] *
      adicione|adiciona|adicionar|anote|anota|anotar|inclua|inclui|ponha|coloque|coloca * na|a minha|lista [lista] [de] [tarefas|compras|afazeres]
      adicione|adiciona|adicionar|inclua|inclui|ponha|coloque|coloca * nas|as [minhas] tarefas
      [eu] preciso|devo [de|que] *
      [eu] tenho de|que *
      anote|anota|anotar [ai|que|:] *
      """
    ),
    (
      .event,
      """
      marque|marca|marcar|agende|agendar|crie|cria|adicione|adiciona [um|uma|outro|outra] [novo|nova] evento|reuniao|compromisso|consulta [:] *
      novo|nova|outro|outra evento|reuniao|compromisso|consulta [:] *
      ponha|coloque|coloca|adicione|adiciona|inclua|marque * na|no [minha|meu] agenda|calendario
      marque|marca|marcar|agende|agendar *
      """
    ),
    (
      .person,
      """
      adicione|adiciona|adicionar|crie|cria|criar|salve|salva|anote [a|o|um|uma] [nova|novo] pessoa|contato|amigo|amiga|colega [:|chamada|chamado] *
      nova|novo pessoa|contato|amigo|amiga [:] *
      """
    ),
    (
      .overdue,
      """
      [o] que esta|ta|estao atrasado|atrasada|atrasados|atrasadas|vencido|vencidas
      [o] que [eu] perdi|atrasei
      [tarefas|coisas] atrasados|atrasadas|vencidas|vencidos
      tem algo|alguma|tarefa [coisa] atrasado|atrasada
      """
    ),
    (
      .recent,
      """
      [o] que [e] [que] [eu] fiz|terminei|conclui ultimamente|recentemente
      [o] que [e] [que] [eu] tenho|ando|andei|venho feito|fazendo [ultimamente|recentemente]
      """
    ),
    (
      .due,
      """
      [o] que [e] [que] [eu] tenho para %days
      [o] que vence|venceu|vencem [%days]
      [o] que esta|ta|estao vencendo|pendente|pendentes [%days]
      [o] que esta|ta|estao para vencer|fazer [%days]
      [o] que [e] [que] [eu] tenho|preciso [de|que|para|a] fazer|entregar|terminar [%days]
      [o] que [eu] tenho|preciso [de|que|para|a] fazer|entregar|terminar [%days]
      [o] que falta [fazer|para] [%days]
      [o] que tem para fazer|hoje [%days]
      tem algo|alguma|coisa [coisa] para fazer|vencer [%days]
      tem algo|alguma|algum [coisa|prazo|tarefa] vencendo [%days]
      quais|que [sao] [as|os|minhas|meus] [minhas|meus] tarefas|prazos|lembretes [eu] [tenho|vencem|abertas|abertos] [%days]
      quais|que tarefas|prazos|lembretes [eu] [tenho|vencem|abertas|abertos] [em] [aberto] [%days]
      [minhas|meus|as|os|todas] [as|minhas] tarefas|prazos|lembretes|vencimentos|pendencias|afazeres [de|abertas] [%days]
      lista|liste|listar [as|os|minhas|meus] [minhas|meus] tarefas|prazos|lembretes|pendencias [%days]
      vencimentos|pendencias [%days]
      """
    ),
    (
      .nextEvent,
      """
      qual|quando [e] [a|o] [minha|meu] proxima|proximo reuniao|evento|compromisso|consulta
      [minha|meu|a|o] proxima|proximo reuniao|evento|compromisso|consulta
      """
    ),
    (
      .nextSeen,
      """
      quando [eu] [vou|irei] ver|encontrar|visitar [a|o|com] [a|o] * de novo
      quando [eu] [vou|irei] ver|encontrar|visitar|reencontrar [a|o|com] [a|o] * [novamente]
      quando [eu] vejo|encontro|visito [com] [a|o] * de novo
      quando [eu] vejo|encontro|visito [com] [a|o] * [novamente]
      quando [eu] [vou] falar|falo com [a|o] * [novamente]
      quando [e] [a|o] [minha|meu] [proxima|proximo] reuniao|encontro|ligacao|compromisso|consulta|almoco com [a|o] *
      proxima|proximo reuniao|encontro|ligacao|almoco com [a|o] *
      quando tenho reuniao|encontro|compromisso|consulta com [a|o] *
      """
    ),
    (
      .lastSeen,
      """
      quando [foi] [que] [eu] vi|encontrei|visitei|contatei [a|o|com] [a|o] * pela ultima vez
      quando [foi] [que] [eu] falei|conversei com [a|o] * pela ultima vez
      quando [foi] [que] [eu] liguei para [a|o] * pela ultima vez
      quando [eu] vi|encontrei|visitei [a|o|com] [a|o] * por ultimo
      quando [foi] [que] [eu] vi|encontrei|visitei|contatei [a|o|com] [a|o] *
      quando [foi] [que] [eu] falei|conversei com [a|o] *
      quando [foi] [que] [eu] liguei para [a|o] *
      quando [e|foi] a ultima vez que [eu] vi|encontrei|visitei|contatei [a|o|com] [a|o] *
      quando [e|foi] a ultima vez que [eu] falei|conversei com [a|o] *
      quando [e|foi] a ultima vez que [eu] liguei para [a|o] *
      [a] ultima vez que [eu] vi|encontrei|visitei [a|o|com] [a|o] *
      [a] ultima vez que [eu] falei|conversei com [a|o] *
      [ha|faz] [ha|faz] quanto tempo [faz] [que] [eu] nao vejo|encontro|visito [a|o|com] [a|o] *
      [ha|faz] [ha|faz] quanto tempo [faz] [que] [eu] nao falo|converso com [a|o] *
      quando foi [a|o] [minha|meu] ultima|ultimo reuniao|encontro|contato|ligacao com [a|o] *
      ultimo contato com [a|o] *
      """
    ),
    (
      .advice,
      """
      [o] que [e] [que] [eu] devo|deveria|posso|faco|preciso [fazer] [agora|primeiro|antes] [%days]
      [o] que fazer [agora|primeiro|%days]
      por onde [eu] comeco|comecar
      por onde [eu] devo|deveria comecar
      e agora
      [o] que e [o] mais importante|urgente [agora] [%days]
      quais [sao] [as] minhas prioridades [%days]
      planeje|planeja|planejar [o] meu dia
      qual [e] o proximo passo
      sugira|sugere|recomende [alguma|algo] [coisa]
      """
    ),
    (
      .free,
      """
      quando [e] [que] [eu] estou|to|estarei|fico livre|disponivel [%min] [%days]
      quando [e] [que] [eu] estou|to|estarei|fico livre|disponivel [%days] [%min]
      [eu] estou|to|estarei livre|disponivel [%min] [%days]
      [eu] estou|to|estarei livre|disponivel [%days] [%min]
      [eu] estou|to|estarei ocupado|ocupada [%days]
      quando [eu] tenho tempo|espaco|horario [livre] [%min] [%days]
      quando [eu] tenho tempo|espaco|horario [livre] [%days] [%min]
      quando [eu] tenho %min [livre|livres] [%days]
      [eu] tenho tempo|horario [livre] [%min] [%days]
      [eu] tenho tempo|horario [livre] [%days] [%min]
      [eu] tenho %min [livre|livres] [%days]
      [meus|meu] tempo|horario|horarios [livre|livres] [%min] [%days]
      [meus|meu] tempo|horario|horarios [livre|livres] [%days] [%min]
      livre|livres|disponivel [%min] [%days]
      livre|livres|disponivel [%days] [%min]
      ache|acha|encontre|encontra|procure [um] [tempo|horario] %min [livre|livres] [%days]
      ache|acha|encontre|encontra|procure um|algum tempo|horario [livre] [%days] [%min]
      quando ha|tem|existem %min [livre|livres] [%days]
      tem|ha [algum] horario|tempo [livre] [%days] [%min]
      """
    ),
    (
      .agenda,
      """
      [o] que [e] [que] [eu] tem|tenho|ha|rola|vai [ter] [marcado|agendado|previsto] [na|no] [minha|meu] [agenda|calendario] [%days]
      [o] que esta|ta marcado|agendado|previsto|programado [%days]
      [o] que acontece|rola [%days]
      como esta|ta|e|fica a|o|minha|meu [minha|meu] agenda|dia|semana|calendario [%days]
      [mostra|mostre|ver|a|o] [minha|meu] agenda|calendario [%days]
      [meus|minhas|os|as] compromissos|eventos|reunioes|consultas [%days]
      [eu] tenho algo|alguma|algum|alguem [coisa|compromisso|reuniao|evento|consulta] [marcado|marcada] [%days]
      [eu] tenho compromisso|compromissos|reuniao|reunioes|consulta|eventos [%days]
      quais|que [sao] [os|as|meus|minhas] [meus|minhas] compromissos|reunioes|eventos|consultas [eu] [tenho|ha|tem] [%days]
      [o] meu dia
      [a] minha semana
      """
    ),
    (
      .who,
      """
      quem e|eh|era|foi|sao [a|o] *
      quem [a|o] * e
      me fale|fala|conte|conta [mais] sobre|de|da|do [a|o] *
      sobre [a|o] *
      [o] que [e] [que] [eu|voce|tu] sei|sabe|sabes|sabemos sobre|da|do|de [a|o] *
      [qual] [e] o|a telefone|email|celular|numero|aniversario|endereco|empresa|trabalho de|da|do *
      qual [e] [o|a] telefone|email|celular|numero|aniversario|endereco|empresa|trabalho de|da|do *
      onde [a|o] * trabalha|mora
      onde trabalha|mora [a|o] *
      quando e|faz o aniversario de|da|do *
      quando [a|o] * faz aniversario
      informacoes sobre|de|da|do [a|o] *
      """
    ),
    (
      .find,
      """
      procure|procura|procurar|busque|busca|buscar|ache|acha|achar|encontre|encontra|encontrar|pesquise|pesquisa|pesquisar [por|sobre|:] *
      onde esta|ta|estao|ficou|fica [a|o|minha|meu] *
      onde [e] [que] [eu] anotei|guardei|escrevi|salvei|deixei [a|o] *
      """
    ),
  ])
}
