import Domain

/// A look into a folder of an IMAP server: what has come since the last one. Nothing is changed there, no mail becomes a read one.
public struct MailboxLook: Sendable {
  public let server: IMAPServer
  public let folder: String
  /// The folder as it was at the last look; nil: there was none.
  public let uidValidity: UInt32?
  /// The last UID that was looked at. Where the folder's UIDs are not those of the last look, all of it is new.
  public let lastUID: UInt32
  /// How many mails are fetched at most; 0: the look only tells how things stand.
  public let mails: Int
  /// How many bytes are fetched at most, though always one mail.
  public let bytes: Int
  /// A mail of more bytes is told by its size only.
  public let mailBytes: Int

  /// - Parameters:
  ///   - folder: as people know it, such as `INBOX` or `Caixa de entrada/Clientes`, with the server's separator.
  ///   - mails: 0 to 200.
  ///   - bytes: from 1.
  ///   - mailBytes: from 1.
  /// - Throws: ``NetError/badFolder`` for a name that is empty, longer than 200 bytes or holds a control character.
  public init(
    _ server: IMAPServer, folder: String = "INBOX", uidValidity: UInt32? = nil, after lastUID: UInt32 = 0, mails: Int = 20,
    bytes: Int = 50_000_000, mailBytes: Int = IncomingMail.mostBytes
  ) throws(NetError) {
    guard (1...200).contains(folder.utf8.count), !folder.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw .badFolder
    }
    self.server = server
    self.folder = folder
    (self.uidValidity, self.lastUID) = (uidValidity, lastUID)
    (self.mails, self.bytes, self.mailBytes) = (min(max(mails, 0), 200), max(bytes, 1), max(mailBytes, 1))
  }
}

/// How a look ended.
public enum MailboxOutcome: Hashable, Sendable {
  case seen(MailboxSight)
  /// It came to no mail.
  case failed(MailboxFailure)
}

/// What there was to see.
public struct MailboxSight: Hashable, Sendable {
  public let uidValidity: UInt32
  /// The folder's UIDs are not those of the last look: it was made anew, so every mail in it counts as new.
  public let isRenumbered: Bool
  /// In the order of their UIDs.
  public internal(set) var mails: [FetchedMail]
  /// Every mail up to this UID is in ``mails`` or was gone: where the next look begins.
  public internal(set) var lastUID: UInt32
  /// More is there already.
  public internal(set) var hasMore: Bool
  /// The UID that the next mail to come will have, as far as the server said.
  public let nextUID: UInt32?
  /// Why the look ended before everything was fetched that it had room for. What is here counts nevertheless.
  public internal(set) var failure: MailboxFailure?
  /// The mail that was being fetched then.
  public internal(set) var stuckAt: UInt32?
}

/// A mail of a mailbox.
public struct FetchedMail: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// As the server holds it, byte for byte.
    case whole([UInt8])
    /// Not fetched: so many bytes, as the server says.
    case tooLarge(Int)
    /// The server would not give this one out; its words.
    case withheld(String)
    /// The server's answer cannot be taken apart. What it gave out by count, which is most likely the mail; nil: nothing.
    case garbled([UInt8]?)
  }

  public let uid: UInt32
  public let content: Content
}

/// Why a look came to nothing, or to an early end.
public struct MailboxFailure: Error, Hashable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// No such name, nobody listens, or what listens greets nobody.
    case unreached
    /// The server's address may not be dialled on a person's behalf (``AddressGuard``).
    case guarded
    /// TLS is not offered, or the certificate is not to be trusted.
    case tls
    /// The name or the password is refused.
    case signIn
    case noFolder
    /// No answer in time.
    case timeout
    /// The server said no, or goodbye; its words.
    case refused
    /// The connection broke, or what came was not IMAP.
    case broken
    /// An answer longer than any that is of use.
    case tooLarge
    /// We stopped.
    case cancelled
  }

  public let kind: Kind
  /// For operators and admins: the server's words or ours, at most 500 bytes, without control characters and without the password.
  public let text: String
}
