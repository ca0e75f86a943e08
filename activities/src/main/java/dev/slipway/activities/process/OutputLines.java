package dev.slipway.activities.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a program's output to its end, in bounded memory: long lines are cut, and past a total only
 * the end is kept, while reading goes on so that the program never waits for its reader.
 */
final class OutputLines {
  /** How many lines of the end are kept. */
  static final int LAST_LINES = 40;

  /** What is longer is cut. */
  static final int MOST_LINE_BYTES = 16 * 1024;

  /** What a program may print in all. */
  static final long MOST_BYTES = 64L << 20;

  private final Consumer<String> lines;
  private final long mostBytes;
  private final byte[] line = new byte[MOST_LINE_BYTES];
  private final Deque<byte[]> last = new ArrayDeque<>();
  private int length;
  private long dropped;
  private long total;
  private long unsaid;
  private boolean afterReturn;

  OutputLines(Consumer<String> lines, long mostBytes) {
    this.lines = lines;
    this.mostBytes = mostBytes;
  }

  void readAll(InputStream output) throws IOException {
    var buffer = new byte[1 << 16];
    for (var count = output.read(buffer); count >= 0; count = output.read(buffer)) {
      add(buffer, count);
    }
    end();
  }

  /** The end of what was read. */
  List<String> lastLines() {
    synchronized (last) {
      return last.stream().map(CleanText::of).toList();
    }
  }

  private void add(byte[] bytes, int count) {
    var from = 0;
    for (var i = 0; i < count; i++) {
      var b = bytes[i];
      if (b == '\n' || b == '\r') {
        collect(bytes, from, i);
        from = i + 1;
        if (b == '\r' || !afterReturn || length > 0) {
          emit();
        }
        afterReturn = b == '\r';
      } else if (afterReturn) {
        afterReturn = false;
      }
    }
    collect(bytes, from, count);
  }

  private void collect(byte[] bytes, int from, int to) {
    var room = Math.min(to - from, line.length - length);
    System.arraycopy(bytes, from, line, length, room);
    length += room;
    dropped += to - from - room;
    total += to - from;
  }

  private void emit() {
    var raw = takeLine();
    remember(raw);
    if (total <= mostBytes) {
      lines.accept(CleanText.of(raw));
    } else if (unsaid++ == 0) {
      lines.accept("… output cut after %d MiB; only its end follows".formatted(mostBytes >> 20));
    }
  }

  private byte[] takeLine() {
    var suffix =
        dropped == 0 ? new byte[0] : " … (%d more bytes)".formatted(dropped).getBytes(UTF_8);
    var raw = Arrays.copyOf(line, length + suffix.length);
    System.arraycopy(suffix, 0, raw, length, suffix.length);
    length = 0;
    dropped = 0;
    return raw;
  }

  /** Kept as bytes, since most of a flood is never read as text. */
  private void remember(byte[] raw) {
    synchronized (last) {
      if (last.size() == LAST_LINES) {
        last.removeFirst();
      }
      last.addLast(raw);
    }
  }

  private void end() {
    if (length > 0) {
      emit();
    }
    if (unsaid > 0) {
      var end = lastLines();
      var shown = (int) Math.min(unsaid, end.size());
      lines.accept("… %d lines were not kept".formatted(unsaid - shown));
      end.subList(end.size() - shown, end.size()).forEach(lines);
    }
  }
}
