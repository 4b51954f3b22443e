extension Cron {
  /// The fields that cron's own names stand for, in any letter case; nil for what does not begin with an at sign.
  ///
  /// - Throws: ``CronError/atReboot`` and ``CronError/unknownName(_:)``.
  static func named(_ typed: [ArraySlice<UInt8>]) throws(CronError) -> [ArraySlice<UInt8>]? {
    guard let first = typed.first, first.first == 0x40 else { return nil }
    let name = String(decoding: first.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    let fields: String
    switch typed.count == 1 ? name : "" {
    case "@hourly": fields = "0 * * * *"
    case "@daily", "@midnight": fields = "0 0 * * *"
    case "@weekly": fields = "0 0 * * 0"
    case "@monthly": fields = "0 0 1 * *"
    case "@yearly", "@annually": fields = "0 0 1 1 *"
    case "@reboot": throw .atReboot
    default: throw .unknownName(String(decoding: Array(typed.joined(separator: [0x20])).prefix(40), as: UTF8.self))
    }
    return Array(fields.utf8).split(separator: 0x20)
  }
}
