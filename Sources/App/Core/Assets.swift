import HTML
import Web

/// The static files and their addresses. Each address holds a hash of the content (`/static/0123456789abcdef/heed.css`), so that a browser may
/// keep the file for ever and still sees every change at once; nginx drops the hash and serves the file.
public struct Assets: Sendable {
  public let style: Path
  public let script: Path
  public let manifest: Path
  public let favicon: Path
  /// The same with a mark: something waits for an answer.
  public let faviconRinging: Path

  /// - Parameter folder: the folder `static/`; nil for tests that serve no files.
  public init(folder: String?) {
    func hash(_ name: String) -> String {
      let bytes = folder.flatMap { SystemFile.read($0 + "/" + name, limit: 4_000_000) } ?? []
      return Bytes.hex(Keys.sha256(bytes).prefix(8))
    }
    style = "/static/\(hash("heed.css"))/heed.css"
    script = "/static/\(hash("heed.js"))/heed.js"
    manifest = "/static/\(hash("manifest.webmanifest"))/manifest.webmanifest"
    favicon = "/static/\(hash("favicon.svg"))/favicon.svg"
    faviconRinging = "/static/\(hash("favicon-ringing.svg"))/favicon-ringing.svg"
  }
}
