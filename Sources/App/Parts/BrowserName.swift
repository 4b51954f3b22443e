import HTML

/// Which browser on which system a `User-Agent` speaks of, as far as a person can use it to tell their devices apart. The string is whatever the
/// browser likes to say; nothing is decided by it.
struct BrowserName: Equatable {
  let browser: String?
  let system: String?

  /// Marks in the order in which they decide: nearly every browser also claims to be the ones further down.
  private static let browsers: [(mark: String, name: String)] = [
    ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("HeadlessChrome/", "Chromium"), ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("Wget/", "Wget"),
  ]
  private static let systems: [(mark: String, name: String)] = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"), ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("Linux", "Linux"), ("X11", "Linux"),
  ]

  init(_ agent: String) {
    let bytes = Array(agent.utf8)
    browser = BrowserName.first(of: BrowserName.browsers, in: bytes)
    system = BrowserName.first(of: BrowserName.systems, in: bytes)
  }

  /// "Firefox on Windows"; whichever half is known; "Unknown browser".
  func text(_ words: Words) -> String {
    guard let browser else { return system ?? words("Unknown browser") }
    guard let system else { return browser }
    return words("{browser} on {system}", ["browser": browser, "system": system])
  }

  private static func first(of marks: [(mark: String, name: String)], in bytes: [UInt8]) -> String? {
    marks.first { holds(bytes, Array($0.mark.utf8)) }?.name
  }

  private static func holds(_ bytes: [UInt8], _ mark: [UInt8]) -> Bool {
    guard bytes.count >= mark.count else { return false }
    return (0...(bytes.count - mark.count)).contains { bytes[$0] == mark[0] && bytes[$0..<($0 + mark.count)].elementsEqual(mark) }
  }
}
