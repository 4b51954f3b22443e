import Testing

@testable import App
@testable import Domain

/// What operators are told about zone data.
@Suite struct ZoneHealthTests {
  /// As Debian 12 said it in November 2026.
  private static func policy(_ installed: String, _ candidate: String) -> String {
    """
    tzdata:
      Installed: \(installed)
      Candidate: \(candidate)
      Version table:
         2026f-0+deb12u1 500
            500 http://deb.debian.org/debian-security bookworm-security/main amd64 Packages
     *** 2025b-0+deb12u2 100
            100 /var/lib/dpkg/status

    """
  }

  @Test(
    arguments: [
      ("2025b-0+deb12u2", "2026f-0+deb12u1", "2026f-0+deb12u1"), ("2026f-0+deb12u1", "2026f-0+deb12u1", nil),
      ("(none)", "2026f-0+deb12u1", nil),
      ("2025b-0+deb12u2", "(none)", nil),
    ] as [(String, String, String?)])
  func `a newer package is told from the installed one`(installed: String, candidate: String, waiting: String?) {
    #expect(ZoneHealth.waiting(policy: Self.policy(installed, candidate)) == waiting)
  }

  @Test(arguments: ["", "tzdata:", "N: Unable to locate package tzdata\n", "Installed:\nCandidate:\n"])
  func `where nothing is known no package waits`(policy: String) {
    #expect(ZoneHealth.waiting(policy: policy) == nil)
  }

  @Test func `old data is told with what to do, newer not`() throws {
    let now = try Instant(iso: "2026-11-28T09:00:00Z").unwrapped
    let old = ZoneRelease(version: "2025b", modified: Instant(iso: "2025-08-24T09:00:00Z"))
    let words = try ZoneHealth.complaint(old, at: now).unwrapped
    #expect(words.contains("2025b") && words.contains("apt-get install --only-upgrade tzdata"))
    #expect(ZoneHealth.complaint(ZoneRelease(version: "2026f", modified: Instant(iso: "2026-10-29T10:32:00Z")), at: now) == nil)
    #expect(ZoneHealth.complaint(ZoneRelease(version: "", modified: Instant(seconds: 0)), at: now)?.contains("of unknown version") == true)
  }
}
