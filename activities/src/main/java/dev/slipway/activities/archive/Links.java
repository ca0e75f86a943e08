package dev.slipway.activities.archive;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The symbolic links of one tree, followed on paper: where each leads is known before the first of
 * them exists.
 */
final class Links {
  private static final int MOST_STEPS = 40;

  private final Map<String, String> targets = new HashMap<>();

  /** Adds the link at a path relative to the tree's root. */
  void add(String path, String target) {
    targets.put(path, target);
  }

  /**
   * @throws UnsafeArchiveException when a link, followed through all the others, leaves the tree or
   *     never ends
   */
  void check() throws UnsafeArchiveException {
    for (var path : targets.keySet()) {
      follow(path);
    }
  }

  private void follow(String link) throws UnsafeArchiveException {
    var ahead = new ArrayDeque<String>(Arrays.asList(link.split("/", -1)));
    var at = new ArrayDeque<String>();
    var steps = 0;
    while (!ahead.isEmpty()) {
      var segment = ahead.removeFirst();
      switch (segment) {
        case "", "." -> {}
        case ".." -> {
          if (at.pollLast() == null) {
            throw leaves(link);
          }
        }
        default -> {
          at.addLast(segment);
          var target = targets.get(String.join("/", at));
          if (target != null) {
            if (target.startsWith("/")) {
              throw leaves(link);
            }
            if (++steps > MOST_STEPS) {
              throw new UnsafeArchiveException("the link `%s` never ends".formatted(link));
            }
            at.removeLast();
            var segments = target.split("/", -1);
            for (var i = segments.length - 1; i >= 0; i--) {
              ahead.addFirst(segments[i]);
            }
          }
        }
      }
    }
  }

  private UnsafeArchiveException leaves(String link) {
    return new UnsafeArchiveException(
        "the link `%s` leads out of its folder, to `%s`".formatted(link, targets.get(link)));
  }
}
