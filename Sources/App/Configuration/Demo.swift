/// The demo account that `heed seed` makes and `heed dev` prints. For development only: `heed seed` refuses in production.
public enum Demo {
  public static let email = "demo@heed.example"
  public static let password = "heed the demo"
}
