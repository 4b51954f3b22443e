@testable import App

extension Footprint {
  /// What belongs to no feature.
  static let core = Footprint(
    worked: ["list_changes": "S", "schema_migrations": "S"],
    asked: ["list_changes": "S", "schema_migrations": "S"], doors: ["lost_zones web", "overdue web"])
}
