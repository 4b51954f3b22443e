import CCurl

/// What a server says while libcurl connects and signs in: its words, for when that fails.
final class IMAPGreeting {
  private var heard = 0
  private var refusal: (code: String, words: String)?
  /// Bytes: libcurl would listen to a greeting without end as long as it comes fast, inside of one call.
  private static let most = 65_536

  /// - Returns: false after too many bytes. What is not IMAP is libcurl's to complain about.
  func hear(_ line: [UInt8]) -> Bool {
    heard += line.count
    if heard > Self.most { return false }
    let text = line.prefix { $0 != 13 && $0 != 10 }
    if case .status(_, let status, let code, _, let words) = IMAPLine(Array(text)), [.no, .bad, .bye].contains(status) {
      refusal = (code, words)
    }
    return true
  }

  /// Reasons that say nothing about the question (RFC 5530): it may be answered later.
  static func isPassing(_ code: String) -> Bool {
    ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "OVERQUOTA", "EXPUNGEISSUED"].contains(code)
  }

  /// - Parameters:
  ///   - code: libcurl's.
  ///   - why: its words, for when the server had none.
  func failure(_ code: CURLcode, _ why: String) -> (kind: MailboxFailure.Kind, words: String) {
    let words = refusal.map { $0.words.utf8.isEmpty ? why : $0.words }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: return (.unreached, why)
    case CURLE_OPERATION_TIMEDOUT: return (heard > 0 ? .timeout : .unreached, why)
    case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER:
      return (.tls, why)
    case CURLE_LOGIN_DENIED: return (refusal.map { Self.isPassing($0.code) } ?? false ? .refused : .signIn, words ?? why)
    case CURLE_WRITE_ERROR: return (.tooLarge, "a greeting without end")
    default: return words.map { (.refused, $0) } ?? (.broken, why)
    }
  }
}
