import CXXHash

/// Tells whether bytes are the same as before, quickly: XXH3, 128 bits. For entity tags of pages of up to hundreds of kilobytes, where SHA-256
/// took a quarter of the time of a request. Not for anything that somebody may want to forge: collisions can be made on purpose.
public enum ContentHash {
  /// 22 characters of base64url; the same on every machine and in every process.
  public static func text(of bytes: [UInt8]) -> String {
    let hash = bytes.withUnsafeBytes { xxhash_128($0.baseAddress, $0.count) }
    return Bytes.base64url(
      [hash.high64, hash.low64].flatMap { word in
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
      })
  }
}
