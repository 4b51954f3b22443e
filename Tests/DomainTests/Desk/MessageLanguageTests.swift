import Testing

@testable import Domain

/// RULES 6.35.
@Suite struct MessageLanguageTests {
  @Test(arguments: [
    ("Hello, where is my order? It should have been here on Monday.", Language.english),
    ("Olá, onde está o meu pedido? Era para ter chegado na segunda.", .portuguese),
    ("ola onde esta meu pedido, ja faz 10 dias", .portuguese), ("Preciso trocar a senha da conta", .portuguese),
    ("I need to change my account password", .english), ("Can you send the invoice again please", .english),
    ("Podem reenviar a fatura por favor?", .portuguese), ("Bom dia, o produto chegou quebrado", .portuguese),
    ("My e-mail is dana@loja.com.br and the site is https://www.loja.com.br/pt/ajuda/de/o/que", .english),
    ("Gostaria de cancelar minha assinatura", .portuguese), ("Vocês entregam em Manaus?", .portuguese),
    ("Do you ship to Manaus, Brazil?", .english),
    ("O cupom WELCOME10 não funciona no checkout", .portuguese), ("The coupon BEMVINDO10 does not work at checkout", .english),
    ("WHERE IS MY REFUND", .english), ("CADE O MEU REEMBOLSO", .portuguese), ("voce\u{302} na\u{303}o respondeu ontem", .portuguese),
    ("tô sem acesso à conta desde ontem", .portuguese),
  ])
  func `the small words tell, whatever the channel speaks`(text: String, language: Language) {
    for channel in Language.allCases {
      for conversation in [nil, channel] {
        #expect(MessageLanguage.language(of: text, conversation: conversation, channel: channel) == language)
      }
    }
  }

  @Test(arguments: ["ok", "Thank you", "Muito obrigado", "", "Ana Souza Lima", "https://x.example/a/b/c/d sim", "👍"])
  func `up to three words are in the conversation's language`(text: String) {
    for language in Language.allCases {
      for channel in Language.allCases {
        #expect(MessageLanguage.language(of: text, conversation: language, channel: channel) == language)
      }
    }
  }

  @Test func `the first message of all is judged however short it is`() {
    #expect(MessageLanguage.language(of: "Cadê meu pedido?", conversation: nil, channel: .english) == .portuguese)
    #expect(MessageLanguage.language(of: "Where's my order?", conversation: nil, channel: .portuguese) == .english)
    for language in Language.allCases { #expect(MessageLanguage.language(of: "Ana", conversation: nil, channel: language) == language) }
  }

  /// "No" and "a" are words of both.
  @Test(arguments: [
    ("no ação a reunião", Language.portuguese), ("no aça\u{303}o a", .portuguese), ("reclamação sobre cartão: the refund", .portuguese),
  ])
  func `a tie is decided by accents`(text: String, language: Language) {
    #expect(MessageLanguage.language(of: text, conversation: nil, channel: .english) == language)
  }

  @Test(arguments: ["refund invoice 4711 Heed Ltda", "Привет, где мой заказ, пожалуйста", "a no a no"])
  func `what tells nothing is in the channel's language`(text: String) {
    for channel in Language.allCases { #expect(MessageLanguage.language(of: text, conversation: nil, channel: channel) == channel) }
  }
}
