package dev.slipway.action;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of an action.
 *
 * @param required whether a file without it is wrong
 * @param defaultText what is used without it, for people to read; null when nothing is
 * @param choices the only allowed values of a text; empty when any is allowed
 * @param description one sentence for the reference
 */
public record ParamSpec(
    String name,
    ParamType type,
    boolean required,
    @Nullable String defaultText,
    List<String> choices,
    String description) {
  public static ParamSpec required(String name, ParamType type, String description) {
    return new ParamSpec(name, type, true, null, List.of(), description);
  }

  public static ParamSpec optional(
      String name, ParamType type, @Nullable String defaultText, String description) {
    return new ParamSpec(name, type, false, defaultText, List.of(), description);
  }

  public static ParamSpec choice(
      String name, List<String> choices, String defaultText, String description) {
    return new ParamSpec(
        name, ParamType.TEXT, false, defaultText, List.copyOf(choices), description);
  }
}
