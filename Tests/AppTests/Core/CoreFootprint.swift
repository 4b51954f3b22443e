@testable import App

extension Footprint {
  /// What belongs to no feature.
  static let core = Footprint(
    worked: ["schema_migrations": "S"], asked: ["schema_migrations": "S"], doors: ["lost_zones web", "overdue web"])
}
