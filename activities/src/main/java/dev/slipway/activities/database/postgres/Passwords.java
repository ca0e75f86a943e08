package dev.slipway.activities.database.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Passwords that only files of ours know. */
final class Passwords {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 24;

  private Passwords() {}

  /** The password in a file that only we may read; a new one when there is none. */
  static String in(Path file) throws IOException {
    if (!Files.exists(file)) {
      var bytes = new byte[BYTES];
      RANDOM.nextBytes(bytes);
      Folders.writePrivate(file, text(bytes));
    }
    return Files.readString(file).strip();
  }

  /** A login's own password, which follows from the server's and need not be kept. */
  static String derived(String password, String login) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(password.getBytes(UTF_8), "HmacSHA256"));
      return text(mac.doFinal(login.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
