import HTML
import Web

private let router = Router(site)

extension Path {
  /// What a stranger sent as an address of ours, where a page may be.
  ///
  /// - Returns: nil for other sites, and for what only takes posts.
  init?(ofPage text: String) {
    guard let path = Path(checking: text) else { return nil }
    guard case .route = router.match(Request(method: .get, target: Array(path.text.utf8))) else { return nil }
    self = path
  }

  /// The page of the thing that a post was about: `/reminders/7` of `/reminders/7/archival`.
  init?(aboveOf post: Request) {
    guard let end = post.rawPath.lastIndex(of: UInt8(ascii: "/")), end > 0 else { return nil }
    self.init(ofPage: String(decoding: post.rawPath[..<end], as: UTF8.self))
  }
}

extension Context {
  /// Where a button led from: the list says so in its field `next`; other forms lead to `place`.
  func back(or place: Path) -> Path { form.text("next").flatMap { Path(ofPage: $0) } ?? place }
}
