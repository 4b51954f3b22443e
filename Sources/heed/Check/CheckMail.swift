import App
import Glibc
import Net

extension Findings {
  /// What may be reached of the operator's own networks by addresses that people name.
  mutating func networks(_ configuration: Configuration) {
    let opened = configuration.allowLAN.map { "\($0.base)/\($0.prefix)" }.joined(separator: ", ")
    let reach = opened.utf8.isEmpty ? "only" : "and \(opened)"
    add(.fine, "HEED_ALLOW_LAN", "requests to addresses that people name reach the public Internet \(reach)")
  }

  /// Greets the mail server and signs in, as for a message, or looks whether the Maildir can be written.
  mutating func mail(_ configuration: Configuration) {
    switch configuration.mail {
    case .maildir(let path): maildir(path)
    case .smtp(let url, let user, let password): server(url, user, password)
    }
  }

  private mutating func maildir(_ path: String) {
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFDIR {
      return add(.wrong, "HEED_MAILDIR", "\(path) is a file and no folder. Choose another path.")
    }
    // What is missing is made at the first message, if what it belongs into may be written.
    let inside = [path, "\(path)/tmp", "\(path)/new", "\(path)/cur"].filter { Files.exists($0) }
    for place in isThere ? inside : [Root.parent(of: path)] where access(place, W_OK | X_OK) != 0 {
      let (why, me) = (SmallFile.reason(errno), SystemAccount.current)
      return add(.wrong, "HEED_MAILDIR", "\(me) may not write to \(place): \(why). Make the folder, and give it to \(me).")
    }
    add(.fine, "HEED_MAILDIR", "mail goes to \(path)")
  }

  /// Looks whether the folder of channels' Maildirs can be read.
  mutating func maildirs(_ configuration: Configuration) {
    guard let path = configuration.maildirs else {
      return add(.fine, "HEED_MAILDIRS", "not set: channels take mail from servers and webhooks")
    }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      return add(.wrong, "HEED_MAILDIRS", "\(path) is a file and no folder. Choose another path.")
    }
    guard access(path, R_OK | X_OK) == 0 else {
      let (why, me) = (SmallFile.reason(errno), SystemAccount.current)
      return add(.wrong, "HEED_MAILDIRS", "\(me) may not read \(path): \(why). Make the folder, and let \(me) read it.")
    }
    add(.fine, "HEED_MAILDIRS", "channels may take their mail from folders in \(path)")
  }

  /// Looks whether the audit log's archive can be written.
  mutating func auditArchive(_ configuration: Configuration) {
    guard let path = configuration.auditArchive else {
      return add(.fine, "HEED_AUDIT_ARCHIVE", "not set: the audit log keeps all of its entries")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      let (why, me) = (SmallFile.reason(errno), SystemAccount.current)
      return add(.wrong, "HEED_AUDIT_ARCHIVE", "\(me) may not write to \(path): \(why). Make the folder, and give it to \(me).")
    }
    add(.fine, "HEED_AUDIT_ARCHIVE", "what is older than a year goes to \(path)")
  }

  private mutating func server(_ url: String, _ user: String?, _ password: String?) {
    do throws(NetError) {
      guard let reply = try SMTPServer(url: url, user: user ?? "", password: password ?? "").trial() else {
        return add(.fine, "HEED_SMTP_URL", "\(url) answers" + (user == nil ? "; no sign-in is set" : " and lets \(user ?? "") in"))
      }
      let words = reply.code.map { "\($0) \(reply.text)" } ?? reply.text
      if reply.isAboutSignIn, user != nil {
        add(.wrong, "HEED_SMTP_USER", "\(url) does not let “\(user ?? "")” in: \(words). Are name and password right?")
      } else if reply.isAboutSignIn || reply.code != nil {
        add(.wrong, "HEED_SMTP_URL", "\(url) refuses to talk to us: \(words)")
      } else {
        add(.wrong, "HEED_SMTP_URL", "\(url) cannot be used: \(words). Are name and port right, and does a firewall stand between?")
      }
    } catch {
      add(.wrong, "HEED_SMTP_URL", "\(url) is no address of a mail server; write it like smtp://HOST:587 or smtps://HOST:465.")
    }
  }
}
