package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.action.FailureType;
import dev.slipway.activities.docker.RegistryClient.Answer;
import dev.slipway.activities.docker.RegistryClient.Sending;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers a registry that asks who one is: with the login itself, or with a token for which the
 * login is exchanged.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Token
 *     Authentication</a>
 */
final class RegistryLogin {
  private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]{0,2000})\"");

  private final Registry registry;
  private final Optional<Login> login;
  private final Sending sending;
  private @Nullable String header;

  RegistryLogin(Registry registry, Optional<Login> login, Sending sending) {
    this.registry = registry;
    this.login = login;
    this.sending = sending;
  }

  /** What was accepted before. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  /**
   * What to send to a registry that answered 401; empty when nothing can be.
   *
   * @throws StepFailedException when there is no token for this login
   */
  Optional<String> answer(Answer refusal) throws StepFailedException, InterruptedException {
    var challenge = refusal.header("WWW-Authenticate").orElse("");
    var scheme = challenge.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    var answer =
        switch (scheme) {
          case "basic" -> login.map(RegistryLogin::basic);
          case "bearer" -> Optional.of("Bearer " + token(parameters(challenge)));
          default -> Optional.<String>empty();
        };
    header = answer.orElse(null);
    return answer;
  }

  private static String basic(Login login) {
    var pair = login.username() + ":" + login.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static Map<String, String> parameters(String challenge) {
    var parameters = new LinkedHashMap<String, String>();
    var found = PARAMETER.matcher(challenge);
    while (found.find()) {
      parameters.put(found.group(1), found.group(2));
    }
    return parameters;
  }

  private String token(Map<String, String> challenge)
      throws StepFailedException, InterruptedException {
    var request = HttpRequest.newBuilder(realm(challenge)).GET();
    login.ifPresent(who -> request.header("Authorization", basic(who)));
    var answer = sending.send(request);
    if (answer.status() != 200) {
      throw new StepFailedException(
          answer.status() == 429 || answer.status() >= 500
              ? FailureType.TRANSIENT
              : FailureType.CONFIGURATION,
          "%s gives no token for %s: it answered %d"
              .formatted(answer.from().getAuthority(), registry.name(), answer.status()),
          "Give the step a `username` and a `password: ${secret:NAME}` that may read and write"
              + " there.");
    }
    try {
      return Json.read(answer.body(), Token.class).text();
    } catch (RuntimeException e) { // whatever JSON that is
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          answer.from().getAuthority() + " answered no token that can be read",
          "Look at the registry's authorization service.",
          e);
    }
  }

  /** A login goes to nobody without encryption, but on this machine. */
  private URI realm(Map<String, String> challenge) throws StepFailedException {
    try {
      var realm = URI.create(challenge.getOrDefault("realm", ""));
      var local = realm.getHost() != null && Registry.isLocal(realm.getHost());
      if (realm.getHost() == null
          || !("https".equals(realm.getScheme()) || ("http".equals(realm.getScheme()) && local))) {
        throw new IllegalArgumentException("it must be an https address");
      }
      var query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
      if (challenge.containsKey("service")) {
        query.append("service=").append(encoded(challenge.get("service"))).append('&');
      }
      query.append("scope=").append(encoded("repository:" + registry.name() + ":pull,push"));
      return URI.create(realm + query.toString());
    } catch (IllegalArgumentException e) {
      throw new StepFailedException(
          FailureType.CONFIGURATION,
          "%s sends for its token to `%s`, which can't be used"
              .formatted(registry.host(), challenge.get("realm")),
          "Look at the registry's settings for authorization.",
          e);
    }
  }

  private static String encoded(@Nullable String text) {
    return URLEncoder.encode(String.valueOf(text), UTF_8);
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Token(
      @Nullable String token, @JsonProperty("access_token") @Nullable String accessToken) {
    String text() {
      var either = token == null ? accessToken : token;
      if (either == null || either.isBlank() || !either.chars().allMatch(c -> c > ' ' && c < 127)) {
        throw new IllegalArgumentException("no token");
      }
      return either;
    }
  }
}
