import Domain
import Glibc
import Net
import Postgres

/// Takes mails out of a mailbox that a worker has claimed, one by one.
struct MailboxMails {
  let channel: DeskChannel
  let lease: MailboxLease
  let bench: WorkBench
  let now: Instant

  private var db: Connection { bench.db }

  /// Takes a mail into its conversation or, where that cannot be, into quarantine.
  ///
  /// - Parameters:
  ///   - name: of the file, or its UID.
  ///   - also: written in the same transaction.
  /// - Returns: false: the mailbox is another worker's by now, and nothing was done.
  /// - Throws: what no mail is to blame for.
  func take(_ bytes: [UInt8], _ name: String, also: [SQL] = []) throws -> Bool {
    if lease.lost > 0 {
      if lease.trying.utf8.elementsEqual(short(name).utf8) { return try keep(bytes, name, .crash, also: also) }
      try db.run(lease.hold.trying(short(name)))
    }
    let message: ArrivedMessage
    do throws(IncomingMail.Fault) {
      message = try MailArrival.read(bytes, channel, bench.services.keys)
    } catch {
      return try keep(bytes, name, QuarantineReason(error), also: also)
    }
    do {
      return try db.transaction {
        guard try db.run(lease.hold.renewing) == 1 else { return false }
        _ = try Intake(channel: channel, services: bench.services, db: db, now: now).take(message)
        try db.queue(also)
        bench.tally.add("mails")
        return true
      }
    } catch {
      if let error = error as? PostgresError, error.isTransient { throw error }
      bench.log("work.mail_failed", ["channel": channel.id.text, "error": "\(error)"])
      return try keep(bytes, name, .failed, "\(error)", also: also)
    }
  }

  /// Puts a mail into quarantine.
  ///
  /// - Parameters:
  ///   - bytes: nil: they were not fetched.
  ///   - size: what it would have, then.
  func keep(_ bytes: [UInt8]?, _ name: String, _ reason: QuarantineReason, _ detail: String = "", size: Int = 0, also: [SQL] = []) throws
    -> Bool
  {
    try db.transaction { () throws(PostgresError) -> Bool in
      guard try db.run(lease.hold.renewing) == 1 else { return false }
      try db.queue(QuarantinedMail.keeping(bytes, short(name), reason, detail, size: size, of: channel, at: now) + also)
      return true
    }
  }

  private func short(_ name: String) -> String {
    Intake.short(String(String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 32 ? "\u{FFFD}" : $0 })), 300)
  }
}

/// What a listing of a folder gave and no turn has taken: a folder of many mails is not listed anew for each twenty.
struct MaildirNames {
  private static let most = 500

  let folder: String
  var entries: ArraySlice<MaildirEntry>
  let hasMore: Bool

  init(_ maildir: Maildir) throws(NetError) {
    let (waiting, hasMore) = try maildir.waiting(most: MaildirNames.most)
    (folder, entries, self.hasMore) = (maildir.path, waiting[...], hasMore)
  }
}

/// A look into a Maildir below the operator's folder.
struct MaildirLook {
  let mails: MailboxMails
  let bench: WorkBench

  /// How many mails are taken at a turn, as of a folder of a server: then it is another mailbox's.
  private static let most = 20

  /// - Parameters:
  ///   - end: in ``Ticks``; at least one mail is taken.
  ///   - names: what is left of the last listing.
  /// - Throws: a `PostgresError` that no mail is to blame for.
  func take(until end: Int, _ names: inout MaildirNames?) throws -> MailboxEnd {
    guard let root = bench.services.maildirs else { return .failed(.folder, "HEED_MAILDIRS") }
    let maildir: Maildir
    do throws(MaildirFolders.Fault) {
      maildir = try MaildirFolders(root: root).maildir(mails.channel.folder)
    } catch {
      if case .link = error { return .failed(.link, "") }
      return .failed(.folder, "\(error)")
    }
    var listed: MaildirNames
    do throws(NetError) {
      listed = if let names, names.folder == maildir.path, !names.entries.isEmpty { names } else { try MaildirNames(maildir) }
    } catch {
      return .failed(.folder, "\(error)")
    }
    names = nil
    for number in 0..<MaildirLook.most {
      if number > 0, Ticks.now >= end { break }
      guard let entry = listed.entries.popFirst() else { break }
      if let end = try take(entry, out: maildir) { return end }
    }
    let hasMore = listed.hasMore || !listed.entries.isEmpty
    if hasMore { names = listed }
    return .good(hasMore: hasMore)
  }

