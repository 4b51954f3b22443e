/// A type of PostgreSQL by its number in `pg_type`, with the number of its array. The numbers of built-in types never change
/// (`src/include/catalog/pg_type.dat`).
public struct PostgresType: Sendable, Equatable {
  @usableFromInline let oid: UInt32
  /// Zero where we bind no arrays of the type.
  @usableFromInline let array: UInt32

  @inlinable init(oid: UInt32, array: UInt32) {
    (self.oid, self.array) = (oid, array)
  }

  @inlinable public static var bool: PostgresType { PostgresType(oid: 16, array: 1000) }
  @inlinable public static var bytea: PostgresType { PostgresType(oid: 17, array: 1001) }
  @inlinable public static var int2: PostgresType { PostgresType(oid: 21, array: 1005) }
  @inlinable public static var int4: PostgresType { PostgresType(oid: 23, array: 1007) }
  @inlinable public static var int8: PostgresType { PostgresType(oid: 20, array: 1016) }
  @inlinable public static var float8: PostgresType { PostgresType(oid: 701, array: 1022) }
  @inlinable public static var text: PostgresType { PostgresType(oid: 25, array: 1009) }
  @inlinable public static var uuid: PostgresType { PostgresType(oid: 2950, array: 2951) }
  @inlinable public static var date: PostgresType { PostgresType(oid: 1082, array: 1182) }
  @inlinable public static var timestamp: PostgresType { PostgresType(oid: 1114, array: 1115) }
  @inlinable public static var timestamptz: PostgresType { PostgresType(oid: 1184, array: 1185) }
  @inlinable public static var jsonb: PostgresType { PostgresType(oid: 3802, array: 3807) }

  /// float4, which is read but never bound.
  @usableFromInline static var float4: UInt32 { 700 }
  /// char, name, json, xml, unknown, bpchar and varchar: their binary form is their text.
  @inlinable static func isText(_ oid: UInt32) -> Bool {
    switch oid {
    case 25, 1043, 1042, 114, 19, 18, 142, 705: true
    default: false
    }
  }
}
