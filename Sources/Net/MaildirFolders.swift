import Glibc

/// The operator's folder below which each channel names one Maildir.
public struct MaildirFolders: Hashable, Sendable {
  /// Why a name leads to no Maildir.
  public enum Fault: Error, Hashable, Sendable {
    /// It is no name of a folder: empty, longer than 100 bytes, beginning with a dot, with a slash or a control character.
    case badName
    /// There is none.
    case missing
    /// It is a file, or lacks `new`.
    case notAMaildir
    /// A link leads out of the operator's folder.
    case outside
    /// A link leads to another folder, which a channel of somebody else may name, or into one.
    case link
    /// `errno`.
    case unreadable(Int32)
  }

  public let root: String

  public init(root: String) { self.root = root }

  /// The Maildir that a channel names. ``root`` may be a link, what is in it may not: each folder has one name, which one channel has.
  public func maildir(_ name: String) throws(Fault) -> Maildir {
    guard MaildirFolders.isName(name) else { throw .badName }
    let top = try resolved(root)
    let folder = try resolved("\(root)/\(name)")
    let above = top == "/" ? "/" : "\(top)/"
    guard folder.utf8.starts(with: above.utf8) else { throw .outside }
    guard folder.utf8.elementsEqual("\(above)\(name)".utf8) else { throw .link }
    for part in ["new", "cur"] {
      var facts = stat()
      guard lstat("\(folder)/\(part)", &facts) == 0 else {
        if errno == ENOENT || errno == ENOTDIR {
          // One that nobody has opened yet may have no `cur`.
          if part == "cur" { continue }
          throw .notAMaildir
        }
        throw .unreadable(errno)
      }
      guard facts.st_mode & S_IFMT == S_IFDIR else { throw .notAMaildir }
    }
    return Maildir(path: folder)
  }

  /// Whether a channel may name its folder so.
  public static func isName(_ name: String) -> Bool {
    (1...100).contains(name.utf8.count) && name.utf8.first != UInt8(ascii: ".") && !name.utf8.contains(UInt8(ascii: "/"))
      && !name.unicodeScalars.contains { scalar in
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
      }
  }

  private func resolved(_ path: String) throws(Fault) -> String {
    guard let text = realpath(path, nil) else {
      switch errno {
      case ENOENT: throw .missing
      case ENOTDIR: throw .notAMaildir
      default: throw .unreadable(errno)
      }
    }
    defer { free(text) }
    return String(cString: text)
  }
}