  /// A file is marked as read once what came of it is stored.
  ///
  /// - Returns: nil: on to the next.
  private func take(_ entry: MaildirEntry, out maildir: Maildir) throws -> MailboxEnd? {
    let found: Result<[UInt8], MaildirFault>
    do throws(MaildirFault) {
      found = .success(try maildir.read(entry, most: IncomingMail.mostBytes))
    } catch {
      found = .failure(error)
    }
    let isOurs: Bool
    switch found {
    case .success(let bytes): isOurs = try mails.take(bytes, entry.name)
    case .failure(.gone): return nil
    case .failure(.notAFile): isOurs = try mails.keep(nil, entry.name, .noFile)
    case .failure(.tooLarge(let size)): isOurs = try mails.keep(nil, entry.name, .tooLarge, size: size)
    // This one alone may not be read; of anything else the machine is to blame.
    case .failure(.unreadable(EACCES)): isOurs = try mails.keep(nil, entry.name, .forbidden)
    case .failure(.unreadable(let number)): return .failed(.folder, "errno \(number)")
    }
    guard isOurs else { return .stopped }
    do throws(NetError) {
      try maildir.settle(entry)
      return nil
    } catch {
      return .failed(.folder, "\(error)")
    }
  }
}

/// A look into a folder of an IMAP server.
enum IMAPLook {
  /// So many looks in a row may end at one mail, a minute each; then it is passed over, as nothing behind it would ever come.
  static let mostTries = 15

  /// - Throws: a ``NetError`` for a server that cannot be, a ``VaultError``, or a `PostgresError`.
  static func make(_ channel: DeskChannel, _ bench: WorkBench) throws -> MailboxLook {
    let vault = Vault(masters: bench.services.masters, db: bench.db)
    let password = try channel.imapPassword.map { sealed in
      String(decoding: try vault.open(sealed, of: channel.account, at: DeskChannel.imapPasswordColumn.place(channel.id)), as: UTF8.self)
    }
    let isFromTheFirst = channel.imapSecurity == .tls
    guard let host = MailHost(channel.imapHost, port: channel.imapPort ?? (isFromTheFirst ? 993 : 143)) else { throw NetError.badServer }
    var patience = IMAPServer.Patience()
    patience.whole = (MailboxLease.seconds - 60) * 1_000
    let server = try IMAPServer(
      host, isFromTheFirst ? .tls : .starttls, user: channel.imapUser, password: password ?? "", authorities: bench.mailboxAuthorities,
      patience: patience)
    let known = try bench.db.row(
      Query<(Int64?, Int64)>(tuple: "SELECT uid_validity, last_uid FROM channel_states WHERE channel_id = \(channel.id)"))
    return try MailboxLook(
      server, folder: channel.imapFolder, uidValidity: known?.0.flatMap { UInt32(exactly: $0) },
      after: known.flatMap { UInt32(exactly: $0.1) } ?? 0)
  }

  /// Takes what a look has brought. Where the folder's UIDs are others than before, all of its mails come again: those that are known are known by
  /// what they are.
  static func take(_ outcome: MailboxOutcome, _ mails: MailboxMails) throws -> MailboxEnd {
    let sight: MailboxSight
    switch outcome {
    case .failed(let failure): return end(failure)
    case .seen(let seen): sight = seen
    }
    func reached(_ uid: UInt32) -> SQL {
      """
      UPDATE channel_states SET uid_validity = \(Int64(sight.uidValidity)), last_uid = \(Int64(uid))
      WHERE channel_id = \(mails.channel.id) AND mailbox = \(mails.lease.mailbox)
      """
    }
    for mail in sight.mails {
      let name = "UID \(mail.uid)"
      let isOurs =
        switch mail.content {
        case .whole(let bytes): try mails.take(bytes, name, also: [reached(mail.uid)])
        case .tooLarge(let size): try mails.keep(nil, key(name, sight), .tooLarge, size: size, also: [reached(mail.uid)])
        case .withheld(let words): try mails.keep(nil, key(name, sight), .withheld, words, also: [reached(mail.uid)])
        case .garbled(let bytes): try mails.keep(bytes, key(name, sight), .garbled, also: [reached(mail.uid)])
        }
      guard isOurs else { return .stopped }
    }
    try mails.bench.db.run(reached(sight.lastUID))
    guard let failure = sight.failure else { return .good(hasMore: sight.hasMore) }
    if let uid = sight.stuckAt, try mails.bench.db.value(mails.lease.hold.stuck(at: uid)) ?? 0 >= mostTries {
      guard try mails.keep(nil, key("UID \(uid)", sight), .withheld, failure.text, also: [reached(uid)]) else { return .stopped }
    }
    return end(failure)
  }

  /// A UID alone may be another mail's in a folder that was made anew.
  private static func key(_ name: String, _ sight: MailboxSight) -> String { "\(name) (\(sight.uidValidity))" }

  private static func end(_ failure: MailboxFailure) -> MailboxEnd {
    switch failure.kind {
    case .cancelled: .stopped
    case .unreached: .failed(.unreached, failure.text)
    case .guarded: .failed(.refused, "")
    case .tls: .failed(.tls, failure.text)
    case .signIn: .failed(.signIn, failure.text)
    case .noFolder: .failed(.folder, failure.text)
    case .timeout: .failed(.timeout, "")
    case .refused, .broken, .tooLarge: .failed(.broken, failure.text)
    }
  }
}
