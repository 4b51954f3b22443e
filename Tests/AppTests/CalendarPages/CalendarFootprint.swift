@testable import App

extension Footprint {
  /// It has no tables and no posts: it shows what is other features'.
  static let calendar = Footprint(
    queries: [
      "/calendar": [
        House.Field(name: "view", right: "month", rule: .choice), House.Field(name: "date", right: "2027-06-29", rule: .optionalNumber),
        House.Field(name: "overlay", right: "off", rule: .choice),
      ],
      "/free": [
        House.Field(name: "minutes", right: "90", rule: .optionalNumber),
        House.Field(name: "from", right: "tomorrow", rule: .optionalNumber),
        House.Field(name: "until", right: "2027-07-30", rule: .optionalNumber),
      ],
    ])
}
