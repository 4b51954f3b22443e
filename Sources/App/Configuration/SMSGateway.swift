import Domain
import Net
import Web

/// Whoever sends SMS for this site: Twilio, or another that speaks its Messages API (https://www.twilio.com/docs/messaging/api/message-resource).
public struct SMSGateway: Sendable, CustomStringConvertible {
  /// Where it is unless the settings say otherwise.
  public static let twilio = "https://api.twilio.com"
  /// Where it says what became of a message, and where it brings what people answer; below ``origin``.
  static let statusPath = "/hooks/sms/status"
  /// Names the message, in the query of the former: it is known by that before the gateway has said what it calls it.
  static let messageName = "message"

  /// Without a slash at the end.
  public let url: String
  let account: String
  /// Never printed.
  let token: String
  let sender: Sender
  /// Of this site: scheme, host and port.
  let origin: String

  /// Whom messages come from.
  enum Sender: Equatable {
    /// A number, or a name.
    case from(String)
    /// The gateway chooses.
    case service(String)
  }

  init(url: String, account: String, token: String, sender: Sender, origin: String) {
    (self.url, self.account, self.token, self.sender, self.origin) = (url, account, token, sender, origin)
  }

  public var description: String { "\(account) at \(url)" }

  /// Letters and digits: it stands in an address.
  static func isAccount(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  /// - Returns: nil for what no message can come from.
  static func sender(_ text: String) -> Sender? {
    if text.utf8.count == 34, text.utf8.starts(with: "MG".utf8), text.utf8.allSatisfy(isWord) { return .service(text) }
    if let number = PhoneNumber(text) { return .from(number.text) }
    let isName = (1...11).contains(text.utf8.count) && text.utf8.allSatisfy { isWord($0) || $0 == 32 }
    return isName ? .from(text) : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) }

  /// A message. The connection is its own: libcurl would ask again by itself on one of before that breaks.
  ///
  /// - Parameters:
  ///   - number: E.164.
  ///   - message: by which id it is known when it is told what became of it.
  func request(to number: String, _ text: SMSText, message: String) throws(NetError) -> HTTPRequest {
    var fields = [("To", number), ("Body", text.text), ("StatusCallback", origin + Self.statusPath + "?\(Self.messageName)=" + message)]
    switch sender {
    case .from(let from): fields.append(("From", from))
    case .service(let service): fields.append(("MessagingServiceSid", service))
    }
    let body = fields.map { Self.encoded($0.0) + "=" + Self.encoded($0.1) }.joined(separator: "&")
    return try HTTPRequest(
      .post, url + "/2010-04-01/Accounts/\(account)/Messages.json",
      headers: [
        HeaderField("Content-Type", "application/x-www-form-urlencoded"), authorization, HeaderField("Accept", "application/json"),
      ],
      body: Array(body.utf8), milliseconds: 15_000, addresses: .operators)
  }

  private var authorization: HeaderField { HeaderField("Authorization", "Basic " + Bytes.base64(Array((account + ":" + token).utf8))) }

  /// Whether the gateway posted this.
  func hasSent(_ request: Request, _ form: Form) -> Bool {
    let (signature, target) = (request.headerText(FormSignature.header), String(decoding: request.target, as: UTF8.self))
    return origins.contains { FormSignature.verify(signature, $0 + target, form, token: token) }
  }

  /// Our origin as it may have been signed: the sender leaves a port out, or writes that of the scheme, and its own libraries take both.
  private var origins: [String] {
    let (bytes, isSecure) = (Array(origin.utf8), origin.utf8.starts(with: "https:".utf8))
    let begin = isSecure ? 8 : 7
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), colon > begin, bytes.last != UInt8(ascii: "]") else {
      return [origin, origin + (isSecure ? ":443" : ":80")]
    }
    return [origin, String(decoding: bytes[..<colon], as: UTF8.self)]
  }

  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte -> [UInt8] in
      isWord(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension SMSGateway {
  /// How a look at the account went, which sends nothing.
  public enum Trial: Sendable {
    case fine
    /// The status of the answer.
    case status(Int)
    /// What the network says of it.
    case failed(String)
  }

  /// Asks for the account.
  public func trial() throws(NetError) -> Trial {
    let transfers = try Transfers<Int>()
    let address = url + "/2010-04-01/Accounts/\(account).json"
    transfers.add(try HTTPRequest(.get, address, headers: [authorization], milliseconds: 15_000, addresses: .operators), 0)
    while true {
      _ = transfers.wait(milliseconds: 1_000)
      guard case .web(let outcome)? = transfers.harvest().first?.outcome else { continue }
      switch outcome {
      case .response(let response): return response.status == 200 ? .fine : .status(response.status)
      case .failed(let failure): return .failed(failure.text)
      }
    }
  }
}
