/// A type of PostgreSQL by its number in `pg_type`, with the number of its array. The numbers of built-in types never change
/// (`src/include/catalog/pg_type.dat`).
public struct PostgresType: Sendable, Equatable {
  let oid: UInt32
  /// Zero where we bind no arrays of the type.
  let array: UInt32

  public static let bool = PostgresType(oid: 16, array: 1000)
  public static let bytea = PostgresType(oid: 17, array: 1001)
  public static let int2 = PostgresType(oid: 21, array: 1005)
  public static let int4 = PostgresType(oid: 23, array: 1007)
  public static let int8 = PostgresType(oid: 20, array: 1016)
  public static let float8 = PostgresType(oid: 701, array: 1022)
  public static let text = PostgresType(oid: 25, array: 1009)
  public static let uuid = PostgresType(oid: 2950, array: 2951)
  public static let date = PostgresType(oid: 1082, array: 1182)
  public static let timestamptz = PostgresType(oid: 1184, array: 1185)
  public static let jsonb = PostgresType(oid: 3802, array: 3807)

  /// float4, which is read but never bound.
  static let float4: UInt32 = 700
  /// char, name, json, xml, unknown, bpchar and varchar: their binary form is their text.
  static func isText(_ oid: UInt32) -> Bool {
    switch oid {
    case 25, 1043, 1042, 114, 19, 18, 142, 705: true
    default: false
    }
  }
}
