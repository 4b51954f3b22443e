import Postgres

extension Feature {
  /// Telephones that SMS go to.
  static let phones = Feature(
    work: { bench in [OutboxWork(.phoneCodes, bench).kind("codes", share: .half)] },
    counts: ["codes"],
    retention: [PhoneCode.retention])
}
