package dev.slipway.activities.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.json.Json;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class MaskingTest {
  private static final String SECRET = "p@ss/w\"rd +ä\\1";

  private final Masking masking = new Masking();

  @Test
  void withoutSecretsNothingChanges() {
    assertThat(masking.mask("password")).isEqualTo("password");
  }

  @Test
  void aSecretIsReplacedInEachForm() {
    masking.add(SECRET);
    var url = URLEncoder.encode(SECRET, UTF_8);

    assertThat(masking.mask("raw " + SECRET + "!")).isEqualTo("raw ***!");
    assertThat(masking.mask(Json.text(SECRET))).isEqualTo("\"***\"");
    assertThat(masking.mask(url)).isEqualTo("***");
    assertThat(masking.mask(url.replace("+", "%20"))).isEqualTo("***");
    assertThat(
            masking.mask(
                Base64.getEncoder().withoutPadding().encodeToString(SECRET.getBytes(UTF_8))))
        .isEqualTo("***");
  }

  @Property
  void aSecretInsideBase64IsNotReadable(
      @ForAll @StringLength(min = 9, max = 30) String secret,
      @ForAll @StringLength(max = 7) String before,
      @ForAll @StringLength(max = 7) String after) {
    var masking = new Masking();
    masking.add(secret);

    var text = Base64.getEncoder().encodeToString((before + secret + after).getBytes(UTF_8));

    assertThat(masking.mask(text)).contains("***");
  }

  @Property
  void halfOfALongSecretIsNotReadable(
      @ForAll @AlphaChars @NumericChars @StringLength(min = 24, max = 60) String secret,
      @ForAll @IntRange(min = 12, max = 23) int cut) {
    var masking = new Masking();
    masking.add(secret);

    assertThat(masking.mask("token: " + secret.substring(0, cut) + "…")).isEqualTo("token: ***…");
    assertThat(masking.mask("…" + secret.substring(secret.length() - cut))).isEqualTo("…***");
  }

  @Test
  void base64ThatIsBrokenIntoLinesIsNotReadable() {
    var secret = "k7Qz".repeat(10) + "0123456789abcdefghijklmnopqrstuvwxyz".repeat(2);
    masking.add(secret);

    var encoded = Base64.getMimeEncoder().encodeToString(("user:" + secret).getBytes(UTF_8));

    assertThat(encoded.lines().map(masking::mask)).hasSize(3).allMatch(l -> l.length() < 20);
  }

  @Test
  void hexadecimalIsNotReadable() {
    masking.add("correct horse");

    assertThat(masking.mask(HexFormat.of().formatHex("correct horse".getBytes(UTF_8))))
        .isEqualTo("***");
  }

  @Test
  void wordsThatAShortSecretSharesStayReadable() {
    masking.add("postgres");

    assertThat(masking.mask("the postgre manual")).isEqualTo("the postgre manual");
  }

  @Test
  void everyLineOfALongSecretIsReplaced() {
    masking.add("-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n");

    assertThat(masking.mask("key: MIIEvQIBADANBg")).isEqualTo("key: ***");
  }

  @Test
  void aSecretInsideAnotherLeavesNoRest() {
    masking.add("pass");
    masking.add("password");

    assertThat(masking.mask("the password")).isEqualTo("the ***");
  }
}
