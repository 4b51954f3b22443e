import CPostgres
import Glibc

/// The rows of one statement, freed together when the last ``Row``, ``Column`` or ``Text`` that looks into them is gone.
@usableFromInline
final class ResultSet {
  private let result: OpaquePointer
  @usableFromInline let rowCount: Int
  /// The heads of all columns. Not an array: this is read for every value of a page.
  private let heads: UnsafeMutableBufferPointer<Head>
  /// Rows are read column after column in one order, so the next name asked for is most often the next column.
  private var next = 0

  private struct Head {
    let name: UnsafePointer<CChar>
    let length: Int
    let type: UInt32
    /// Where a constant lies that was found to be this name.
    var known: UnsafePointer<UInt8>?
  }

  /// Takes over `result`, which must be a success.
  init(owning result: OpaquePointer) {
    self.result = result
    rowCount = Int(PQntuples(result))
    heads = .allocate(capacity: Int(PQnfields(result)))
    for index in heads.indices {
      let number = Int32(truncatingIfNeeded: index)
      // libpq knows a name for every column of its own result; the compiler does not know that.
      let name = PQfname(result, number).map { UnsafePointer($0) } ?? ResultSet.nameless
      heads.initializeElement(at: index, to: Head(name: name, length: strlen(name), type: PQftype(result, number)))
    }
  }

  deinit {
    heads.deallocate()
    PQclear(result)
  }

  private static var nameless: UnsafePointer<CChar> {
    UnsafeRawPointer(("?" as StaticString).utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// Rows that the statement wrote, or returned when it wrote none; 0 for others.
  var affected: Int {
    PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
  }

  @usableFromInline var columnCount: Int { heads.count }

  /// Such as `INSERT 0 1` or `ROLLBACK`.
  var tag: String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }

  /// - Parameter row: within the result.
  /// - Throws: when no column has this name; of several it is the first.
  @usableFromInline func column(_ name: StaticString, row: Int) throws(PostgresError) -> Column {
    if next < heads.count, matches(next, name) {
      next += 1
      return column(next - 1, row: row)
    }
    guard let index = heads.indices.first(where: { matches($0, name) }) else {
      throw .value("no column \(name) among \(heads.indices.map(self.name).joined(separator: ", "))")
    }
    next = index + 1
    return column(index, row: row)
  }

  @usableFromInline func column(at position: Int, row: Int) throws(PostgresError) -> Column {
    guard heads.indices.contains(position) else { throw .value("no column \(position)") }
    return column(position, row: row)
  }

  private func matches(_ index: Int, _ name: StaticString) -> Bool {
    let head = heads[index]
    guard name.hasPointerRepresentation else { return String(cString: head.name) == name.description }
    // The same constant of the program as in the row before.
    if head.known == name.utf8Start { return true }
    guard head.length == name.utf8CodeUnitCount, memcmp(head.name, name.utf8Start, head.length) == 0 else { return false }
    heads[index].known = name.utf8Start
    return true
  }

  private func column(_ index: Int, row: Int) -> Column {
    let (rowNumber, number) = (Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: index))
    let length = Int(PQgetlength(result, rowNumber, number))
    let isNull = length == 0 && PQgetisnull(result, rowNumber, number) != 0
    let value = isNull ? nil : UnsafeRawPointer(PQgetvalue(result, rowNumber, number))
    return Column(
      result: .passUnretained(self), index: index, type: heads[index].type, start: value?.assumingMemoryBound(to: UInt8.self), count: length
    )
  }

  func name(_ index: Int) -> String {
    heads.indices.contains(index) ? String(cString: heads[index].name) : "?"
  }
}
