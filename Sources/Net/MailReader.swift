import Domain

/// From the bytes of a mail to what Heed makes of it.
public enum MailReader {
  /// - Parameters:
  ///   - mail: as it came, at most ``IncomingMail/mostBytes``.
  ///   - channel: whose mail it is.
  /// - Throws: why the mail is in quarantine. Nothing else can go wrong, whatever the bytes.
  /// - Complexity: Linear in the number of bytes.
  public static func read(_ mail: [UInt8], channel: MailChannel) throws(IncomingMail.Fault) -> IncomingMail {
    read(try MailParser.parse(mail), channel: channel)
  }

  /// The same, and the mail within which its HTML and the bytes of its files are found: the signed one where a signature is around it.
  public static func open(_ mail: [UInt8], channel: MailChannel) throws(IncomingMail.Fault) -> (mail: IncomingMail, shown: MailTree) {
    let tree = try MailParser.parse(mail)
    let inner = opened(tree)
    return (IncomingMail(tree, inner: inner, channel: channel, digest: MailParser.digest), inner ?? tree)
  }

  /// A mail that is taken apart already.
  public static func read(_ tree: MailTree, channel: MailChannel) -> IncomingMail {
    IncomingMail(tree, inner: opened(tree), channel: channel, digest: MailParser.digest)
  }

  /// The mail within an opaque signature; one within another stays closed.
  private static func opened(_ tree: MailTree) -> MailTree? {
    guard let envelope = IncomingMail.opaqueSignature(in: tree), let content = SignedData.content(envelope) else { return nil }
    return try? MailParser.parse(content)  // What cannot be read stays the file that it is.
  }
}
