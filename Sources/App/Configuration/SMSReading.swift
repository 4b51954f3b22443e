import Domain
import Net

extension SettingReader {
  /// The gateway for SMS: all of it, or none.
  ///
  /// - Parameter origin: where the gateway says what became of a message.
  mutating func sms(calling origin: String?) -> SMSGateway? {
    let needed: [Setting] = [.smsAccount, .smsToken, .smsFrom]
    let given = needed.filter { text($0) != nil }
    if given.isEmpty { return nil }
    for setting in needed where text(setting) == nil {
      complain(setting, "is missing while \(given[0].name) is given. It is \(setting.words).")
    }
    guard let account = text(.smsAccount), let token = text(.smsToken), let from = text(.smsFrom) else { return nil }
    if !SMSGateway.isAccount(account) {
      complain(.smsAccount, "is no account SID; it has letters and digits, such as AC0123456789abcdef….")
    }
    if !token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
      complain(.smsToken, "holds blanks, line ends or letters that no token has; write nothing but the token.")
    }
    let sender = SMSGateway.sender(from)
    if sender == nil {
      complain(
        .smsFrom,
        "is “\(from)”; write a number such as +15005550006, a messaging service such as MG0123…, or a name of at most 11 letters and digits."
      )
    }
    let url = smsURL()
    guard let sender, let url, let origin else { return nil }
    return SMSGateway(url: url, account: account, token: token, sender: sender, origin: origin)
  }

  private mutating func smsURL() -> String? {
    guard let text = text(.smsURL) else { return SMSGateway.twilio }
    let url = text.utf8.last == UInt8(ascii: "/") ? String(text.dropLast()) : text
    // libcurl is what dials, so its reader decides, too.
    guard HTTPTarget(url) != nil, !url.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else {
      complain(.smsURL, "is no address of a gateway; write it like https://api.twilio.com, without a name and password.")
      return nil
    }
    return url
  }
}

extension Variables {
  /// What is told about a gateway that is not there.
  var smsNotes: [Mistake] {
    let isNamed = [Setting.smsAccount, .smsToken, .smsFrom].contains { self[$0] != nil }
    return isNamed || self[.smsURL] == nil ? [] : [Mistake(Setting.smsURL.name, "has no effect without HEED_SMS_ACCOUNT.")]
  }
}
