package dev.slipway.activities.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.json.Json;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Replaces secrets in texts, also where they were encoded: in base64 (alone, or inside something
 * longer as in a basic authorization), in hexadecimal, in a URL, in JSON, and line by line; of
 * longer ones also pieces, since texts are shortened. Safe for use by many threads.
 */
public final class Masking {
  /** Shorter texts occur by chance. */
  static final int SHORTEST = 4;

  private static final String MASK = "***";

  /** A piece of base64 that is shorter occurs by chance. */
  private static final int SHORTEST_PIECE = 8;

  private final Set<String> secrets = new LinkedHashSet<>();
  private volatile List<String> forms = List.of();
  private volatile Fragments fragments = new Fragments(forms);

  /** From now on this secret is replaced. */
  public synchronized void add(String secret) {
    if (secrets.add(secret)) {
      var all = new LinkedHashSet<>(forms);
      all.addAll(formsOf(secret));
      // A form inside a longer one would leave the rest of it readable.
      forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
      fragments = new Fragments(forms);
    }
  }

  /** The text without secrets. */
  public String mask(String text) {
    var masked = text;
    for (var form : forms) {
      masked = masked.replace(form, MASK);
    }
    return fragments.replace(masked, MASK);
  }

  private static Set<String> formsOf(String secret) {
    var found = new LinkedHashSet<String>();
    addForms(found, secret);
    secret.lines().filter(line -> line.length() >= SHORTEST).forEach(line -> addForms(found, line));
    return found;
  }

  private static void addForms(Set<String> forms, String secret) {
    forms.add(secret);
    if (secret.strip().length() >= SHORTEST) {
      forms.add(secret.strip());
    }
    var json = Json.text(secret);
    forms.add(json.substring(1, json.length() - 1));
    var url = URLEncoder.encode(secret, UTF_8);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(lowerCaseEscapes(url));
    var bytes = secret.getBytes(UTF_8);
    if (bytes.length >= SHORTEST_PIECE) {
      forms.add(HexFormat.of().formatHex(bytes));
      forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    }
    for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      forms.add(encoder.withoutPadding().encodeToString(bytes));
      for (var before = 0; before < 3; before++) {
        var piece = innerPiece(encoder, bytes, before);
        if (piece.length() >= SHORTEST_PIECE) {
          forms.add(piece);
        }
      }
    }
  }

  /** What of the secret's base64 stays the same whatever stands before and after it. */
  private static String innerPiece(Base64.Encoder encoder, byte[] secret, int before) {
    var padded = new byte[before + secret.length];
    System.arraycopy(secret, 0, padded, before, secret.length);
    var whole = encoder.withoutPadding().encodeToString(padded);
    var from = (before * 8 + 5) / 6;
    var to = padded.length * 8 / 6;
    return from < to ? whole.substring(from, to) : "";
  }

  private static String lowerCaseEscapes(String url) {
    var text = new StringBuilder(url);
    for (var i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
      text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
