import Domain
import HTML

extension DeliveryWords {
  /// Why a message is in its state: our own words for our own reasons; what the other side said stays as it is.
  ///
  /// - Parameter channel: by which it leaves; nil: by mail, or none that is told of otherwise.
  /// - Returns: nil where there is nothing to say.
  static func why(_ reason: OutboxReason?, _ code: String?, _ detail: String, by channel: AgentType? = nil, _ words: Words) -> String? {
    if let reason, code == nil { return channel == .sms ? whyOfSMS(reason, words) : why(reason, words) }
    let said = [code, detail].compactMap(\.self).filter { !$0.utf8.isEmpty }.joined(separator: " ")
    return said.utf8.isEmpty ? nil : said
  }

  private static func whyOfSMS(_ reason: OutboxReason, _ words: Words) -> String {
    switch reason {
    case .unsubscribed: words("this number asked for no SMS")
    case .unverified: words("no code has shown whose the number is")
    case .digest: words("with others in one SMS")
    case .limited: words("a number gets one SMS a minute, five in a quarter of an hour and twenty in three hours")
    default: why(reason, words)
    }
  }

  private static func why(_ reason: OutboxReason, _ words: Words) -> String {
    switch reason {
    case .answered: words("answered before")
    case .switchedOff: words("switched off")
    case .unsubscribed: words("this address asked for no mail")
    case .refused, .gone: words("this address refuses mail")
    // Of rows from before such mails were held.
    case .unverifiedLimit: words("20 mails a day to an address that is not verified")
    case .unverified: words("nobody has verified the address yet")
    case .superseded: words("a later tier was told instead")
    case .removed: words("the contact was deleted")
    case .noUse: words("nobody can use it any more")
    case .noResult: words("sending it was begun three times and came to no end")
    case .singly: words("alone from now on, since the mail with all of them came to no end")
    case .quiet: words("quiet hours")
    case .kept: words("kept in the mail folder")
    case .digest: words("with others in one mail")
    case .unreached: words("the server could not be reached")
    case .timeout: words("the server did not answer in time")
    case .broken: words("the connection broke")
    case .interrupted: words("sending was interrupted")
    case .noEntry: words("no message may go to this address: it belongs to a private network")
    case .notUnicode: words("the mail server takes no addresses with accents")
    case .untrusted: words("its certificate cannot be trusted")
    case .malformed: words("it could not be written as a message")
    case .noChannel: words("this way of sending is not set up")
    case .noStorage: words("the mail folder took no file")
    case .unknown: words("the server had all of it and did not say whether it took it")
    case .laidOut: words("until a program of yours fetches it")
    case .fetched: words("it comes again until its receipt")
    case .received: words("its receipt has come")
    case .expired: words("nobody fetched it in time")
    case .limited: words("mails to one address leave some time apart, and what waits meanwhile leaves as one")
    case .unreceived: words("it was fetched, and its receipt did not come in time")
    case .noDevice: words("the device was removed")
    case .tooLong: words("too long for its push service")
    }
  }
}
