// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
/// Of the libraries under everything: what each request and statement goes through is optimized in debug builds too, which tests are.
let quick: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "heed",
  products: [.executable(name: "heed", targets: ["heed"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // C libraries: a module map and a shim header each; every one is imported by one wrapper target only.
    .systemLibrary(name: "CFastCGI"),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq"),
    .systemLibrary(name: "CMark", pkgConfig: "libcmark"),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl"),
    .systemLibrary(name: "CMime", pkgConfig: "gmime-3.0"),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2"),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash"),
    .systemLibrary(name: "CIcal"),
    .systemLibrary(name: "CZip", pkgConfig: "libzip"),

    .target(name: "Calendar", dependencies: ["CIcal"], swiftSettings: quick),
    .target(name: "Charsets", swiftSettings: quick),
    .target(name: "Domain", dependencies: ["Calendar", "Charsets"], exclude: ["RULES.md"], swiftSettings: strict),
    .target(name: "Archive", dependencies: ["CZip"], swiftSettings: strict),
    .target(name: "FastCGI", dependencies: ["CFastCGI"], swiftSettings: quick),
    .target(name: "Postgres", dependencies: ["CPostgres", "Domain"], swiftSettings: quick),
    .target(name: "HTML", dependencies: ["CMark"], swiftSettings: quick),
    .target(name: "Net", dependencies: ["CCurl", "CMime", "Domain"], swiftSettings: strict),
    .target(name: "Web", dependencies: ["Domain", "HTML", "FastCGI", "Postgres", "CArgon2", "CXXHash", crypto], swiftSettings: quick),
    .target(
      name: "App", dependencies: ["Archive", "Domain", "HTML", "FastCGI", "Postgres", "Net", "Web", crypto, logging], exclude: ["GUIDE.md"],
      swiftSettings: strict,
      plugins: ["CompileTemplates"]),
    .executableTarget(
      name: "heed",
      dependencies: [
        "App", "Domain", "FastCGI", "Net", "Postgres", logging, .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Templates become Swift at build time.
    .executableTarget(name: "TemplateCompiler", dependencies: ["HTML"], swiftSettings: strict),
    .plugin(name: "CompileTemplates", capability: .buildTool(), dependencies: ["TemplateCompiler"], path: "Sources/CompileTemplates"),

    .target(name: "TestSupport", dependencies: ["Domain", "Postgres"], path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "DomainTests", dependencies: ["Domain", crypto], exclude: ["Oracle"], swiftSettings: strict),
    .testTarget(name: "ArchiveTests", dependencies: ["Archive", "Domain", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "HTMLTests", dependencies: ["HTML"], swiftSettings: strict),
    .testTarget(name: "TemplateCompilerTests", dependencies: ["TemplateCompiler", "HTML"], swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "TestSupport"], swiftSettings: strict),
    // A small site that the tests run under a real supervisor.
    .executableTarget(name: "fastcgi-fixture", dependencies: ["FastCGI"], path: "Tests/FastCGIFixture", swiftSettings: strict),
    .testTarget(name: "FastCGITests", dependencies: ["FastCGI", "fastcgi-fixture"], swiftSettings: strict),
    .testTarget(name: "NetTests", dependencies: ["Net"], swiftSettings: strict),
    .testTarget(name: "WebTests", dependencies: ["Web", "TestSupport"], swiftSettings: strict),
    // `Core/Installations` holds older databases, which are migrated.
    .testTarget(
      name: "AppTests", dependencies: ["App", "FastCGI", "HTML", "TemplateCompiler", "TestSupport"], exclude: ["Core/Installations"],
      swiftSettings: strict),
    // Everything that reads bytes from outside, given changed bytes; `corpus` holds what was found so.
    .testTarget(
      name: "FuzzTests", dependencies: ["App", "Archive", "Domain", "FastCGI", "HTML", "Net", "Web"], exclude: ["corpus"],
      swiftSettings: strict),
  ]
)
