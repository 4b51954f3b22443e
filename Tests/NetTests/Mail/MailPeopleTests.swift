import Domain
import Testing

@testable import Net

/// Who wrote, and who gets the answer (RULES 6.18).
@Suite struct MailPeopleTests {
  /// From, as it stands → names and addresses.
  @Test(arguments: [
    ("Dana Reyes <dana@x.example>", ["Dana Reyes <dana@x.example>"]), ("dana@x.example", [" <dana@x.example>"]),
    ("\"Reyes, Dana\" <dana@x.example>", ["Reyes, Dana <dana@x.example>"]),
    ("Reyes, Dana <dana@x.example>", ["Reyes, Dana <dana@x.example>"]),
    ("=?utf-8?q?Reyes=2C_Dana?= <dana@x.example>", ["Reyes, Dana <dana@x.example>"]),
    ("Reyes, Dana <dana@x.example>, Ann <ann@x.example>", ["Reyes, Dana <dana@x.example>", "Ann <ann@x.example>"]),
    ("a@x.example, b@x.example", [" <a@x.example>", " <b@x.example>"]), ("a@x.example; b@x.example", [" <a@x.example>", " <b@x.example>"]),
    ("dana@x.example (Dana Reyes)", ["Dana Reyes <dana@x.example>"]), ("<dana@x.example>", [" <dana@x.example>"]),
    ("Dana <dana@x.example", ["Dana <dana@x.example>"]), ("Dana <<dana@x.example>>", ["Dana <dana@x.example>"]),
    ("Dana <@relay.example,@b.example:dana@x.example>", ["Dana <dana@x.example>"]), ("Dana < dana@x.example >", ["Dana <dana@x.example>"]),
    ("Dana <mailto:dana@x.example>", ["Dana <dana@x.example>"]), ("Team: a@x.example, b@x.example;", [" <a@x.example>", " <b@x.example>"]),
    ("undisclosed-recipients:;", []), ("\"Dana \\\"D\\\" Reyes\" <d@x.example>", ["Dana \"D\" Reyes <d@x.example>"]),
    ("\"dana reyes\"@x.example", []), ("Jürgen <jürgen@münchen.example>", ["Jürgen <jürgen@münchen.example>"]),
    ("Jurgen <jurgen@xn--mnchen-3ya.example>", ["Jurgen <jurgen@xn--mnchen-3ya.example>"]),
    ("Dana\n Reyes\n <dana@x.example>", ["Dana Reyes <dana@x.example>"]),
    ("=?utf-8?B?RGFuYSA8ZGFuYUB4LmV4YW1wbGU+?=", ["Dana <dana@x.example>"]),
    ("Pete(A \\) chap) <pete(his)@x.example(host)>", ["Pete <pete@x.example>"]),
    ("=?utf-8?q?Dana=0D=0ABcc=3A_x=40evil=2Eexample?= <d@x.example>", ["Dana Bcc: x@evil.example <d@x.example>"]),
    ("Dana\u{202E} <d@x.example>", ["Dana <d@x.example>"]), ("", []), (",,,", []), ("\"", []), ("((((", []), ("<", []),
  ])
  func `Hard case 10: addresses are read as people and programs write them`(_ field: String, _ expected: [String]) throws {
    let people = try incoming("x", head: ["From: \(field)"]).people.from.filter(\.isUsable)
    #expect(people.map { "\($0.name) <\($0.address)>" } == expected)
  }

  /// Head → whom the answer goes to.
  @Test(arguments: [
    (["From: Dana <dana@x.example>"], "dana@x.example"), (["From: dana@x.example", "Reply-To: other@x.example"], "other@x.example"),
    (["From: dana@x.example", "Reply-To: a@x.example, b@x.example"], "dana@x.example"),
    (["From: dana@x.example", "Reply-To: support@desk.example"], "dana@x.example"),
    (["From: web@desk.example", "Reply-To: Dana <dana@x.example>"], "dana@x.example"),
    (["From: Dana via Support <support@desk.example>", "X-Original-From: Dana <dana@x.example>"], "dana@x.example"),
    (["From: support@desk.example", "X-Original-Sender: dana@x.example"], "dana@x.example"),
    (["From: ann@x.example, dana@x.example", "Sender: dana@x.example"], "dana@x.example"),
    (["From: ann@x.example, dana@x.example", "Sender: robot@x.example"], "ann@x.example"),
    (["From: ann@x.example, dana@x.example"], "ann@x.example"),
    (["From: dana@x.example", "Sender: robot@x.example"], "dana@x.example"), (["From: Dana"], nil), (["From:-"], nil),
    (["From: dana@x.example", "Reply-To: <>"], "dana@x.example"),
    (["From: SUPPORT@Desk.example", "Reply-To: dana@x.example"], "dana@x.example"),
  ])
  func `the customer is who wrote, not who passed it on`(_ head: [String], _ expected: String?) throws {
    #expect(try incoming("x", head: head).customer?.address == expected)
  }

