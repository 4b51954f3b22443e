import CCurl
import Domain

/// The header `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.
public enum RetryAfter {
  /// - Parameter value: the header's value as it came.
  /// - Returns: whole seconds from `now`, 0 for a date that has passed, at most 604,800 (a week); nil when it is neither form.
  public static func seconds(_ value: String, now: Instant) -> Int64? {
    let bytes = value.utf8.filter { $0 != 32 && $0 != 9 }
    let week: Int64 = 604_800
    if !bytes.isEmpty, bytes.allSatisfy({ (48...57).contains($0) }) {
      return min(Int64(String(decoding: bytes, as: UTF8.self)) ?? week, week)
    }
    // libcurl's date reader takes more forms than HTTP has, but never a bare number here; -1 means unreadable.
    guard value.utf8.count <= 64, value.utf8.contains(UInt8(ascii: ":")), !value.utf8.contains(0) else { return nil }
    let date = curl_getdate(value, nil)
    guard date >= 0 else { return nil }
    return min(max(Instant(seconds: date).seconds(since: now), 0), week)
  }
}
