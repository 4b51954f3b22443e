import App
import Domain
import Glibc

/// What `heed check` found, in the order in which it looked.
struct Findings {
  enum Kind: String {
    case fine = "ok   "
    /// Works, but deserves a look.
    case note = "note "
    /// Does not work, or is not safe.
    case wrong = "WRONG"
  }

  struct Finding: CustomStringConvertible {
    let kind: Kind
    let place: String
    let words: String
    var description: String { "\(kind.rawValue)  \(place): \(words)" }
  }

  private(set) var all: [Finding] = []

  mutating func add(_ kind: Kind, _ place: String, _ words: String) {
    all.append(Finding(kind: kind, place: place, words: words))
  }

  /// The settings as read. What makes them unusable has been said before by ``Configuration``.
  mutating func settings(_ configuration: Configuration, envFile: String?) {
    add(
      .fine, "settings",
      "read; this is a \(configuration.isProduction ? "production" : "development") site at \(configuration.publicURL.text)")
    for note in configuration.notes { add(configuration.isProduction ? .wrong : .note, note.place, note.words) }
    if let file = configuration.clockFile { clock(file) }
    if let envFile { secretFiles([envFile]) }
    if configuration.isProduction, case .maildir = configuration.mail {
      add(.wrong, "HEED_SMTP_URL", "is missing: mail goes to a folder and reaches nobody.")
    }
  }

  private mutating func clock(_ file: String) {
    do throws(Mistake) {
      let text = try SmallFile.text(file, for: "HEED_CLOCK_FILE")
      let instant = Instant(iso: text.filter { !$0.isWhitespace })
      add(
        .note, "HEED_CLOCK_FILE",
        instant.map { "it is \($0.iso) here: this site does not follow the system's clock." }
          ?? "\(file) holds no instant, so the system's clock is followed; write one with: heed clock set 2026-11-21T03:30:00Z")
    } catch {
      add(.note, "HEED_CLOCK_FILE", "\(error.words) Until it can be read the system's clock is followed.")
    }
  }

  /// Files with secrets that every account of this system may use.
  mutating func secretFiles(_ paths: [String]) {
    var status = stat()
    for path in paths where stat(path, &status) == 0 && status.st_mode & 0o007 != 0 {
      add(.wrong, path, "holds secrets and every account of this system may use it; run: chmod o= \(path)")
    }
  }
}
