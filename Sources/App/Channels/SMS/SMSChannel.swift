import Domain
import HTML
import Net
import Web

extension Channel {
  /// Text messages, through the operator's gateway.
  static let sms = Channel(
    type: .sms, toggle: { words in words("Send reminders by SMS") },
    help: { words in words("Answer an SMS with 1: you are on it. 2: it is done. 3 and a time: later. STOP: no more.") },
    fields: [.phoneNumber], usesPhone: true, isOffered: { $0.sms != nil },
    about: ChannelAbout(
      description: { words in words("Text messages to your phone, through the gateway of this site. You answer by an SMS or by the link.")
      },
      minimumPlan: .personal),
    compose: { content, composing in
      guard let gateway = composing.sms else { throw MissingChannel() }
      // A contact's number is the address; a person's own stands among what they told.
      let given = composing.settings[.phoneNumber]
      guard let number = PhoneNumber(given.utf8.isEmpty ? content.address : given) else { throw NetError.badHeader("To") }
      let (lead, tail) = content.brief ?? (content.subject, "")
      return .request(
        try gateway.request(to: number.text, SMSText.fitting(lead, tail, parts: SMSSending.mostParts), message: content.key.id))
    },
    judge: { outcome, now in SMSSending.judge(outcome, now) })
}

/// How text messages are sent, and what comes of it.
enum SMSSending {
  /// Parts of a message: each is paid for.
  static let mostParts = 4

  /// Reads the answer of the gateway. What may have been taken is not sent twice (RULES 4.2): an unknown end is one.
  static func judge(_ outcome: Transfers<Errand>.Outcome, _ now: Instant) -> Judgement {
    switch outcome {
    case .web(.response(let response)): judge(response, now)
    case .web(.failed(let failure)) where failure.mayHaveArrived: Judgement(.failed, .unknown, detail: failure.text)
    case .web, .mail, .mailbox: Judgement(outcome, at: now)
    }
  }

  private static func judge(_ response: HTTPResponse, _ now: Instant) -> Judgement {
    let usual = Judgement(.response(response), at: now)
    switch response.status {
    case 200..<300: return Judgement(.sent, code: usual.code)
    // It says itself that it did not take it.
    case 408, 425, 429, 503: return Judgement(.again, code: usual.code, detail: usual.detail, retryAfter: usual.retryAfter)
    case 500...: return Judgement(.failed, .unknown, detail: "\(response.status) \(usual.detail)")
    default:
      let error = JSONValue(response.body).flatMap { GatewayError($0) }
      let code = error.map { "\(response.status) \($0.code)" } ?? usual.code
      return Judgement(.failed, error?.reason, code: code, detail: error?.text ?? usual.detail)
    }
  }
}

/// What a gateway says is wrong: `{"code": 21610, "message": "…"}`.
struct GatewayError: Equatable {
  /// Who has this number asked for no more (https://www.twilio.com/docs/api/errors/21610).
  static let stopped = "21610"

  let code: String
  let text: String

  /// - Returns: nil where it has no code.
  init?(_ json: JSONValue) {
    guard let code = json["code"]?.number, (1...10).contains(code.utf8.count) else { return nil }
    self.init(code: code, text: json["message"]?.text ?? "")
  }

  /// - Parameter text: what it says; from here on without control characters and numbers of telephones, and not more than a line.
  init(code: String, text: String) {
    self.code = code
    let printed = Self.masked(text).unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
    self.text = String(String.UnicodeScalarView(printed.prefix(200)))
  }

  /// Of seven digits and more that stand together, the last two are left.
  private static func masked(_ text: String) -> String {
    var (out, digits) = ("", "")
    for scalar in text.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits.unicodeScalars.append(scalar)
      } else {
        out += shortened(digits)
        out.unicodeScalars.append(scalar)
        digits = ""
      }
    }
    return out + shortened(digits)
  }

  private static func shortened(_ digits: String) -> String { digits.utf8.count < 7 ? digits : "…" + String(digits.suffix(2)) }

  var reason: OutboxReason? { code.utf8.elementsEqual(Self.stopped.utf8) ? .unsubscribed : nil }
}

extension ChannelField {
  static let phoneNumber = ChannelField(
    name: "phoneNumber", label: { words in words("Phone number") }, type: "tel",
    read: { read, name in
      let typed = read.line(name, 1...40)
      if let number = PhoneNumber(typed) { return number.text }
      if !typed.utf8.isEmpty {
        read.complain(name, read.words("Write the number with + and the code of the country, such as +351 912 345 678."))
      }
      return typed
    },
    help: { words in words("With + and the code of the country. A code goes there first, to see that it is yours.") })
}
