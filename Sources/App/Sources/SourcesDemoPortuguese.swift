extension SourcesDemo {
  /// The same shop, for its customers in Brazil.
  static let portuguese = [
    Page(
      "entrega", "Entrega: prazos e frete",
      """
      # Entrega: prazos e frete

      Pedidos confirmados até as 14h de um dia útil saem do nosso depósito no mesmo dia. Os demais saem no dia útil seguinte.

      ## Prazos

      A entrega normal leva de 3 a 7 dias úteis nas capitais e até 12 dias úteis no interior. A entrega expressa leva um dia útil em São Paulo e dois nas outras capitais.
      Não enviamos aos sábados, domingos e feriados.

      ## Quanto custa o frete

      O frete depende do CEP e aparece antes do pagamento. Para compras acima de R$ 250 o envio normal é grátis no Sul e no Sudeste. Não entregamos em caixas postais.
      Volumes pesados, acima de 20 kg, vão por transportadora, que combina a data com você por telefone.
      """),
    Page(
      "rastreio", "Onde está meu pacote? Rastreamento",
      """
      # Onde está meu pacote?

      Assim que o pacote é entregue à transportadora, enviamos um e-mail com o código de rastreamento. O código funciona algumas horas depois, quando a caixa é lida pela
      primeira vez. Ele também está na sua conta, em Pedidos.

      ## O rastreio está parado há dias

      Entre dois centros de distribuição nada é lido por até três dias. Se nada mudar em cinco dias úteis, escreva para nós com o número do pedido: abrimos uma
      reclamação na transportadora, que leva até oito dias, e enviamos outro produto se o pacote foi extraviado.

      ## Consta como entregue, mas não recebi

      Pergunte primeiro aos vizinhos e na portaria. Se o pacote não aparecer em dois dias, avise a gente, e pedimos o comprovante de entrega ao motorista.
      """),
    Page(
      "trocas", "Trocas e devoluções",
      """
      # Trocas e devoluções

      Você pode devolver qualquer produto em até 30 dias depois da chegada, sem uso e com as etiquetas, sem dizer por quê.

      ## Como devolver

      Abra o pedido na sua conta, escolha Devolver e imprima a etiqueta. Coloque os produtos em qualquer caixa, cole a etiqueta e deixe em uma agência dos Correios. A primeira
      devolução é grátis.

      ## Trocar por outro tamanho ou outra cor

      Escolha Trocar em vez de Devolver e diga o que deseja no lugar. Reservamos a peça e enviamos assim que a antiga chegar.

      ## O que não pode voltar

      Brincos, roupas íntimas, peças sob medida ou gravadas e cosméticos abertos não podem ser devolvidos, por razões de higiene.
      """),
    Page(
      "reembolso", "Reembolso: quando o dinheiro volta",
      """
      # Reembolso

      Conferimos o que voltou em até três dias úteis depois da chegada e fazemos o estorno na hora. Você recebe um e-mail com o valor.

      ## Para onde vai o dinheiro

      O reembolso volta sempre pelo mesmo meio: ao cartão, à chave Pix ou à conta bancária usada na compra. O Pix cai no mesmo dia. No cartão de crédito o estorno aparece na
      fatura seguinte ou na outra. O que foi pago com vale-presente volta para o vale.

      ## Valor menor do que o esperado?

      O custo da entrega expressa não é reembolsado. Se a peça voltou com sinais de uso, descontamos o que ela perdeu de valor e mostramos fotos. Se o reembolso não chegou
      depois de dez dias úteis, escreva com o número do pedido.
      """),
    Page(
      "pagamento", "Formas de pagamento",
      """
      # Formas de pagamento

      Aceitamos cartões de crédito Visa, Mastercard e Elo, Pix e boleto bancário. Dinheiro, só na loja.

      ## Parcelamento

      No cartão, compras acima de R$ 100 podem ser parceladas em até seis vezes sem juros. No Pix há 5% de desconto.

      ## Boleto

      O boleto vence em três dias. Depois de pago, o banco leva até dois dias úteis para nos avisar; só então o pedido é separado. Boletos vencidos não podem ser pagos: faça
      um novo pedido.

      ## Cartão recusado

      Na maioria das vezes o banco espera uma confirmação no aplicativo. Tente de novo com o aplicativo aberto ou use outro cartão. Não vemos o motivo da recusa. Depois de
      três tentativas o pagamento fica bloqueado por uma hora.
      """),
    Page(
      "nota-fiscal", "Nota fiscal",
      """
      # Nota fiscal

      A nota fiscal eletrônica é um PDF que segue no e-mail que avisa do envio. Você pode baixar de novo a qualquer momento na sua conta, em Pedidos.

      ## Nota em nome de empresa

      Informe a razão social e o CNPJ antes de pagar. Se esqueceu, mande os dois e o número do pedido em até 24 horas: cancelamos a nota antiga e emitimos uma corrigida. Depois
      disso a Receita não permite mudança.

      ## Impostos

      Todos os preços já incluem ICMS. Para empresas com inscrição estadual o imposto aparece destacado na nota. O arquivo XML pode ser pedido por e-mail ao nosso setor
      financeiro. CPF errado na nota também só pode ser corrigido no mesmo dia.
      """),
    Page(
      "conta", "Sua conta e sua senha",
      """
      # Sua conta

      Você pode comprar sem cadastro. Com uma conta, vê pedidos, trocas e endereços em um só lugar.

      ## Esqueci a senha

      Na página de entrada escolha Esqueci a senha e informe seu e-mail. O link que enviamos vale por uma hora. Olhe a caixa de spam se ele não chegar. Depois de cinco
      tentativas erradas o acesso fica bloqueado por 15 minutos.

      ## Mudar e-mail ou telefone

      Em Perfil você muda nome, e-mail, telefone e endereços. Um e-mail novo precisa ser confirmado por um link que enviamos para ele.

      ## Excluir a conta

      Escolha Excluir conta no fim do perfil. Os dados pessoais são apagados em 30 dias; notas fiscais ficam guardadas pelo prazo que a lei exige. Para sair da newsletter
      use o link no fim dela: o descadastro é imediato.
      """),
    Page(
      "garantia", "Garantia e consertos",
      """
      # Garantia e consertos

      Tudo o que vendemos tem garantia de um ano contra defeitos de material e de fabricação. Nossas bolsas de couro têm cinco anos nas costuras e nos zíperes.

      ## Algo quebrou

      Mande uma foto do defeito e o número do pedido. Respondemos em dois dias úteis se consertamos, trocamos ou devolvemos o valor. Você não paga nada, nem o frete.

      ## O que a garantia não cobre

      Desgaste, arranhões, manchas, água e o que outra pessoa tentou consertar não estão cobertos. Consertamos por um preço que dizemos antes: um zíper novo custa cerca de
      R$ 60, um solado R$ 120.

      ## Chegou com avaria

      Se o pacote chegou amassado, com o produto danificado ou faltando uma peça, avise em 48 horas e guarde a embalagem, porque a transportadora pede.
      """),
    Page(
      "tamanhos", "Tamanhos: como medir",
      """
      # Tamanhos

      Nossas roupas seguem a numeração brasileira. Entre dois tamanhos, escolha o maior para casacos e o menor para malhas, que cedem.

      ## Como medir

      Busto: na parte mais larga. Cintura: onde o corpo dobra. Quadril: na parte mais larga. Comprimento da perna: do gancho até o chão, sem sapatos.

      | Tamanho | Busto | Cintura | Quadril |
      | --- | --- | --- | --- |
      | P | 88 | 72 | 94 |
      | M | 94 | 78 | 100 |
      | G | 100 | 84 | 106 |
      | GG | 108 | 92 | 114 |

      ## Sapatos e cintos

      Os sapatos têm forma pequena: quem calça 39 deve pedir 40. Meça o cinto da fivela até o furo que você usa. Anéis são medidos com a tira que você pode imprimir.
      """),
    Page(
      "alteracoes", "Alterar ou cancelar um pedido",
      """
      # Alterar ou cancelar um pedido

      Enquanto o pedido aparece como Recebido, você mesmo pode alterar ou cancelar na sua conta. Quando aparece como Embalado, nada mais pode ser mudado.

      ## Endereço de entrega errado

      Corrija em Pedidos, Alterar endereço, enquanto ele está Recebido. Depois só a transportadora pode redirecionar: use o link do e-mail de rastreamento.

      ## Cancelamento

      Escolha Cancelar pedido. O valor volta no mesmo dia. Se o pacote já saiu, recuse na porta ou devolva.

      ## Incluir mais um produto

      Nada pode ser acrescentado a um pedido já feito. Faça um segundo e escreva "juntos" na observação: juntamos os dois em um só pacote quando possível e devolvemos o
      segundo frete.
      """),
    Page(
      "vale-presente", "Vale-presente e cupons de desconto",
      """
      # Vale-presente e cupons

      O vale-presente chega por e-mail em PDF em poucos minutos, de R$ 50 a R$ 2.000. Vale por três anos e pode ser usado em partes.

      ## Como usar

      Digite o código no carrinho, no campo Vale ou cupom, sem espaços. O que sobra fica no vale; o saldo aparece na sua conta.

      ## O cupom não funciona

      Um cupom serve para um só pedido e não se soma a outra promoção. Não vale para produtos em liquidação nem abaixo do valor mínimo. Veja a validade no e-mail em que ele
      veio: cupons vencidos não são prorrogados. Vales perdidos são bloqueados e emitidos de novo para quem tem o comprovante. Pessoas da família podem usar o mesmo vale.
      """),
    Page(
      "loja", "Nossa loja: horários, retirada, contato",
      """
      # Nossa loja

      Ficamos na Rua do Moinho, 12, ao lado da antiga estação. O metrô mais perto é Ponte Velha. Há duas vagas de estacionamento no pátio.

      ## Horário de funcionamento

      De segunda a sexta das 10h às 19h, aos sábados das 10h às 16h. Fechamos aos domingos, nos feriados e de 24 de dezembro a 1º de janeiro.

      ## Retirar um pedido na loja

      Escolha Retirada ao finalizar: é grátis. Avisamos quando estiver pronto, quase sempre em duas horas, e guardamos por dez dias. Traga o número do pedido ou o e-mail;
      outra pessoa pode retirar com uma cópia dele.

      ## Contato

      Por e-mail respondemos em um dia útil. O telefone atende das 10h às 17h.
      """),
  ]
}
