package dev.slipway.activities.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.json.Json;
import dev.slipway.step.StepFailedException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One repository of a registry, for steps whose programs talk to it as well. */
public final class ImageRegistry implements AutoCloseable {
  private final Optional<Login> login;
  private final RegistryClient client;

  private ImageRegistry(Optional<Login> login, RegistryClient client) {
    this.login = login;
    this.client = client;
  }

  /**
   * @throws StepFailedException CONFIGURATION, when only one of name and password is there
   */
  public static ImageRegistry of(
      String repository, @Nullable String username, @Nullable String password)
      throws StepFailedException {
    var login = Login.of(repository, username, password);
    return new ImageRegistry(login, new RegistryClient(Registry.of(repository), login));
  }

  /**
   * Whether a digest or a tag stands for something.
   *
   * @throws StepFailedException TRANSIENT when the registry does not answer, CONFIGURATION when it
   *     refuses
   */
  public boolean has(String reference) throws StepFailedException, InterruptedException {
    return client.manifest(reference).isPresent();
  }

  /**
   * The login as programs read it from Docker's {@code config.json}; without a login an empty one.
   */
  public byte[] dockerConfig() {
    var config = Json.mapper().createObjectNode();
    var auths = config.withObjectProperty("auths");
    login.map(ImageRegistry::authentication).ifPresent(auths::setAll);
    return Json.bytes(config);
  }

  /** A login as it stands under {@code auths} in Docker's {@code config.json}. */
  static ObjectNode authentication(Login who) {
    var auths = Json.mapper().createObjectNode();
    var pair = who.username() + ":" + who.password();
    auths
        .withObjectProperty(Registry.configName(who.registry()))
        .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    return auths;
  }

  @Override
  public String toString() {
    return client.toString();
  }

  @Override
  public void close() {
    client.close();
  }
}
