import CPostgres
import Glibc

/// The rows of one statement, freed together when the last ``Row``, ``Column`` or ``Text`` that looks into them is gone.
final class ResultSet {
  private let result: OpaquePointer
  let rowCount: Int
  private let columns: [ColumnHead]
  /// Rows are read column after column in one order, so the next name asked for is most often the next column.
  private var next = 0

  struct ColumnHead {
    let name: UnsafePointer<CChar>
    let length: Int
    let type: UInt32
  }

  /// Takes over `result`, which must be a success.
  init(owning result: OpaquePointer) {
    self.result = result
    rowCount = Int(PQntuples(result))
    columns = (0..<PQnfields(result)).compactMap { index in
      PQfname(result, index).map { ColumnHead(name: UnsafePointer($0), length: strlen($0), type: PQftype(result, index)) }
    }
  }

  deinit { PQclear(result) }

  /// Rows that the statement wrote, or returned when it wrote none; 0 for others.
  var affected: Int {
    PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  /// Such as `INSERT 0 1` or `ROLLBACK`.
  var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  /// - Returns: nil when no column has this name; the first of several.
  func index(of name: StaticString) -> Int? {
    if next < columns.count, matches(next, name) {
      defer { next += 1 }
      return next
    }
    guard let index = columns.indices.first(where: { matches($0, name) }) else { return nil }
    next = index + 1
    return index
  }

  private func matches(_ index: Int, _ name: StaticString) -> Bool {
    let column = columns[index]
    return name.hasPointerRepresentation
      ? column.length == name.utf8CodeUnitCount && memcmp(column.name, name.utf8Start, column.length) == 0
      : String(cString: column.name) == name.description
  }

  /// - Parameters: indexes within the result; libpq answers NULL outside of it.
  func column(_ index: Int, row: Int) -> Column {
    let (rowNumber, number) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: index))
    let isNull = PQgetisnull(result, rowNumber, number) != 0
    let value = isNull ? nil : UnsafeRawPointer(PQgetvalue(result, rowNumber, number))
    return Column(
      result: self, index: index, type: columns.indices.contains(index) ? columns[index].type : 0,
      start: value?.assumingMemoryBound(to: UInt8.self), count: isNull ? 0 : Int(PQgetlength(result, rowNumber, number)))
  }

  func name(_ index: Int) -> String {
    columns.indices.contains(index) ? String(cString: columns[index].name) : "?"
  }

  var names: [String] { columns.indices.map(name) }
}
