import Testing

@testable import Domain

/// RULES 6.12: the words of a question.
@Suite struct QuestionWordsTests {
  @Test(arguments: [
    ("How long does delivery take?", "long delivery take"),
    ("Olá, bom dia! Qual o prazo de entrega para o interior?", "prazo entrega interior"),
    ("the of and is", ""), ("de que para você não até são", ""), ("Hi there, thanks", ""), ("x", ""), ("", ""), ("a b c 7", ""),
    ("It's the customer's VAT-number: 2027", "customer vat number 2027"), ("CARTÕES cartões Cartoes", "cartões"),
    ("don't can't won't", ""), ("recl\u{61}mac\u{327}a\u{303}o", "reclamação"), ("iPhone15, please", "iphone15"), ("日本語 送料", "日本語 送料"),
    ("<script>alert(1)</script>", "script alert"), ("a\u{200B}b cafe\u{301}", "ab café"),
  ])
  func `they are what says something, once each`(question: String, words: String) {
    #expect(QuestionWords.of(question).map(\.word.text).joined(separator: " ") == words)
  }

  @Test func `of a long letter those count that come again, then the longest`() {
    let filler = (1...200).map { "w\($0)" }.joined(separator: " ")
    let words = QuestionWords.of("refund \(filler) refund international \(String(repeating: "x", count: 41))").map(\.word.text)
    #expect(words.count == QuestionWords.most)
    #expect(words.first == "refund")
    #expect(words.contains("international"))
  }

  @Test(arguments: [
    ("reclamacao", "reclamações"), ("reclamações", "reclamação"), ("Reclamação", "reclamações"), ("cartoes", "cartão"),
    ("cartão", "cartões"),
    ("paes", "pão"), ("pão", "pães"), ("maos", "mão"), ("irmãos", "irmão"), ("devolucoes", "devolução"), ("fiscais", "fiscal"),
    ("disponivel", "disponíveis"), ("anel", "anéis"), ("lençol", "lençóis"), ("imagens", "imagem"), ("cupom", "cupons"),
    ("jardins", "jardim"),
  ])
  func `Portuguese words are looked for with their other endings`(asked: String, held: String) throws {
    let word = try #require(QuestionWords.of(asked).first)
    let plain = String(decoding: mailFolded(Array(held.utf8)[...]), as: UTF8.self)
    #expect(word.forms.contains(held) || word.plainForms.contains(plain))
    #expect(word.forms.first == asked.lowercased())
  }

  @Test(arguments: [
    ("reclamacao", "reclamacao reclamacoes reclamacaes reclamacaos"), ("Reclamações, cartão!", "reclamacoes|cartao"),
    ("hotéis", "hoteis hotel"), ("cartão cartao", "cartao"), ("mais", ""), ("mal", ""), ("não", ""), ("delivery 4711 ana@x.example", ""),
    ("", ""),
  ])
  func `of a search those words have other endings that say something`(asked: String, expected: String) {
    let found = QuestionWords.endings(in: asked)
    let wanted = expected.split(separator: "|").map(String.init)
    #expect(found.count == wanted.count, "\(found)")
    for (found, wanted) in zip(found, wanted) {
      #expect(found == wanted || !wanted.utf8.contains(32) && found.utf8.starts(with: "\(wanted) ".utf8), "\(found)")
    }
  }

  @Test(arguments: ["delivery", "size", "ao", "x1ao\u{1F600}"])
  func `other words stay as they are, or nearly`(word: String) {
    for word in QuestionWords.of(word) { #expect(word.forms.count < 12) }
    #expect(QuestionWords.of("delivery").first?.forms == ["delivery"])
  }
}
