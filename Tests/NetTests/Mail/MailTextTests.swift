import Domain
import Testing

@testable import Net

/// Bytes that become text (RULES 6.22).
@Suite struct MailTextTests {
  private func text(_ body: [UInt8], charset: String?, encoding: String = "8bit") throws -> IncomingMail {
    let type = charset.map { "text/plain; charset=\($0)" } ?? "text/plain"
    return try incoming(mailBytes("", head: ["Content-Transfer-Encoding: \(encoding)"], type: type) + body)
  }

  @Test(
    arguments: [
      ("utf-8", [0x41, 0xC3, 0xA7, 0xC3, 0xA3, 0x6F], "Ação", false), ("\"UTF8\"", [0xC3, 0xA7], "ç", false),
      ("us-ascii", [0x41, 0xC3, 0xA7, 0xC3, 0xA3, 0x6F], "Ação", true), ("us-ascii", [0x41, 0xE7, 0xE3, 0x6F], "Ação", true),
      (nil, [0x41, 0xE7, 0xE3, 0x6F], "Ação", true), (nil, [0x41, 0xC3, 0xA7, 0xC3, 0xA3, 0x6F], "Ação", true), (nil, [0x41], "A", false),
      ("x-nobody-knows", [0x41, 0xE7, 0xE3, 0x6F], "Ação", true), ("unknown-8bit", [0xE2, 0x82, 0xAC], "€", true),
      ("iso-8859-1", [0x93, 0x80, 0x35, 0x94], "“€5”", false), ("latin1", [0xE7], "ç", false),
      ("utf-8", [0x41, 0xE7, 0xE3, 0x6F], "Ação", true),
      ("iso-8859-15", [0xA4], "€", false), ("windows-1251", [0xC4, 0xE0], "Да", false), ("koi8-r", [0xE4, 0xC1], "Да", false),
      ("gb2312", [0xD6, 0xEC, 0xE9, 0x46, 0xBB, 0xF9], "朱镕基", false), ("big5", [0xA4, 0xA4], "中", false),
      ("ks_c_5601-1987", [0xC7, 0xD1], "한", false), ("shift_jis", [0x82, 0xA0], "あ", false), ("euc-jp", [0xA4, 0xA2], "あ", false),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x24, 0x22, 0x1B, 0x28, 0x42, 0x21], "あ!", false),
      ("utf-16le", [0x41, 0x00, 0xE7, 0x00], "Aç", false),
      ("utf-8", [0xC3, 0xA7, 0x62, 0xFF, 0xC3, 0xA3], "çb\u{FFFD}ã", false), ("utf-8", [0x61, 0x62, 0xC3], "ab\u{FFFD}", false),
      ("utf-8", [0x61, 0x00, 0x62], "a\u{FFFD}b", false), ("utf-7", Array("+ADw-b+AD4-".utf8), "+ADw-b+AD4-", false),
    ] as [(String?, [UInt8], String, Bool)])
  func `Hard case 10: bytes are read by their charset, and by a guess where that is none`(
    _ charset: String?, _ bytes: [UInt8], _ expected: String, _ guessed: Bool
  ) throws {
    let mail = try text(bytes, charset: charset)
    #expect(mail.text == expected)
    #expect(mail.isCharsetGuessed == guessed)
  }

  @Test(arguments: [
    ("base64", "T2zDoSE=", "Olá!"), ("BASE64", "T2zD\noSE=\n", "Olá!"),
    ("base64", "T2zDoSwgZmFsdGEgdW0gcGVkYcOnbyBkbyBma", "Olá, falta um pedaço do f"),
    ("base64", "T2zD\n\n!!oSE=", "Olá!"), ("base64", "T2zDoQ==\nT2zDoQ==", "OláOlá"),
    ("base64", "Hello, this is plain text after all.", "Hello, this is plain text after all."),
    ("quoted-printable", "Ol=C3=A1=\n!", "Olá!"), ("quoted-printable", "Ol=c3=a1 =  \nda", "Olá da"),
    ("quoted-printable", "1=2 and =zz", "1=2 and =zz".replacing("=2 ", with: "=2 ")),
    ("7-bit", "Olá", "Olá"), ("rubbish", "Olá", "Olá"), ("", "Olá", "Olá"), ("quoted-printable", "a=", "a"),
    ("x-uuencode", "begin 644 x\n#0V%T\n`\nend", "Cat"),
  ])
  func `what was made fit for mail servers is undone as far as it goes`(_ encoding: String, _ body: String, _ expected: String) throws {
    #expect(try text(Array(body.utf8), charset: "utf-8", encoding: encoding).text == expected)
  }

  @Test(arguments: [
    ("=?utf-8?B?UmVjbGFtYcM=?= =?utf-8?B?p8Ojbw==?=", "Reclamação"), ("=?utf-8?Q?Reclama?= =?utf-8?Q?=C3=A7=C3=A3o?= 17", "Reclamação 17"),
    ("=?utf-8?Q?a?=\n =?utf-8?Q?b?=", "ab"), ("=?iso-8859-1?q?N=E3o_chegou?=", "Não chegou"), ("=?utf-8*pt-BR?Q?N=C3=A3o?=", "Não"),
    ("a =?utf-8?Q?b?= c", "a b c"),
    ("=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c"), ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="), ("=?utf-8?Q?never ended", "=?utf-8?Q?never ended"),
    ("=?gb2312?B?tqm1pcO709C1vQ==?=", "订单没有到"), ("\"=?utf-8?Q?Ol=C3=A1?=\"", "\"Olá\""), ("Não chegou", "Não chegou"),
    ("=?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
    ("a\n\tb", "a b"), ("=?utf-8?Q??=", ""), ("=?utf-8?B?=?=", ""), ("=?nobody?Q?=E7?=", "ç"), ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
  ])
  func `encoded words are read as programs write them`(_ subject: String, _ expected: String) throws {
    #expect(try incoming("x", subject: subject).subject.text == expected)
  }

  @Test func `raw bytes of a head are UTF-8, or Windows-1252`() throws {
    let latin = mailBytes("x").split(separator: 10, omittingEmptySubsequences: false).map { line -> [UInt8] in
      line.starts(with: "Subject".utf8) ? Array("Subject: N".utf8) + [0xE3, 0x6F] : Array(line)
    }
    #expect(try incoming(Array(latin.joined(separator: [10]))).subject.text == "Não")
  }

  @Test func `Hard case 10: a NUL ends nothing, in heads and in bodies`() throws {
    let bytes = mailBytes("before\u{0}after\nsecond line", head: ["X-Odd: a\u{0}b", "Subject: or\u{0}der"])
    let mail = try incoming(bytes)
    #expect(mail.text == "before\u{FFFD}after\nsecond line" && mail.subject.text == "or\u{FFFD}der")
    #expect(mail.people.from.first?.address == "dana@customers.example")
    let part = try incoming(
      mailBytes(
        parts("Content-Type: text/plain\n\none\u{0}two", "Content-Type: application/pdf; name=\"a\u{0}.pdf\"\n\nx\u{0}y"),
        type: "multipart/mixed; boundary=b"))
    #expect(part.text == "one\u{FFFD}two" && part.attachments.first?.size == 3)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `Hard case 10: lines may end in any way`(_ end: String) throws {
    let body = parts(
      "Content-Type: text/plain\n\nfirst\nsecond",
      "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=")
    let bytes = mailBytes(body, type: "multipart/mixed; boundary=b")
    let mail = try incoming(Array(String(decoding: bytes, as: UTF8.self).replacing("\n", with: end).utf8))
    #expect(mail.subject.text == "Order 17" && mail.text == "first\nsecond")
    #expect(mail.attachments.first?.size == 5)
  }

  @Test func `Hard case 10: a line of an mbox file, blanks before the head, and no head at all`() throws {
    for before in ["From dana@customers.example Mon Jan  4 09:10:00 2027\n", "From x\r\n", "\n\n", " "] {
      #expect(try incoming(Array(before.utf8) + mailBytes("words")).subject.text == "Order 17", "\(before)")
    }
    let headless = try incoming(Array("No head here\n\nonly words".utf8))
    #expect(headless.text == "No head here\n\nonly words" && headless.customer == nil)
  }

  @Test(
    arguments: [
      ("Onde está meu pedido? Ainda não chegou.", Language.portuguese), ("Where is my order? It has not come.", .english),
      ("Order 17 nunca chegou aqui em casa", .portuguese), ("Please tell me the tracking number", .english),
      ("Obrigada, vou esperar até sexta", .portuguese),
    ] as [(String, Language?)])
  func `the language is told by its commonest words`(_ text: String, _ expected: Language?) throws {
    #expect(try incoming(text).language == expected)
  }

  @Test func `few words are in the language of what stands below them, or in none`() throws {
    #expect(try incoming("Ok").language == nil)
    #expect(try incoming("Ok 17 thanks").language == nil)
    #expect(try incoming("Ok!\n\n> Seu pedido não foi entregue ainda, ele chegou aqui ontem.").language == .portuguese)
    #expect(try incoming("Dziękuję za szybką odpowiedź bardzo").language == nil)
  }
}