  @Test func `tags, letter case, programs and disguises are told`() throws {
    let tagged = MailPerson(name: "", address: "Dana+Shop@X.example")
    #expect(tagged.key == "dana@x.example" && tagged.tag == "Shop")
    #expect(MailPerson(name: "", address: "+dana@x.example").key == "+dana@x.example")
    for local in [
      "no-reply", "noreply", "NoReply", "do-not-reply", "donotreply", "nao-responda", "nao.responda", "no_reply+17", "orders-noreply",
    ] {
      #expect(MailPerson(name: "", address: "\(local)@x.example").isNoReply, "\(local)")
    }
    for local in ["dana", "reply", "norma", "noreen.plyler"] {
      #expect(!MailPerson(name: "", address: "\(local)@x.example").isNoReply, "\(local)")
    }
    #expect(MailPerson(name: "billing@bank.example", address: "dana@x.example").isDisguised)
    #expect(!MailPerson(name: "Dana@home", address: "dana@x.example").isDisguised)
    #expect(!MailPerson(name: "DANA@x.example", address: "dana@x.example").isDisguised)
  }

  @Test(arguments: [
    ("Re: Order 17", "Order 17", false), ("RE: RES: Order 17", "Order 17", false), ("Re[2]: Order 17", "Order 17", false),
    ("Re(3): Order", "Order", false),
    ("AW: WG: Order 17", "Order 17", false), ("ENC: Boleto", "Boleto", true), ("Fwd: Re: Order 17", "Order 17", true),
    ("FW: Order", "Order", true),
    ("Antw: Order", "Order", false), ("SV: Order", "Order", false), ("TR : Commande", "Commande", true), ("RV: Pedido", "Pedido", true),
    ("回复：订单", "订单", false), ("Order: 17", "Order: 17", false), ("Reclamação: 17", "Reclamação: 17", false), ("Re:", "", false),
    ("", "", false),
    ("Resposta: x", "Resposta: x", false), ("Re Order", "Re Order", false),
  ])
  func `prefixes of every language come off`(_ subject: String, _ bare: String, _ isForward: Bool) throws {
    let read = try incoming("x", subject: subject).subject
    #expect(read.bare == bare && read.isForward == isForward && read.text == subject)
  }

  @Test func `subjects of one conversation have one key`() throws {
    let key = try incoming("x", subject: "Reclamação sobre pedido").subject.threadKey
    for subject in [
      "Re: Reclamação sobre pedido", "RES: [Ticket 5] RECLAMACAO sobre pedido", "[ext] Re: Reclamac\u{327}a\u{303}o sobre pedido",
    ] {
      #expect(try incoming("x", subject: subject).subject.threadKey == key, "\(subject)")
    }
    #expect(try incoming("x", subject: "Re: Reclamação").subject.threadKey != key)
  }

  @Test func `Hard case 10: ids are those in brackets, and nothing else is one`() throws {
    for id in ["< >", "<>", "<x>", "x@y", "<a b@c>", "<@x.example>", "<x@>", ""] {
      #expect(try incoming("x", head: ["Message-ID: \(id)"]).messageID == nil, "\(id)")
    }
    let references = (1...200).map { "<\($0)@x.example>" }
    let mail = try incoming(
      "x", head: ["References: \(references.joined(separator: "\n "))", "In-Reply-To: Your mail of <17@x.example> \"Mon\""])
    #expect(mail.references == references && mail.inReplyTo == ["<17@x.example>"])
    let many = (1...1_200).map { "<\($0)@x.example>" }.joined(separator: " ")
    #expect(try incoming("x", head: ["References: \(many)"]).references.last == "<1200@x.example>")
  }

  @Test func `Outlook's place in a thread counts only when it is whole`() throws {
    let index = "AdGHYcRtTjVxZMLzQmSd4d6mqcGkdw=="
    #expect(try incoming("x", head: ["Thread-Index: \(index)", "Thread-Topic: Order 17"]).threadIndex?.count == 22)
    #expect(try incoming("x", head: ["Thread-Index: \(index)", "Thread-Topic: Order 17"]).threadTopic == "Order 17")
    for bad in ["", "AdGH", "AdGHYcRtTjVxZMLzQmSd4d6mqcGkd2M=", String(repeating: "A", count: 3_000)] {
      #expect(try incoming("x", head: ["Thread-Index: \(bad)"]).threadIndex == nil, "\(bad.count)")
    }
  }
}
