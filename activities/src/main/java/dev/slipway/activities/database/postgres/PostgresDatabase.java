package dev.slipway.activities.database.postgres;

import dev.slipway.action.FailureType;
import dev.slipway.step.StepFailedException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where a database is and how one logs in.
 *
 * @param options further parameters of the driver, such as {@code sslmode}
 */
public record PostgresDatabase(
    String host, int port, String name, String user, String password, Map<String, String> options) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final List<String> SHARED_OPTIONS =
      List.of("sslmode", "sslrootcert", "sslcert", "sslkey");

  public PostgresDatabase {
    options = Map.copyOf(options);
  }

  /** A database on this machine. */
  static PostgresDatabase local(int port, String name, String user, String password) {
    return new PostgresDatabase("127.0.0.1", port, name, user, password, Map.of());
  }

  /**
   * Reads a JDBC URL that names one host, a database, a user and a password.
   *
   * @throws StepFailedException as configuration, without the URL, which may hold a password
   */
  public static PostgresDatabase ofJdbcUrl(String url) throws StepFailedException {
    var parsed = url.startsWith(PREFIX) ? Driver.parseURL(url, new Properties()) : null;
    if (parsed == null) {
      throw unusable("is no JDBC URL of a PostgreSQL database");
    }
    var host = property(parsed, PGProperty.PG_HOST);
    var port = property(parsed, PGProperty.PG_PORT);
    if (host.contains(",") || port.contains(",")) {
      throw unusable("names several hosts");
    }
    var user = property(parsed, PGProperty.USER);
    if (user.isEmpty()) {
      throw unusable("names no user");
    }
    var options = new TreeMap<String, String>();
    for (var name : parsed.stringPropertyNames()) {
      if (!List.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password").contains(name)) {
        options.put(name, parsed.getProperty(name));
      }
    }
    return new PostgresDatabase(
        host,
        Integer.parseInt(port),
        property(parsed, PGProperty.PG_DBNAME),
        user,
        property(parsed, PGProperty.PASSWORD),
        options);
  }

  /** The same server and options with another database and login. */
  PostgresDatabase as(String otherName, String otherUser, String otherPassword) {
    return new PostgresDatabase(host, port, otherName, otherUser, otherPassword, options);
  }

  /** For the JDBC driver, without login. */
  public String jdbcUrl() {
    return PREFIX + "//" + address() + "/" + encoded(name);
  }

  /** Login and options for the JDBC driver. */
  public Properties properties() {
    var properties = new Properties();
    options.forEach(properties::setProperty);
    PGProperty.USER.set(properties, user);
    PGProperty.PASSWORD.set(properties, password);
    return properties;
  }

  /** As most libraries take it in {@code DATABASE_URL}; it holds the password. */
  public String url() {
    var shared =
        SHARED_OPTIONS.stream()
            .filter(options::containsKey)
            .map(option -> option + "=" + encoded(options.getOrDefault(option, "")))
            .collect(Collectors.joining("&"));
    return "postgres://%s:%s@%s/%s%s"
        .formatted(
            encoded(user),
            encoded(password),
            address(),
            encoded(name),
            shared.isEmpty() ? "" : "?" + shared);
  }

  /** For people: where it is, without login. */
  public String where() {
    return "%s:%d/%s".formatted(host, port, name);
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return "PostgresDatabase[" + where() + " as " + user + "]";
  }

  private String address() {
    return "%s:%d".formatted(host, port);
  }

  private static String property(Properties parsed, PGProperty property) {
    var value = property.getOrDefault(parsed);
    return value == null ? "" : value;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static StepFailedException unusable(String why) {
    return new StepFailedException(
        FailureType.CONFIGURATION,
        "the environment's `database` " + why,
        "Write `embedded`, or jdbc:postgresql://HOST:PORT/NAME?user=USER&password=${secret:NAME}.");
  }
}
