package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An application of one file with a database. Its build, its migrations and its starts can be made
 * to wait until the test lets them go on.
 */
final class TinyApplication {
  private final Path folder;
  private final Repository repository;
  private final Path gate;

  private TinyApplication(Path folder, Path gate) {
    this.folder = folder;
    this.repository = new Repository(folder);
    this.gate = gate;
  }

  /** Makes it in an empty folder. */
  static TinyApplication in(Path folder) throws IOException, InterruptedException {
    var application =
        new TinyApplication(Files.createDirectories(folder), folder.resolveSibling("gate"));
    application.write(
        "server.js",
        """
        const http = require('http');
        const answer = {
          '/': () => 'one',
          '/health': () => 'well',
          '/database': () => process.env.DATABASE_URL,
        };
        const server = http.createServer((request, response) => {
          response.statusCode = request.url in answer ? 200 : 404;
          response.end(response.statusCode === 200 ? answer[request.url]() : '');
        });
        const listen = () => server.listen(Number(process.env.PORT), '127.0.0.1');
        process.on('SIGTERM', () => server.close(() => process.exit(0)));
        listen();
        """);
    application.write(
        "build.js",
        """
        const fs = require('fs');
        fs.mkdirSync('dist', {recursive: true});
        fs.copyFileSync('server.js', 'dist/server.js');
        """);
    application.write(
        "db/migrations/V1__notes.sql",
        "CREATE TABLE notes (id integer PRIMARY KEY, text varchar(100) NOT NULL);\n");
    application.write("db/migrations/U1__notes.sql", "DROP TABLE notes;\n");
    application.write(
        "slipway.yaml",
        """
        slipway: 1
        application: tiny
        environments:
          staging:
            target: local
            database: embedded
            run: {command: [node, server.js], portVariable: PORT, health: /health, smoke: [/], replicas: 3}
        stages:
          - name: build
            steps:
              - {name: compile, action: run, params: {command: [node, build.js]}, artifact: backend}
          - name: staging
            environment: staging
            steps:
              - {name: migrate, action: db_migrate, params: {directory: db/migrations}}
              - {name: rollout, action: rollout, params: {artifact: backend}}
              - {name: health, action: health_check, params: {window: 1s}}
        """);
    application.repository.begin();
    return application;
  }

  Path folder() {
    return folder;
  }

  /** Its build waits for the gate and says so. */
  TinyApplication buildSlowly() throws IOException {
    return write(
        "build.js",
        """
        const fs = require('fs');
        console.log('building as process ' + process.pid);
        const look = setInterval(() => {
          if (!fs.existsSync('GATE')) return;
          clearInterval(look);
          fs.mkdirSync('dist', {recursive: true});
          fs.copyFileSync('server.js', 'dist/server.js');
          console.log('built');
        }, 50);
        """
            .replace("GATE", gate.toString()));
  }

  /** It answers otherwise, and only its first replica starts before the gate is open. */
  TinyApplication startSlowly() throws IOException {
    replace("server.js", "'one'", "'two'");
    return replace(
        "server.js",
        "listen();\n",
        """
        const fs = require('fs');
        const first = () => {
          try { fs.closeSync(fs.openSync('GATE.first', 'wx')); return true; } catch { return false; }
        };
        const wait = () => fs.existsSync('GATE') ? listen() : setTimeout(wait, 50);
        if (first()) listen(); else wait();
        """
            .replace("GATE", gate.toString()));
  }

  /** Lets go on what waits. */
  void openGate() throws IOException {
    Files.writeString(gate, "open");
  }

  TinyApplication write(String file, String text) throws IOException {
    repository.write(file, text);
    return this;
  }

  TinyApplication replace(String file, String old, String text) throws IOException {
    var before = Files.readString(folder.resolve(file));
    assertThat(before).contains(old);
    return write(file, before.replace(old, text));
  }

  TinyApplication commit(String message) throws IOException, InterruptedException {
    repository.commit(message);
    return this;
  }
}
