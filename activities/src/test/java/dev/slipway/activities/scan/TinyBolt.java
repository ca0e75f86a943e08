package dev.slipway.activities.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a bbolt file (version 2), the format of Trivy's database: buckets of buckets and values, a
 * page each, whose keys are ASCII and fit.
 */
final class TinyBolt {
  private static final int PAGE = 4096;
  private static final int PAGE_HEADER = 16;
  private static final int ELEMENT = 16;
  private static final int META = 0x04;
  private static final int FREE_LIST = 0x10;
  private static final int LEAF = 0x02;
  private static final int FIRST_FREE = 3;

  private final List<ByteBuffer> pages = new ArrayList<>();
  private final SortedMap<String, TinyBolt> buckets = new TreeMap<>();
  private final SortedMap<String, String> values = new TreeMap<>();

  TinyBolt bucket(String name) {
    return buckets.computeIfAbsent(name, ignored -> new TinyBolt());
  }

  TinyBolt value(String key, String value) {
    values.put(key, value);
    return this;
  }

  void write(Path file) throws IOException {
    pages.clear();
    var root = page(pages);
    var content = new byte[PAGE * (FIRST_FREE + pages.size())];
    var all = ByteBuffer.wrap(content);
    all.put(meta(0, root)).put(meta(1, root)).put(header(2, FREE_LIST, 0).clear());
    pages.forEach(all::put);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content);
  }

  /** Puts its own page after those of its buckets; answers its number. */
  private long page(List<ByteBuffer> into) {
    var entries = new TreeMap<String, byte[]>();
    values.forEach((key, value) -> entries.put(key, value.getBytes(UTF_8)));
    for (var bucket : buckets.entrySet()) {
      var root = bucket.getValue().page(into);
      var header = new byte[2 * Long.BYTES];
      var _ = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(root);
      entries.put(bucket.getKey(), header);
    }
    var number = (long) FIRST_FREE + into.size();
    var page = header(number, LEAF, entries.size());
    var data = PAGE_HEADER + ELEMENT * entries.size();
    var index = 0;
    for (var entry : entries.entrySet()) {
      var key = entry.getKey().getBytes(UTF_8);
      var at = PAGE_HEADER + ELEMENT * index++;
      page.position(at);
      page.putInt(buckets.containsKey(entry.getKey()) ? 1 : 0)
          .putInt(data - at)
          .putInt(key.length)
          .putInt(entry.getValue().length);
      page.position(data);
      page.put(key).put(entry.getValue());
      data += key.length + entry.getValue().length;
    }
    into.add(page.clear());
    return number;
  }

  private ByteBuffer meta(int number, long root) {
    var page = header(number, META, 0);
    page.position(PAGE_HEADER);
    page.putInt(0xED0CDAED).putInt(2).putInt(PAGE).putInt(0);
    page.putLong(root).putLong(0).putLong(2).putLong(FIRST_FREE + pages.size()).putLong(number);
    var checksum = 0xcbf29ce484222325L;
    for (var i = PAGE_HEADER; i < page.position(); i++) {
      checksum = (checksum ^ (page.get(i) & 0xff)) * 0x100000001b3L;
    }
    page.putLong(checksum);
    return page.clear();
  }

  private static ByteBuffer header(long number, int flags, int count) {
    var page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    page.putLong(number).putShort((short) flags).putShort((short) count).putInt(0);
    return page;
  }

  /** A database in which one version of one npm package has one vulnerability. */
  static void vulnerabilities(Path cache, String updatedAt, Map<String, String> severities)
      throws IOException {
    var source = "npm::GitHub Security Advisory npm";
    var database = new TinyBolt();
    database
        .bucket("data-source")
        .value(source, "{\"ID\":\"ghsa\",\"Name\":\"GitHub Security Advisory npm\",\"URL\":\"x\"}");
    severities.forEach(
        (id, severity) -> {
          database
              .bucket(source)
              .bucket("lodash")
              .value(
                  id, "{\"PatchedVersions\":[\"4.17.21\"],\"VulnerableVersions\":[\"<4.17.21\"]}");
          database
              .bucket("vulnerability")
              .value(id, "{\"Title\":\"a title\",\"Severity\":\"%s\"}".formatted(severity));
        });
    database.write(cache.resolve("db/trivy.db"));
    Files.writeString(
        cache.resolve("db/metadata.json"),
        "{\"Version\":2,\"NextUpdate\":\"2099-01-01T00:00:00Z\",\"UpdatedAt\":\"%1$s\",\"DownloadedAt\":\"%1$s\"}"
            .formatted(updatedAt));
  }
}
