package dev.slipway.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the product's first article describes: a frontend, an image, migrations, tests on a composed
 * system and a scan, with that article's pipeline file. Its server ends at once when it is told to.
 */
final class FullStackApplication {
  static final String NAME = "full-stack";

  private static final Path SEED =
      Slipway.PROJECT.resolve(
          "workflows/src/test/resources/dev/slipway/pipeline/file/seed-pipeline.yaml");

  private final Path folder;
  private final Repository repository;

  private FullStackApplication(Path folder) {
    this.folder = folder;
    this.repository = new Repository(folder);
  }

  /**
   * Makes it in an empty folder.
   *
   * @param registry where its image goes
   * @param staging where staging is reached
   */
  static FullStackApplication in(Path folder, String registry, String staging)
      throws IOException, InterruptedException {
    var application = new FullStackApplication(Files.createDirectories(folder));
    application.write(
        "slipway.yaml",
        "registry: " + registry + "\n" + seed().replace("https://staging.example.com", staging));
    application.frontend();
    application.image();
    application.write("db/migrations/V1__notes.sql", "CREATE TABLE notes (id integer);\n");
    application.write("db/migrations/U1__notes.sql", "DROP TABLE notes;\n");
    application.repository.begin();
    return application;
  }

  /** The article's pipeline file. */
  static String seed() throws IOException {
    return Files.readString(SEED);
  }

  private void frontend() throws IOException {
    write(
        "package.json",
        """
        {
          "name": "full-stack",
          "version": "1.0.0",
          "private": true,
          "scripts": {
            "build:prod": "node build.js",
            "test:ci": "mkdir -p coverage && node --test --experimental-test-coverage --test-reporter=junit --test-reporter-destination=junit.xml --test-reporter=lcov --test-reporter-destination=coverage/lcov.info"
          }
        }
        """);
    write(
        "package-lock.json",
        """
        {
          "name": "full-stack",
          "version": "1.0.0",
          "lockfileVersion": 3,
          "packages": {"": {"name": "full-stack", "version": "1.0.0"}}
        }
        """);
    write("greeting.js", "exports.greeting = name => `Hello, ${name}`;\n");
    write(
        "greeting.test.js",
        """
        const test = require('node:test');
        const assert = require('node:assert');
        const {greeting} = require('./greeting');
        test('greets by name', () => assert.equal(greeting('Ann'), 'Hello, Ann'));
        """);
    write(
        "build.js",
        """
        const fs = require('fs');
        fs.mkdirSync('dist', {recursive: true});
        fs.copyFileSync('greeting.js', 'dist/greeting.js');
        """);
  }

  private void image() throws IOException {
    Files.copy(Path.of("/bin/busybox"), folder.resolve("busybox"));
    write("site/health", "well\n");
    answers("one");
    write(
        "Dockerfile",
        """
        FROM scratch
        COPY busybox /bin/busybox
        COPY site /www
        EXPOSE 8080
        USER 1000
        ENTRYPOINT ["/bin/busybox", "sh", "-c", "trap 'exit 0' TERM; /bin/busybox httpd -f -p 8080 -h /www & wait"]
        """);
    write(
        "docker-compose.test.yml",
        """
        services:
          web:
            build: .
            healthcheck:
              test: [CMD, /bin/busybox, wget, -q, -O, /dev/null, "http://127.0.0.1:8080/health"]
              interval: 500ms
              retries: 40
          test:
            build: .
            depends_on: {web: {condition: service_healthy}}
            entrypoint: [/bin/busybox, wget, -q, -O, "-", "http://web:8080/health"]
        """);
  }

  Path folder() {
    return folder;
  }

  /** What its front page says. */
  FullStackApplication answers(String text) throws IOException {
    return write("site/index.html", text + "\n");
  }

  FullStackApplication write(String file, String text) throws IOException {
    repository.write(file, text);
    return this;
  }

  FullStackApplication commit(String message) throws IOException, InterruptedException {
    repository.commit(message);
    return this;
  }
}
